/**
 * The HTTP server around Kit's handler. Kit must be told the real scheme and host (STACK, trap 15): from the socket, or from
 * the proxy where TRUST_PROXY says that one stands before us; a client's own X-Forwarded-* are thrown away.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Config } from './config.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-forwarded-port', 'forwarded'];

/** Makes the request's scheme, host and address what we know them to be. Works for upgrades too. */
export function settleAddress(request: IncomingMessage, config: Pick<Config, 'trustProxy' | 'origin'>): void {
  const { headers } = request;
  if (config.trustProxy === 0) {
    for (const name of FORWARDED) delete headers[name];
    headers['x-forwarded-for'] = request.socket.remoteAddress ?? '127.0.0.1';
  }
  headers['x-forwarded-proto'] ??= 'http';
  if (config.origin !== null) {
    const { protocol, host } = new URL(config.origin);
    headers['x-forwarded-proto'] = protocol.slice(0, -1);
    headers['x-forwarded-host'] = host;
  }
  headers['x-forwarded-host'] ??= headers.host ?? 'localhost';
}

/** What Kit's handler reads from the environment while it is imported; call before. */
export function prepareKit(config: Config): void {
  Object.assign(process.env, {
    PROTOCOL_HEADER: 'x-forwarded-proto',
    HOST_HEADER: 'x-forwarded-host',
    ADDRESS_HEADER: 'x-forwarded-for',
    XFF_DEPTH: String(Math.max(1, config.trustProxy)),
    // Imports and letterheads; everything else is bounded to 1 MiB where it is read.
    BODY_SIZE_LIMIT: '10M',
  });
  delete process.env['ORIGIN'];
}

export function serveHttp(handler: Handler, config: Config): Server {
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (request, response) => {
    settleAddress(request, config);
    handler(request, response, () => {
      response.statusCode = 404;
      response.end('Not found');
    });
  });
  server.keepAliveTimeout = 20_000;
  return server;
}

/** Listens; rejects with the reason when the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
