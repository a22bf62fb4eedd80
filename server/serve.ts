/** Serves the built pages, the API and the sockets of one App on one port, and stops in order when asked to. */
import { compose, type Composed } from './compose.ts';
import { SettingError, type Config } from './config.ts';
import { listen, prepareKit, serveHttp, type Handler } from './http.ts';
import { attachLive } from './live/upgrade.ts';
import { serveMetrics, type MetricsPort } from './metrics.ts';

const SHUTDOWN_MS = 10_000;

export interface Serving extends Composed {
  /** Where people find it. */
  readonly address: string;
}

/** Resolves when the port answers. From then on SIGTERM and SIGINT end the process: 0 when all was saved. */
export async function serve(config: Config): Promise<Serving> {
  const composed = await compose(config);
  prepareKit(config);
  // A literal import would make the type checker read the whole build.
  const built = (await import(new URL('../build/handler.js', import.meta.url).href)) as { handler: Handler };
  const server = serveHttp(built.handler, config);
  attachLive(server, composed.live, { origin: config.origin, trustProxy: config.trustProxy });

  let port: number;
  let measuring: MetricsPort | null = null;
  let asking: 'PORT' | 'METRICS_PORT' = 'METRICS_PORT';
  try {
    if (config.metricsPort !== null)
      measuring = await serveMetrics(composed.app.metrics, config.metricsPort, config.metricsHost);
    asking = 'PORT';
    port = await listen(server, config.port, config.host);
  } catch (error) {
    measuring?.close();
    await composed.close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    const taken = asking === 'PORT' ? config.port : config.metricsPort;
    throw new SettingError(`Port ${taken} is taken by another program; set ${asking} to a free one.`);
  }
  const address = config.origin ?? `http://localhost:${port}`;
  composed.log.info({ port, store: composed.store.kind, ...(measuring && { metricsPort: measuring.port }) }, 'serving');

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    composed.log.info({ signal }, 'stopping');
    setTimeout(() => {
      composed.log.error('did not stop in time');
      process.exit(1);
    }, SHUTDOWN_MS).unref();
    server.close();
    measuring?.close();
    server.closeIdleConnections();
    composed
      .close()
      .then(() => {
        server.closeAllConnections();
        process.exit(0);
      })
      .catch((error: unknown) => {
        composed.log.error({ err: error }, 'stopped with something unsaved');
        process.exit(1);
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (error) => composed.log.error({ err: error }, 'a rejection nobody handled'));
  return { ...composed, address };
}

/** Ends a start that did not succeed: with one sentence where a setting is to blame. */
export function explain(error: unknown): never {
  if (error instanceof SettingError) console.error(error.message);
  else console.error('Ashar could not start:', error);
  process.exit(1);
}
