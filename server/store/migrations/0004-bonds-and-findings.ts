/** Bonds that outlive grouping, what was found about an action of the last programme, and which likeness a person denied. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

const STATEMENTS = [
  `alter table origins add column anchors text`,
  `create table board_marks (board_id text primary key, changes integer not null)`,
  `create table findings (board_id text not null, note_id text not null, evidence text not null, cause text not null, verdict text,
     confirmed_at {time}, primary key (board_id, note_id))`,
  `create table unlike (board_id text not null, note_ids text not null, primary key (board_id, note_ids))`,
];

const TIME: Record<Kind, string> = { sqlite: 'integer', postgres: 'bigint' };

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement.replaceAll('{time}', TIME[kind])).execute(db);
}
