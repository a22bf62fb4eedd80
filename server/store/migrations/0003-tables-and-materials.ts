/** Break-out tables with a board of their own, files that a stage shows, and the practice of the welcome. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

const STATEMENTS = [
  // The board that a table's own board was made from; null: a board of the whole room.
  `alter table boards add column table_of text`,
  `create table splits (id text primary key, workshop_id text not null, board_id text not null, mode text not null, seed text not null,
     changes integer not null, opened_at {time} not null, ended_at {time})`,
  `create index splits_of_workshop on splits(workshop_id)`,
  // Of two leaders who split in one second one wins.
  `create unique index one_split_at_a_time on splits(workshop_id) where ended_at is null`,
  `create table split_tables (id text primary key, split_id text not null, board_id text not null unique, name text not null,
     position integer not null, state text not null)`,
  `create index tables_of_split on split_tables(split_id)`,
  `create table table_seats (split_id text not null, participant_id text not null, table_id text not null,
     primary key (split_id, participant_id)){norowid}`,
  `create table material_files (id text primary key, workshop_id text not null, name text not null, type text not null,
     size integer not null, body {bytes} not null, uploaded_at {time} not null)`,
  `create index files_of_workshop on material_files(workshop_id)`,
  `create table slides (workshop_id text primary key, stage_id text not null, position integer not null, changed_at {time} not null)`,
  // Wiped when the welcome ends; nothing else ever reads it.
  `create table practice (workshop_id text not null, person_id text not null, note text, choice text,
     primary key (workshop_id, person_id)){norowid}`,
];

const WORDS: Record<Kind, Record<string, string>> = {
  sqlite: { time: 'integer', norowid: ' without rowid', bytes: 'blob' },
  postgres: { time: 'bigint', norowid: '', bytes: 'bytea' },
};

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS)
    await sql.raw(statement.replace(/\{(\w+)\}/g, (_, word: string) => WORDS[kind][word] ?? word)).execute(db);
}
