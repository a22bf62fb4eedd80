/** Who came in from a browser that was signed in as a facilitator or the secretariat: they do not vote unless a round says so. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table participants add column crew integer not null default 0').execute(db);
}
