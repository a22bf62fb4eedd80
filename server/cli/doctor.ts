/** `doctor`: what is wrong, in sentences, each with how to mend it. Exit 0 where nothing is. */
import { statfsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { verifySnapshot } from '#core/strategy/snapshot.ts';
import { sha256 } from '../auth/secrets.ts';
import type { Offline } from '../compose.ts';
import { Refused } from './outcome.ts';
import { inspectFile } from './snapshot-file.ts';

const LEAST_FREE_MB = 200;

export async function doctor(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({ args, options: { snapshot: { type: 'string' } } });
  if (values.snapshot !== undefined) {
    inspectFile(values.snapshot);
    return;
  }
  const { config, store } = await parts();
  const wrong: string[] = [];
  await store
    .ready()
    .catch(() => wrong.push('The store does not answer: check DATABASE_URL, or the rights on DATA_DIR.'));
  if (!config.databaseUrl) {
    const { bavail, bsize } = statfsSync(config.dataDir);
    const free = Math.round((bavail * bsize) / 1024 / 1024);
    if (free < LEAST_FREE_MB)
      wrong.push(`Only ${free} MB are free in ${config.dataDir}: make room, or nothing more can be saved.`);
  }
  for (const id of await store.snapshots.ids()) {
    const snapshot = await store.snapshots.byId(id);
    if (snapshot && !verifySnapshot(JSON.parse(snapshot.body), sha256).ok)
      wrong.push(
        `Snapshot ${snapshot.id} was changed after it was taken: its hash no longer fits. Restore it from a backup.`,
      );
  }
  const year = new Date().getFullYear();
  if (year < 2026) wrong.push(`The clock says ${year}: set it, or sessions and timers will be wrong.`);
  for (const sentence of wrong) console.log(sentence);
  if (wrong.length > 0) throw new Refused(`${wrong.length} to mend.`);
  console.log(`All in order (${store.kind}, Node ${process.version}).`);
}
