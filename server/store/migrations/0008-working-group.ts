/**
 * The strategy after the workshop: the state it is in, versions that carry their hash, their adoption and a public link;
 * people invited to the draft, what they remark, the sections' owners, translations, and links to one's own notes.
 */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../db.ts';

const STATEMENTS = [
  `alter table strategies add column status text not null default 'draft'`,
  `alter table draft_versions add column status text not null default 'draft'`,
  `alter table draft_versions add column hash text`,
  `alter table draft_versions add column adoption text`,
  `alter table draft_versions add column public_key text`,
  `create unique index draft_versions_public on draft_versions(public_key)`,
  `create table draft_members (id text primary key, strategy_id text not null references strategies(id), duty text not null,
     name text not null, organisation text not null, link_hash text not null unique, created_by text not null,
     created_at {time} not null, revoked_at {time})`,
  `create index draft_members_of_strategy on draft_members(strategy_id, created_at)`,
  `create table draft_remarks (id text primary key, strategy_id text not null references strategies(id), kind text not null,
     passage text, quote text not null, body text not null, wording text, person_id text not null, name text not null,
     organisation text not null, version_id text, created_at {time} not null, state text not null, answer text,
     settled_by text, settled_at {time})`,
  `create index draft_remarks_of_strategy on draft_remarks(strategy_id, created_at)`,
  `create table draft_replies (id text primary key, remark_id text not null references draft_remarks(id), person_id text not null,
     name text not null, organisation text not null, body text not null, created_at {time} not null)`,
  `create index draft_replies_of_remark on draft_replies(remark_id, created_at)`,
  `create table draft_sections (strategy_id text not null references strategies(id), section text not null, status text not null,
     owner text not null, checked text not null, primary key (strategy_id, section))`,
  `create table draft_translations (strategy_id text not null references strategies(id), passage text not null,
     language text not null, text text not null, source text not null, written_by text not null, written_at {time} not null,
     primary key (strategy_id, passage, language))`,
  `create table own_note_links (key_hash text primary key, participant_id text not null references participants(id),
     created_at {time} not null)`,
  `create table section_templates (language text primary key, titles text not null)`,
];

const TIME: Record<Kind, string> = { sqlite: 'integer', postgres: 'bigint' };

export async function up(db: Kysely<unknown>, kind: Kind): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement.replaceAll('{time}', TIME[kind])).execute(db);
}
