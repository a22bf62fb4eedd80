/** What several instances on one store need: rows of the log that can be read to the last one, and a name for the store. */
import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  // PostgreSQL hands out numbers before it commits: a row may appear below one that was read already. The transaction that
  // wrote it tells (store/log.ts).
  if (kind === 'postgres')
    await sql`alter table doc_log add column xid xid8 not null default pg_current_xact_id()`.execute(db);
  await sql`create table store_name (name text not null)`.execute(db);
  await sql`insert into store_name (name) values (${randomBytes(12).toString('hex')})`.execute(db);
}
