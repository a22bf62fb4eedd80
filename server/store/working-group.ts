/** The work on drafts beside their text: who was invited, what they remark, and the state of sections. */
import type { DraftGuest } from '#core/people/caller.ts';
import type { InvitedDuty } from '#core/strategy/duty.ts';
import type { RemarkKind, RemarkState } from '#core/strategy/remark.ts';
import type { SectionState } from '#core/strategy/section.ts';
import type { Queries } from './db.ts';

export interface Member extends DraftGuest {
  readonly createdBy: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

export interface Remark {
  readonly id: string;
  readonly strategyId: string;
  readonly kind: RemarkKind;
  readonly passage: string | null;
  /** The words it is about; of a suggestion, the paragraph as it was. */
  readonly quote: string;
  readonly body: string;
  readonly wording: string | null;
  readonly personId: string;
  readonly name: string;
  readonly organisation: string;
  /** The version that was out for comment when it was written; null: none was. */
  readonly versionId: string | null;
  readonly createdAt: number;
  readonly state: RemarkState;
  readonly answer: string | null;
  readonly settledBy: string | null;
  readonly settledAt: number | null;
}

export interface Reply {
  readonly id: string;
  readonly remarkId: string;
  readonly personId: string;
  readonly name: string;
  readonly organisation: string;
  readonly body: string;
  readonly createdAt: number;
}

export interface SectionWork {
  /** Key of the section's heading. */
  readonly section: string;
  readonly status: SectionState;
  readonly owner: string;
  /** By language: the source text that the translation was checked against. */
  readonly checked: Readonly<Record<string, string>>;
}

interface MemberRow {
  id: string;
  strategy_id: string;
  duty: string;
  name: string;
  organisation: string;
  created_by: string;
  created_at: number;
  revoked_at: number | null;
}

const toMember = (row: MemberRow): Member => ({
  memberId: row.id,
  strategyId: row.strategy_id,
  duty: row.duty as InvitedDuty,
  name: row.name,
  organisation: row.organisation,
  createdBy: row.created_by,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});

export function workingGroupStore(db: Queries) {
  const remarkRows = () => db.selectFrom('draft_remarks').selectAll();
  type RemarkRow = Awaited<ReturnType<ReturnType<typeof remarkRows>['executeTakeFirstOrThrow']>>;
  const toRemark = (row: RemarkRow): Remark => ({
    ...{ id: row.id, strategyId: row.strategy_id, kind: row.kind as RemarkKind, passage: row.passage },
    ...{ quote: row.quote, body: row.body, wording: row.wording, personId: row.person_id, name: row.name },
    ...{ organisation: row.organisation, versionId: row.version_id, createdAt: row.created_at },
    ...{ state: row.state as RemarkState, answer: row.answer, settledBy: row.settled_by, settledAt: row.settled_at },
  });

  return {
    async invite(member: Member, linkHash: string): Promise<void> {
      await db
        .insertInto('draft_members')
        .values({
          ...{ id: member.memberId, strategy_id: member.strategyId, duty: member.duty, name: member.name },
          ...{ organisation: member.organisation, link_hash: linkHash, created_by: member.createdBy },
          ...{ created_at: member.createdAt, revoked_at: member.revokedAt },
        })
        .execute();
    },
    /** Those who still may come in by these links. */
    async membersByLinks(linkHashes: readonly string[]): Promise<Member[]> {
      if (linkHashes.length === 0) return [];
      const rows = await db
        .selectFrom('draft_members')
        .selectAll()
        .where('link_hash', 'in', [...linkHashes])
        .where('revoked_at', 'is', null)
        .execute();
      return rows.map(toMember);
    },
    /** In the order in which they were invited, also those whose invitation was taken back. */
    async members(strategyId: string): Promise<Member[]> {
      const rows = await db
        .selectFrom('draft_members')
        .selectAll()
        .where('strategy_id', '=', strategyId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toMember);
    },
    async changeMember(id: string, to: { name?: string; duty?: InvitedDuty; revoked_at?: number }): Promise<void> {
      if (Object.keys(to).length > 0) await db.updateTable('draft_members').set(to).where('id', '=', id).execute();
    },

    async addRemark(remark: Remark): Promise<void> {
      await db
        .insertInto('draft_remarks')
        .values({
          ...{ id: remark.id, strategy_id: remark.strategyId, kind: remark.kind, passage: remark.passage },
          ...{ quote: remark.quote, body: remark.body, wording: remark.wording, person_id: remark.personId },
          ...{ name: remark.name, organisation: remark.organisation, version_id: remark.versionId },
          ...{ created_at: remark.createdAt, state: remark.state, answer: remark.answer },
          ...{ settled_by: remark.settledBy, settled_at: remark.settledAt },
        })
        .execute();
    },
    async remark(id: string): Promise<Remark | null> {
      const row = await remarkRows().where('id', '=', id).executeTakeFirst();
      return row ? toRemark(row) : null;
    },
    /** Oldest first. */
    async remarks(strategyId: string): Promise<Remark[]> {
      const rows = await remarkRows()
        .where('strategy_id', '=', strategyId)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map(toRemark);
    },
    /** False where its state was another one: somebody else settled it. */
    async settleRemark(
      id: string,
      from: RemarkState,
      to: {
        readonly state: RemarkState;
        readonly answer: string | null;
        readonly by: string | null;
        readonly at: number | null;
      },
    ): Promise<boolean> {
      const done = await db
        .updateTable('draft_remarks')
        .set({ state: to.state, answer: to.answer, settled_by: to.by, settled_at: to.at })
        .where('id', '=', id)
        .where('state', '=', from)
        .executeTakeFirst();
      return Number(done.numUpdatedRows) === 1;
    },
    async addReply(reply: Reply): Promise<void> {
      await db
        .insertInto('draft_replies')
        .values({
          ...{ id: reply.id, remark_id: reply.remarkId, person_id: reply.personId, name: reply.name },
          ...{ organisation: reply.organisation, body: reply.body, created_at: reply.createdAt },
        })
        .execute();
    },
    async replies(strategyId: string): Promise<Reply[]> {
      const rows = await db
        .selectFrom('draft_replies')
        .innerJoin('draft_remarks', 'draft_remarks.id', 'draft_replies.remark_id')
        .selectAll('draft_replies')
        .where('draft_remarks.strategy_id', '=', strategyId)
        .orderBy('draft_replies.created_at')
        .orderBy('draft_replies.id')
        .execute();
      return rows.map((row) => ({
        ...{ id: row.id, remarkId: row.remark_id, personId: row.person_id, name: row.name },
        ...{ organisation: row.organisation, body: row.body, createdAt: row.created_at },
      }));
    },

    async sections(strategyId: string): Promise<SectionWork[]> {
      const rows = await db.selectFrom('draft_sections').selectAll().where('strategy_id', '=', strategyId).execute();
      return rows.map((row) => ({
        section: row.section,
        status: row.status as SectionState,
        owner: row.owner,
        checked: JSON.parse(row.checked) as Record<string, string>,
      }));
    },
    async putSection(strategyId: string, { section, status, owner, checked }: SectionWork): Promise<void> {
      const values = { status, owner, checked: JSON.stringify(checked) };
      await db
        .insertInto('draft_sections')
        .values({ strategy_id: strategyId, section, ...values })
        .onConflict((conflict) => conflict.columns(['strategy_id', 'section']).doUpdateSet(values))
        .execute();
    },

    /** A private link to one's own notes: what is kept finds the person, never a note. */
    async linkOwnNotes(keyHash: string, participantId: string, at: number): Promise<void> {
      await db
        .insertInto('own_note_links')
        .values({ key_hash: keyHash, participant_id: participantId, created_at: at })
        .onConflict((conflict) => conflict.column('key_hash').doNothing())
        .execute();
    },
    async ownerOfLink(keyHash: string): Promise<string | null> {
      const row = await db
        .selectFrom('own_note_links')
        .select('participant_id')
        .where('key_hash', '=', keyHash)
        .executeTakeFirst();
      return row?.participant_id ?? null;
    },
  };
}
