/**
 * Puts the parts together, once a process: settings → store → live path → use cases. server/main.ts serves the result,
 * server/dev.ts does under Vite; the command line takes the same use cases without anybody live.
 */
import { mkdirSync } from 'node:fs';
import { pino, type Logger } from 'pino';
import { publishApp, type App } from './app.ts';
import { providerOf } from './auth/provider.ts';
import { sessionsOn, type Sessions } from './auth/sessions.ts';
import type { Config } from './config.ts';
import { offlineLive } from './live/offline.ts';
import { watchRevocations } from './live/revocations.ts';
import { roomProjector } from './live/projection.ts';
import { redisBus, type RedisBus } from './live/redis.ts';
import { createLive, type LiveServer } from './live/server.ts';
import { metrics, type Metrics } from './metrics.ts';
import { isStoreAway } from './store/away.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/port.ts';
import { accounts } from './usecases/accounts.ts';
import { audit } from './usecases/audit.ts';
import { audited } from './usecases/audited.ts';
import { boards } from './usecases/boards.ts';
import type { Deps } from './usecases/deps.ts';
import { carrying } from './usecases/carrying.ts';
import { documents } from './usecases/documents.ts';
import { drafts } from './usecases/drafts.ts';
import { exports_ } from './usecases/exports.ts';
import { following } from './usecases/following.ts';
import { identify } from './usecases/identify.ts';
import { joining } from './usecases/joining.ts';
import { leading } from './usecases/leading.ts';
import { codeFailures, passwordFailures } from './usecases/limits.ts';
import { materials } from './usecases/materials.ts';
import { grouping } from './usecases/grouping.ts';
import { pairing } from './usecases/pairing.ts';
import { privacy } from './usecases/privacy.ts';
import { documentRights } from './usecases/rights.ts';
import { practice } from './usecases/practice.ts';
import { rehearsal } from './usecases/rehearsal.ts';
import { templates } from './usecases/shapes.ts';
import { reviewing } from './usecases/reviewing.ts';
import { BATCH_MS, revealing } from './usecases/revealing.ts';
import { rounds } from './usecases/rounds.ts';
import { snapshots } from './usecases/snapshots.ts';
import { stages } from './usecases/stages.ts';
import { strategies } from './usecases/strategies.ts';
import { tables } from './usecases/tables.ts';
import { transfer } from './usecases/transfer.ts';
import { members } from './usecases/members.ts';
import { remarks } from './usecases/remarks.ts';
import { sections } from './usecases/sections.ts';
import { tracing } from './usecases/tracing.ts';
import { versions } from './usecases/versions.ts';
import { workshops } from './usecases/workshops.ts';

/** Rounds that run on an instance that died are ended by those that are left. */
const RESUME_MS = 10_000;

/** How often it is looked for what has had its time. */
const SWEEP_MS = 3_600_000;

function useCases(deps: Deps, sessions: Sessions, measured: Metrics, bus: RedisBus | null = null): App {
  const { config, store, log } = deps;
  const shared = bus ? { client: bus.client, name: bus.store } : null;
  const parts = { workshops: workshops(deps), strategies: strategies(deps), rounds: rounds(deps) };
  return {
    config,
    log,
    metrics: measured,
    provider: config.provider && providerOf(config.provider),
    identify: identify(store, sessions),
    accounts: accounts(deps, sessions, passwordFailures(shared)),
    ...parts,
    joining: joining(deps, codeFailures(shared)),
    stages: stages(deps),
    leading: leading(deps),
    following: following(deps),
    boards: boards(deps),
    rehearsal: rehearsal(deps, { ...parts, boards: boards(deps) }),
    templates: templates(deps),
    carrying: carrying(deps),
    grouping: grouping(deps),
    pairing: pairing(deps),
    reviewing: reviewing(deps),
    revealing: revealing(deps),
    snapshots: snapshots(deps),
    drafts: drafts(deps),
    versions: versions(deps),
    tracing: tracing(deps),
    sections: sections(deps),
    remarks: remarks(deps),
    members: members(deps),
    exports: exports_(deps),
    documents: documents(deps),
    privacy: privacy(deps),
    audit: audit(deps),
    tables: tables(deps),
    materials: materials(deps),
    practice: practice(deps),
    transfer: transfer(deps, parts),
    isStoreAway,
    ready: async () => ({
      store: await store.ready().then(
        () => true,
        () => false,
      ),
      bus: bus?.isUp ?? true,
    }),
  };
}

