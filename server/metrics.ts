/**
 * How the process fares, for Prometheus: connections, what waits for the store, how long writes take, what was refused.
 * Labels are codes, methods and routes from closed lists, never a text, a name, a choice or an id (DESIGN, "A secret told").
 */
import { createServer } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { REFUSALS, type RefusalCode } from '#core/result.ts';
import { listen } from './http.ts';
import type { Measure, UpdateLog } from './live/ports.ts';

export interface Counts {
  readonly sockets: number;
  readonly documents: number;
  readonly unsaved: number;
}

export interface Metrics extends Measure {
  readonly contentType: string;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  /** A refusal that went out by HTTP. */
  refusedByHttp(code: RefusalCode): void;
  /** @param route the route's pattern, never the address itself; `other` where there is none. */
  answered(route: string, method: string, status: number, milliseconds: number): void;
  /** The log, timed. */
  timed(log: UpdateLog): UpdateLog;
  /** From now on it is told how much stands in the store; asked when somebody collects. */
  watchStore(size: () => Promise<{ readonly edits: number; readonly bytes: number }>): void;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** @param process also the figures of the process itself: memory, processor, delay of the event loop. */
export function metrics(counts: () => Counts, { process = false } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (process) collectDefaultMetrics({ register: registry });

  const gauge = (name: string, help: string, read: (now: Counts) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(counts()));
      },
    });
  };
  gauge('ashar_connections', 'Sockets that are open', ({ sockets }) => sockets);
  gauge('ashar_documents', 'Documents in memory', ({ documents }) => documents);
  gauge('ashar_unsaved_edits', 'Edits that wait for the store', ({ unsaved }) => unsaved);

  const refusals = new Counter({
    name: 'ashar_refusals_total',
    help: 'What was refused, by code',
    labelNames: ['door', 'code'],
    registers,
  });
  const acknowledged = new Histogram({
    name: 'ashar_ack_seconds',
    help: 'From a write on a socket to its "saved"',
    buckets: SECONDS,
    registers,
  });
  const appended = new Histogram({
    name: 'ashar_log_append_seconds',
    help: 'One transaction of the update log',
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'ashar_log_append_edits',
    help: 'Edits in one transaction',
    buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000],
    registers,
  });
  const failed = new Counter({
    name: 'ashar_log_append_failures_total',
    help: 'Transactions that the store did not take',
    registers,
  });
  const http = new Histogram({
    name: 'ashar_http_seconds',
    help: 'Requests',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });

  const refused = (door: 'http' | 'live', code: RefusalCode): void => {
    // A code from outside the closed list would be a new series for whoever sent it.
    refusals.inc({ door, code: Object.hasOwn(REFUSALS, code) ? code : 'unexpected' });
  };

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    wrote: (milliseconds) => acknowledged.observe(milliseconds / 1000),
    refused: (code) => refused('live', code),
    refusedByHttp: (code) => refused('http', code),
    answered(route, method, status, milliseconds) {
      http.observe(
        { route, method: METHODS.has(method) ? method : 'other', status: String(status) },
        milliseconds / 1000,
      );
    },
    watchStore(size) {
      const bytes = new Gauge({ name: 'ashar_store_bytes', help: 'Size of the store', registers });
      new Gauge({
        name: 'ashar_log_edits',
        help: 'Edits in the update log that are not folded yet',
        registers,
        async collect() {
          // A store that is away has no size; what was said last would be untrue.
          const now = await size().catch(() => null);
          this.set(now?.edits ?? NaN);
          bytes.set(now?.bytes ?? NaN);
        },
      });
    },
    timed: (log) => ({
      async append(edits) {
        const done = appended.startTimer();
        try {
          const seqs = await log.append(edits);
          batches.observe(edits.length);
          return seqs;
        } catch (error) {
          failed.inc();
          throw error;
        } finally {
          done();
        }
      },
      load: (document) => log.load(document),
      since: (document, mark) => log.since(document, mark),
      compact: (document, merge) => log.compact(document, merge),
      authorsOf: (document) => log.authorsOf(document),
      ownerOf: (document, clientId) => log.ownerOf(document, clientId),
      refusedClients: (document) => log.refusedClients(document),
      refuseClients: (document, clientIds) => log.refuseClients(document, clientIds),
    }),
  };
}

export interface MetricsPort {
  readonly port: number;
  close(): void;
}

/** A port for the one who collects, without a token; who may reach it is for the network to say. */
export async function serveMetrics({ text, contentType }: Metrics, port: number, host: string): Promise<MetricsPort> {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const isMetrics =
      request.url?.split('?')[0] === '/metrics' && (request.method === 'GET' || request.method === 'HEAD');
    if (!isMetrics) {
      response.writeHead(404).end('Not found');
      return;
    }
    text().then(
      (body) => response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  const taken = await listen(server, port, host);
  // It keeps no process alive, and goes down with it.
  server.unref();
  return {
    port: taken,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
