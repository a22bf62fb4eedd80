/** `migrate-store --to postgres://…`: the SQLite store, whole and verified, into an empty PostgreSQL database. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Offline } from '../compose.ts';
import { readConfig } from '../config.ts';
import { serverHolds } from '../store/backup.ts';
import { openPostgres, openSqlite } from '../store/db.ts';
import { moveStore, NotMoved } from '../store/move.ts';
import { STORE_FILE } from '../store/open.ts';
import { needed, Refused, Usage } from './outcome.ts';

export async function migrateStore(args: string[], _parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
  const to = needed(values.to, '--to');
  if (!/^postgres(ql)?:\/\//.test(to)) throw new Usage('--to must be an address such as postgres://user@host/name.');
  const config = readConfig(process.env);
  if (config.databaseUrl) throw new Refused('The store is PostgreSQL already: DATABASE_URL is set.');
  const file = join(config.dataDir, STORE_FILE);
  if (!existsSync(file)) throw new Refused(`There is no store at ${file}.`);
  if (serverHolds(file)) throw new Refused('The server is running; stop it first. Nothing was moved.');
  // Opening brings both to the same version; the source is not changed otherwise.
  await (await openSqlite(file)).close();
  await (await openPostgres(to, () => undefined)).close();
  try {
    const moved = await moveStore(file, to);
    const width = Math.max(...moved.map(({ table }) => table.length));
    for (const { table, rows, hash } of moved)
      if (rows > 0) console.log(`${table.padEnd(width)} ${String(rows).padStart(8)}  ${hash.slice(0, 16)}`);
    const all = moved.reduce((sum, { rows }) => sum + rows, 0);
    console.log(`Moved and verified ${all} rows in ${moved.length} tables. Start the server with DATABASE_URL set.`);
    console.log(`The old store stays at ${file}; keep it until you have made a backup of the new one.`);
  } catch (error) {
    if (error instanceof NotMoved) throw new Refused(error.message);
    throw error;
  }
}
