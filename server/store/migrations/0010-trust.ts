/**
 * The audit log (append-only: the engine itself refuses changes), what is shown of sessions, the second factor, sign-in by
 * another provider, days of retention, and revocations, by which every process hears whose rights changed.
 */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

const STATEMENTS = [
  `alter table sessions add column device text`,
  `alter table sessions add column seen_at {time}`,
  `alter table accounts add column totp_secret text`,
  `alter table accounts add column totp_last {time} not null default 0`,
  `alter table accounts add column oidc_subject text`,
  `create unique index accounts_of_provider on accounts(oidc_subject)`,
  `alter table workshops add column retention_days integer`,
  `alter table workshops add column erased_at {time}`,
  `alter table participants add column erased_at {time}`,
  `create table account_codes (code_hash text primary key, account_id text not null references accounts(id), used_at {time})`,
  `create table revocations (seq {identity}, person_id text not null, at {time} not null)`,
  `create table audit_log (seq {time} primary key, at {time} not null, actor_id text not null, actor_role text not null,
     act text not null, subject text, detail text, previous text not null, hash text not null)`,
];

const APPEND_ONLY: Record<Kind, readonly string[]> = {
  sqlite: ['update', 'delete'].map(
    (change) =>
      `create trigger audit_log_no_${change} before ${change} on audit_log begin select raise(abort, 'the audit log is append-only'); end`,
  ),
  postgres: [
    `create function audit_log_refuses() returns trigger language plpgsql as $$ begin raise exception 'the audit log is append-only'; end $$`,
    `create trigger audit_log_append_only before update or delete or truncate on audit_log execute function audit_log_refuses()`,
  ],
};

const WORDS: Record<Kind, Record<string, string>> = {
  sqlite: { time: 'integer', identity: 'integer primary key autoincrement' },
  postgres: { time: 'bigint', identity: 'bigint generated always as identity primary key' },
};

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS)
    await sql.raw(statement.replace(/\{(\w+)\}/g, (_, word: string) => WORDS[kind][word] ?? word)).execute(db);
  for (const statement of APPEND_ONLY[kind]) await sql.raw(statement).execute(db);
}
