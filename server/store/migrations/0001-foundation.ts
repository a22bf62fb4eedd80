/** The first shape of the store. A released migration is never changed; the next one stands beside it. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

/**
 * Statements for both engines; `{…}` names what differs between them. `{norowid}`: SQLite would otherwise number the rows
 * in the order in which they came, and the order of ballots tells whose they are.
 */
const STATEMENTS = [
  `create table meta (key text primary key, value text not null)`,
  `create table accounts (id text primary key, email text not null, email_norm text not null unique, name text not null,
     role text not null, password_hash text, status text not null, created_at {time} not null)`,
  `create table account_links (token_hash text primary key, account_id text not null references accounts(id), kind text not null,
     expires_at {time} not null, used_at {time})`,
  `create table sessions (id_hash text primary key, account_id text not null references accounts(id), expires_at {time} not null,
     created_at {time} not null)`,
  `create index sessions_of_account on sessions(account_id)`,
  `create table account_tokens (token_hash text primary key, account_id text not null references accounts(id),
     created_at {time} not null, revoked_at {time})`,
  `create table strategies (id text primary key, title text not null, title_norm text not null, period_start integer not null,
     period_end integer not null, languages text not null, created_by text not null, created_at {time} not null,
     archived_at {time}, deleted_at {time})`,
  `create table workshops (id text primary key, strategy_id text, title text not null, title_norm text not null,
     titles text not null, about text, template text not null, languages text not null, time_zone text not null, held_on text,
     join_code text not null unique, link_token text not null unique, screen_key text not null unique, status text not null,
     door_open integer not null, names_needed integer not null, organisation_needed integer not null, stage_id text,
     stage_started_at {time}, stage_ends_at {time}, locked integer not null, private integer not null,
     anonymous integer not null, revision integer not null, created_by text not null, created_at {time} not null,
     archived_at {time}, deleted_at {time})`,
  `create table organisations (id text primary key, workshop_id text not null references workshops(id), name text not null,
     name_norm text not null, seats integer, position integer not null, unique (workshop_id, name_norm))`,
  `create table stages (id text primary key, workshop_id text not null references workshops(id), kind text not null,
     title text not null, board_id text, position integer not null, minutes integer)`,
  `create index stages_of_workshop on stages(workshop_id, position)`,
  `create table boards (id text primary key, workshop_id text not null references workshops(id), template text not null,
     title text not null, zones text not null, position integer not null)`,
  `create index boards_of_workshop on boards(workshop_id, position)`,
  `create table participants (id text primary key, workshop_id text not null references workshops(id), name text,
     organisation_id text, language text not null, recovery_hash text unique, joined_at {time} not null, removed_at {time})`,
  `create index participants_of_workshop on participants(workshop_id)`,
  `create table participant_tokens (token_hash text primary key, participant_id text not null references participants(id),
     created_at {time} not null)`,
  `create table note_authors (board_id text not null, note_id text not null, person_id text not null, organisation_id text,
     primary key (board_id, note_id))`,
  `create table note_commands (board_id text not null, person_id text not null, client_key text not null, note_id text not null,
     primary key (board_id, person_id, client_key))`,
  `create table translations (subject text not null, id text not null, texts text not null, primary key (subject, id))`,
  `create table pending_notes (id text primary key, board_id text not null, person_id text not null, organisation_id text,
     zone text not null, text text not null, colour text not null, language text, anonymous integer not null,
     created_at {time} not null)`,
  `create index pending_notes_of_board on pending_notes(board_id)`,
  `create table doc_log (seq {identity}, document text not null, body {bytes} not null)`,
  `create index doc_log_of_document on doc_log(document, seq)`,
  `create table doc_states (document text primary key, state {bytes} not null, up_to {time} not null)`,
  `create table doc_writers (document text not null, client_id {time} not null, person_id text not null,
     primary key (document, client_id))`,
  `create table doc_refused (document text not null, client_id {time} not null, primary key (document, client_id))`,
  `create table rounds (id text primary key, workshop_id text not null references workshops(id), board_id text not null,
     settings text not null, chosen text, options text not null, status text not null, position integer not null, round_key {bytes},
     eligible integer not null, cast_count integer not null, created_at {time} not null,
     opened_at {time}, closes_at {time}, closed_at {time}, result text)`,
  `create index rounds_of_workshop on rounds(workshop_id, position)`,
  `create table roll (round_id text not null references rounds(id), participant_id text not null, organisation_id text,
     admitted_late integer not null, late integer not null, primary key (round_id, participant_id)){norowid}`,
  `create table ballots (round_id text not null references rounds(id), voter_key text not null, organisation_id text,
     content text not null, spent integer not null, budget integer not null, receipt text not null, source text not null,
     primary key (round_id, voter_key), check (spent >= 0 and spent <= budget)){norowid}`,
  `create table ballot_commands (round_id text not null, voter_key text not null, client_key text not null, answer text not null,
     primary key (round_id, voter_key, client_key)){norowid}`,
  `create table closed_ballots (round_id text not null, receipt text not null, content text not null,
     primary key (round_id, receipt)){norowid}`,
  `create table snapshots (id text primary key, workshop_id text not null references workshops(id), title text not null,
     hash text not null, taken_at {time} not null, body text not null)`,
  `create index snapshots_of_workshop on snapshots(workshop_id, taken_at)`,
  `create table draft_inserts (id text primary key, strategy_id text not null references strategies(id), snapshot_id text not null,
     account_id text not null, inserted_at {time} not null, unique (strategy_id, snapshot_id))`,
  `create table draft_versions (id text primary key, strategy_id text not null references strategies(id), title text not null,
     content text not null, account_id text not null, created_at {time} not null)`,
  `create index draft_versions_of_strategy on draft_versions(strategy_id, created_at)`,
];

const WORDS: Record<Kind, Record<string, string>> = {
  sqlite: { time: 'integer', bytes: 'blob', identity: 'integer primary key autoincrement', norowid: ' without rowid' },
  postgres: { time: 'bigint', bytes: 'bytea', identity: 'bigint generated always as identity primary key', norowid: '' },
};

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS)
    await sql.raw(statement.replace(/\{(\w+)\}/g, (_, word: string) => WORDS[kind][word] ?? word)).execute(db);
}
