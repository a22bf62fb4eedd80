/** What people type for the minutes of a workshop: its number, its place, who signs. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table minutes (workshop_id text primary key references workshops(id), number text not null,
     place text not null, chair text not null, secretary text not null)`.execute(db);
}
