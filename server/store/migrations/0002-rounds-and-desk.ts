/** Rounds that end by themselves and follow one another, their log, people struck from a roll, and the desk's paper. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

/** `{norowid}`: as in 0001, so that rows of the desk keep no order of their own. */
const STATEMENTS = [
  `alter table rounds add column due_at {time}`,
  `alter table rounds add column extensions integer not null default 0`,
  `alter table rounds add column parent_id text`,
  `alter table rounds add column parent_kind text`,
  `create table round_log (id text primary key, round_id text not null, at {time} not null, position integer not null, kind text not null,
     account_id text, participant_id text, detail text)`,
  `create index round_log_of_round on round_log(round_id, position)`,
  `create table struck (round_id text not null, participant_id text not null, primary key (round_id, participant_id)){norowid}`,
  `create table paper_sheets (round_id text not null, number integer not null, code text not null, used integer not null,
     primary key (round_id, number)){norowid}`,
  `create table desk_entries (id text primary key, round_id text not null, kind text not null, organisation_id text, number integer,
     content text not null, account_id text not null, entered_at {time} not null, unique (round_id, number)){norowid}`,
];

const WORDS: Record<Kind, Record<string, string>> = {
  sqlite: { time: 'integer', norowid: ' without rowid' },
  postgres: { time: 'bigint', norowid: '' },
};

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS)
    await sql.raw(statement.replace(/\{(\w+)\}/g, (_, word: string) => WORDS[kind][word] ?? word)).execute(db);
}
