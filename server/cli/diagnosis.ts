/**
 * What `doctor` looks at: the store and its file, every document's log, the hashes of snapshots, the chain of the audit log,
 * the disk, the clock, the bus, the settings. Faults are what loses or breaks something; advice is what will.
 */
import { existsSync, statfsSync } from 'node:fs';
import { createConnection } from 'node:net';
import * as Y from 'yjs';
import { verifySnapshot } from '#core/strategy/snapshot.ts';
import { sha256 } from '../auth/secrets.ts';
import type { Offline } from '../compose.ts';

export interface Diagnosis {
  readonly wrong: string[];
  readonly advice: string[];
  /** What was found in order, in words. */
  readonly looked: string[];
}

const LEAST_FREE_MB = 200;
/** The store should fit twice more: a backup, and a vacuum. */
const ROOM = 2;
const MiB = 1024 * 1024;
const CLOCK_MS = 5 * 60 * 1000;
const LONG_LOG = 200_000;

async function documents({ store }: Offline, { wrong, looked }: Diagnosis): Promise<void> {
  let read = 0;
  for (const name of await store.documents()) {
    const doc = new Y.Doc();
    try {
      const { state, updates } = await store.log.load(name);
      if (state) Y.applyUpdateV2(doc, state);
      for (const { update } of updates) Y.applyUpdate(doc, update);
      if (doc.store.pendingStructs) throw new Error('a part before it is missing');
      read += 1;
    } catch (error) {
      wrong.push(
        `The log of ${name} cannot be read whole (${(error as Error).message}): restore it from a backup; the others are not touched.`,
      );
    } finally {
      doc.destroy();
    }
  }
  looked.push(`${read} documents`);
}

async function snapshots({ store }: Offline, { wrong, looked }: Diagnosis): Promise<void> {
  const ids = await store.snapshots.ids();
  for (const id of ids) {
    const snapshot = await store.snapshots.byId(id);
    if (snapshot && !verifySnapshot(JSON.parse(snapshot.body), sha256).ok)
      wrong.push(
        `Snapshot ${snapshot.id} was changed after it was taken: its hash no longer fits. Restore it from a backup.`,
      );
  }
  looked.push(`${ids.length} snapshots`);
}

async function audit({ store }: Offline, { wrong, looked }: Diagnosis): Promise<void> {
  const broken = await store.audit.broken();
  if (broken === null) looked.push('the audit log');
  else
    wrong.push(
      `The audit log was changed: entry ${broken} does not follow from those before it, or is missing. Compare it with a backup and find out who had access to the store.`,
    );
}

async function room({ config, store }: Offline, { wrong, advice }: Diagnosis): Promise<void> {
  const { edits, bytes, latest } = await store.size();
  if (existsSync(config.dataDir)) {
    const { bavail, bsize } = statfsSync(config.dataDir);
    const free = Math.round((bavail * bsize) / MiB);
    const size = Math.round(bytes / MiB);
    if (free < LEAST_FREE_MB)
      wrong.push(`Only ${free} MB are free in ${config.dataDir}: make room, or nothing more can be saved.`);
    else if (!config.databaseUrl && free < ROOM * size)
      advice.push(`The store has ${size} MB and ${free} MB are free: a backup beside it will soon not fit.`);
  }
  if (edits > LONG_LOG)
    advice.push(
      `${edits} edits wait to be folded: boards open slowly. They are folded when a board is opened and closed.`,
    );
  const year = new Date().getFullYear();
  if (year < 2026 || latest > Date.now() + CLOCK_MS)
    wrong.push(
      `The clock says ${new Date().toISOString()}, which is before what is in the store already: set it, or sessions and timers will be wrong.`,
    );
}

function reachable(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port, timeout: 3_000 }, () => done(true));
    const done = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.on('error', () => done(false));
    socket.on('timeout', () => done(false));
  });
}

async function settings({ config, app }: Offline, env: NodeJS.ProcessEnv, { wrong, advice }: Diagnosis): Promise<void> {
  if (config.redisUrl !== null) {
    const { hostname, port } = new URL(config.redisUrl);
    if (!(await reachable(hostname, Number(port || 6379))))
      wrong.push(
        `Redis does not answer at ${hostname}:${port || 6379}: instances do not hear each other. Start it, or correct REDIS_URL.`,
      );
    if (config.databaseUrl === null)
      wrong.push(
        'REDIS_URL is set but the store is SQLite: several instances need PostgreSQL. Set DATABASE_URL, or leave REDIS_URL out.',
      );
  }
  if (config.origin?.startsWith('http://') && !/^http:\/\/(localhost|127\.|192\.168\.|10\.)/.test(config.origin))
    advice.push(
      'ORIGIN is http: passwords and votes pass readable. Put a proxy with TLS before it and set ORIGIN to https.',
    );
  if (config.origin?.startsWith('https://') && config.trustProxy === 0)
    advice.push(
      'ORIGIN is https but TRUST_PROXY is 0: everybody seems to come from the proxy. Set TRUST_PROXY to the number of proxies.',
    );
  if (env['SETUP_TOKEN'] && (await app.accounts.isSetUp()))
    advice.push('SETUP_TOKEN is still set although there is an account: it opens nothing any more; take it out.');
  if (config.retentionDays === null)
    advice.push('RETENTION_DAYS is not set: archived workshops are kept until somebody erases them.');
}

/** Looks at everything; a part that cannot be looked at is a fault of its own. */
export async function diagnose(open: Offline, env: NodeJS.ProcessEnv): Promise<Diagnosis> {
  const found: Diagnosis = { wrong: [], advice: [], looked: [] };
  const parts = [
    [
      'store',
      async () => {
        await open.store.ready();
        const fault = open.store.integrity();
        if (fault !== null)
          found.wrong.push(
            `The file of the store is damaged (${fault.slice(0, 200)}): stop the server and restore the last backup.`,
          );
        found.looked.push('the store');
      },
    ],
    ['update log', () => documents(open, found)],
    ['snapshots', () => snapshots(open, found)],
    ['audit log', () => audit(open, found)],
    ['disk and clock', () => room(open, found)],
    ['settings', () => settings(open, env, found)],
  ] as const;
  for (const [name, look] of parts)
    await look().catch((error: unknown) => {
      found.wrong.push(
        `The ${name} could not be looked at (${(error as Error).message}): check DATABASE_URL, or the rights on DATA_DIR.`,
      );
    });
  return found;
}
