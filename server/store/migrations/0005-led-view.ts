/** What a room follows and what its wall speaks: the leader's view, and the wall's languages. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table led_views (workshop_id text primary key references workshops(id), call integer not null, view text,
         wall_languages text)`,
    )
    .execute(db);
}