async function openParts(config: Config): Promise<{ log: Logger; store: Store; sessions: Sessions }> {
  const log = pino({ level: config.logLevel });
  if (!config.databaseUrl) mkdirSync(config.dataDir, { recursive: true });
  const store = await openStore(config, (error) =>
    log.warn({ err: error.message }, 'an idle connection to the store broke'),
  );
  return { log, store, sessions: sessionsOn(store.accounts) };
}

export interface Composed {
  readonly app: App;
  readonly live: LiveServer;
  readonly store: Store;
  readonly log: Logger;
  /** Flushes, closes sockets and the store; within ten seconds. */
  close(): Promise<void>;
}

export async function compose(config: Config): Promise<Composed> {
  const { log, store, sessions } = await openParts(config);
  const bus = config.redisUrl ? redisBus(config.redisUrl, await store.name(), log) : null;
  const projector = roomProjector(
    store,
    () => live,
    (error) => log.error({ err: error }, 'a room could not be projected'),
    bus,
  );
  const who = identify(store, sessions);
  const measured = metrics(() => live.counts(), { process: true });
  measured.watchStore(() => store.size());
  const live: LiveServer = createLive({
    log: measured.timed(store.log),
    access: {
      identify: async (token, cookieHeader) => (token === '' ? who.byCookies(cookieHeader) : who.byToken(token)),
      rightsOn: (caller, document) => documentRights(store, caller, document),
    },
    presence: projector.presence,
    logger: log,
    measure: measured,
    bus,
    changedElsewhere: projector.changedElsewhere,
  });
  const deps = { config, store, live, room: projector, log, now: () => Date.now() };
  const app = audited(useCases(deps, sessions, measured, bus), deps);
  await app.rounds.resume();
  publishApp(app);
  const unwatch = watchRevocations(store, live.review, log);
  const sweeping = setInterval(() => {
    store
      .alone('sweep', async () => void (await app.privacy.sweep()))
      .catch((error: unknown) => log.error({ err: error }, 'what had its time could not be erased'));
  }, SWEEP_MS);
  const batches = setInterval(() => {
    // One instance at a time; the others find nothing left.
    store
      .alone('batches', async () => void (await app.revealing.releaseBatches()))
      .catch((error: unknown) => log.error({ err: error }, 'anonymous notes could not be shown'));
  }, BATCH_MS);
  const resuming = setInterval(() => {
    if (bus) app.rounds.resume().catch((error: unknown) => log.error({ err: error }, 'rounds could not be looked at'));
  }, RESUME_MS);
  return {
    app,
    live,
    store,
    log,
    async close() {
      clearInterval(batches);
      clearInterval(sweeping);
      await unwatch();
      clearInterval(resuming);
      await projector.close();
      try {
        await live.close();
      } finally {
        await bus?.close();
        await store.close();
      }
    },
  };
}

export interface Offline {
  readonly app: App;
  readonly store: Store;
  readonly config: Config;
  /** Where a server with these settings is found. */
  readonly origin: string;
  close(): Promise<void>;
}

/** The use cases without sockets, for the command line; rooms are projected when the server next opens them. */
export async function composeOffline(config: Config): Promise<Offline> {
  const { log, store, sessions } = await openParts(config);
  const live = offlineLive(store.log);
  const room = { project: async () => {}, soon: () => {} };
  const measured = metrics(() => ({ sockets: 0, documents: 0, unsaved: 0 }));
  const deps = { config, store, live, room, log, now: () => Date.now() };
  return {
    app: audited(useCases(deps, sessions, measured), deps),
    store,
    config,
    origin: config.origin ?? `http://localhost:${config.port}`,
    close: () => store.close(),
  };
}
