/**
 * The doors of the live path: `/live` (Hocuspocus protocol) and `/yjs/<document>` (y-websocket protocol) on the server's
 * own port. WebSocket upgrades pass no CSRF check of the pages, so Origin is judged here. A throw in here would end the
 * process from outside; nothing here throws.
 */
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { LIMITS } from './limits.ts';
import type { LiveServer } from './server.ts';

export interface Doors {
  /** The public origin, where it is configured: then it alone is ours. */
  readonly origin: string | null;
  /** Proxies before us whose X-Forwarded-Host and -Proto are believed; 0: none. */
  readonly trustProxy: number;
  /** Leaves other paths to whoever else listens (Vite's own socket in development). */
  readonly othersListen?: boolean;
}

/** Puts the doors into a server. Returns a function that takes them out again. */
export function attachLive(server: Pick<Server, 'on' | 'off'>, live: LiveServer, doors: Doors): () => void {
  const wss = new WebSocketServer({ noServer: true, maxPayload: LIMITS.message, perMessageDeflate: false });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    try {
      const door = doorOf(request.url ?? '');
      if (door === null) {
        if (doors.othersListen !== true) refuse(socket, 404);
        return;
      }
      if (live.isClosing) return refuse(socket, 503);
      const verdict = judgeOrigin(request, doors);
      // A cookie without an Origin is a request that some page may have forged; a token in the address is not.
      const hasToken = door.token !== '';
      const cookie = hasToken ? null : (request.headers.cookie ?? null);
      if (verdict === 'foreign' || (verdict === 'missing' && cookie !== null)) return refuse(socket, 403);
      wss.handleUpgrade(request, socket, head, (ws) => {
        try {
          live.accept(ws, cookie, door.document === null ? undefined : { document: door.document, token: door.token });
        } catch {
          ws.terminate();
        }
      });
    } catch {
      socket.destroy();
    }
  };
  server.on('upgrade', upgrade);
  return () => void server.off('upgrade', upgrade);
}

/** The door an address leads to; null: none of ours. */
function doorOf(url: string): { document: string | null; token: string } | null {
  const base = 'http://localhost';
  if (!URL.canParse(url, base)) return null;
  const { pathname, searchParams } = new URL(url, base);
  if (pathname === '/live' || pathname === '/live/') return { document: null, token: '' };
  if (!pathname.startsWith('/yjs/')) return null;
  try {
    return { document: decodeURIComponent(pathname.slice('/yjs/'.length)), token: searchParams.get('token') ?? '' };
  } catch {
    return null;
  }
}

/** Whether a request comes from our own pages, from a script (no Origin at all), or from somebody else's page. */
function judgeOrigin(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  doors: Doors,
): 'own' | 'missing' | 'foreign' {
  const { origin } = request.headers;
  if (origin === undefined) return 'missing';
  return ownOrigins(request, doors).includes(origin.toLowerCase()) ? 'own' : 'foreign';
}

function ownOrigins({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, doors: Doors): string[] {
  if (doors.origin !== null) return [doors.origin.toLowerCase()];
  const forwarded = (name: string): string | undefined => {
    const value = doors.trustProxy > 0 ? headers[name] : undefined;
    // Each proxy adds at the end: the outermost one that we trust stands `trustProxy` from there.
    return typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .at(-doors.trustProxy)
      : undefined;
  };
  const host = forwarded('x-forwarded-host') ?? headers.host;
  if (host === undefined) return [];
  const scheme = forwarded('x-forwarded-proto') ?? ('encrypted' in socket && socket.encrypted ? 'https' : 'http');
  const own = `${scheme}://${host}`;
  if (!URL.canParse(own)) return [];
  // As a browser writes it: without the scheme's own port.
  return [new URL(own).origin.toLowerCase()];
}

function refuse(socket: Duplex, status: number): void {
  const reason = STATUS_CODES[status] ?? '';
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
