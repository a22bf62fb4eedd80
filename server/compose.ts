/**
 * Puts the parts together, once a process: settings → store → live path → use cases. server/main.ts serves the result in
 * production, server/dev.ts under Vite, and the tests in their own process.
 */
import { mkdirSync } from 'node:fs';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { publishApp, type App } from './app.ts';
import { sessionsOn } from './auth/sessions.ts';
import type { Config } from './config.ts';
import { roomProjector } from './live/projection.ts';
import { createLive, type LiveServer } from './live/server.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/port.ts';
import { accounts } from './usecases/accounts.ts';
import { boards } from './usecases/boards.ts';
import type { Deps } from './usecases/deps.ts';
import { drafts } from './usecases/drafts.ts';
import { exports_ } from './usecases/exports.ts';
import { identify } from './usecases/identify.ts';
import { joining } from './usecases/joining.ts';
import { codeFailures, passwordFailures } from './usecases/limits.ts';
import { documentRights } from './usecases/rights.ts';
import { rounds } from './usecases/rounds.ts';
import { snapshots } from './usecases/snapshots.ts';
import { stages } from './usecases/stages.ts';
import { strategies } from './usecases/strategies.ts';
import { workshops } from './usecases/workshops.ts';

export interface Composed {
  readonly app: App;
  readonly live: LiveServer;
  readonly store: Store;
  readonly log: Logger;
  /** Flushes, closes sockets and the store; within ten seconds. */
  close(): Promise<void>;
}

export async function compose(config: Config): Promise<Composed> {
  const log = pino({ level: config.logLevel });
  if (!config.databaseUrl) mkdirSync(config.dataDir, { recursive: true });
  const store = await openStore(config, (error) => log.warn({ err: error.message }, 'an idle connection to the store broke'));
  const sessions = sessionsOn(store.accounts);

  const projector = roomProjector(
    store,
    () => live,
    (error) => log.error({ err: error }, 'a room could not be projected'),
  );
  const who = identify(store, sessions);
  const live: LiveServer = createLive({
    log: store.log,
    access: {
      identify: async (token, cookieHeader) => (token === '' ? who.byCookies(cookieHeader) : who.byToken(token)),
      rightsOn: (caller, document) => documentRights(store, caller, document),
    },
    presence: projector.presence,
    logger: log,
  });
  const deps: Deps = { config, store, live, room: projector, log, now: () => Date.now() };

  const app: App = {
    config,
    log,
    identify: who,
    accounts: accounts(deps, sessions, passwordFailures()),
    workshops: workshops(deps),
    joining: joining(deps, codeFailures()),
    stages: stages(deps),
    boards: boards(deps),
    rounds: rounds(deps),
    snapshots: snapshots(deps),
    strategies: strategies(deps),
    drafts: drafts(deps),
    exports: exports_(deps),
    ready: async () => ({
      store: await store.ready().then(
        () => true,
        () => false,
      ),
      bus: true,
    }),
  };
  await app.rounds.resume();
  publishApp(app);

  return {
    app,
    live,
    store,
    log,
    async close() {
      await projector.close();
      await live.close();
      await store.close();
    },
  };
}
