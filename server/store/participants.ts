/** People who joined a workshop without an account, and the tokens their devices hold (as hashes). */
import type { Language } from '#core/people/caller.ts';
import type { Queries } from './db.ts';

export interface Participant {
  readonly id: string;
  readonly workshopId: string;
  readonly name: string | null;
  readonly organisationId: string | null;
  readonly language: Language;
  readonly joinedAt: number;
  readonly removedAt: number | null;
  /** Came in from a browser that was signed in as a facilitator or the secretariat. */
  readonly crew?: boolean;
}

interface ParticipantRow {
  id: string;
  workshop_id: string;
  name: string | null;
  organisation_id: string | null;
  language: string;
  joined_at: number;
  removed_at: number | null;
  crew: number;
}

const toParticipant = (row: ParticipantRow): Participant => ({
  id: row.id,
  workshopId: row.workshop_id,
  name: row.name,
  organisationId: row.organisation_id,
  language: row.language as Language,
  joinedAt: row.joined_at,
  removedAt: row.removed_at,
  ...(row.crew === 1 && { crew: true }),
});

export function participantStore(db: Queries) {
  return {
    async insert(person: Participant, tokenHash: string): Promise<void> {
      await db
        .insertInto('participants')
        .values({
          id: person.id,
          workshop_id: person.workshopId,
          name: person.name,
          organisation_id: person.organisationId,
          language: person.language,
          recovery_hash: null,
          joined_at: person.joinedAt,
          removed_at: null,
          crew: person.crew ? 1 : 0,
        })
        .execute();
      await this.insertToken(person.id, tokenHash, person.joinedAt);
    },
    async insertToken(participantId: string, tokenHash: string, now: number): Promise<void> {
      await db
        .insertInto('participant_tokens')
        .values({ token_hash: tokenHash, participant_id: participantId, created_at: now })
        .execute();
    },
    async dropToken(tokenHash: string): Promise<void> {
      await db.deleteFrom('participant_tokens').where('token_hash', '=', tokenHash).execute();
    },
    /** The people behind the given device tokens, removed ones too (a removed person is told so). */
    async byTokens(tokenHashes: readonly string[]): Promise<(Participant & { tokenHash: string })[]> {
      if (tokenHashes.length === 0) return [];
      const rows = await db
        .selectFrom('participants')
        .innerJoin('participant_tokens', 'participant_tokens.participant_id', 'participants.id')
        .selectAll('participants')
        .select('participant_tokens.token_hash')
        .where('participant_tokens.token_hash', 'in', [...tokenHashes])
        .execute();
      return rows.map((row) => ({ ...toParticipant(row), tokenHash: row.token_hash }));
    },
    async byId(id: string): Promise<Participant | null> {
      const row = await db.selectFrom('participants').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toParticipant(row) : null;
    },
    async inWorkshop(workshopId: string): Promise<Participant[]> {
      const rows = await db
        .selectFrom('participants')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .where('removed_at', 'is', null)
        .orderBy('joined_at')
        .orderBy('id')
        .execute();
      return rows.map(toParticipant);
    },
    async countIn(workshopId: string): Promise<number> {
      const row = await db
        .selectFrom('participants')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('workshop_id', '=', workshopId)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    async change(
      id: string,
      to: { name?: string | null; organisationId?: string | null; language?: Language },
    ): Promise<void> {
      const { organisationId, ...rest } = to;
      const values = organisationId === undefined ? rest : { ...rest, organisation_id: organisationId };
      if (Object.keys(values).length > 0)
        await db.updateTable('participants').set(values).where('id', '=', id).execute();
    },
    async setRecovery(id: string, recoveryHash: string): Promise<void> {
      await db.updateTable('participants').set({ recovery_hash: recoveryHash }).where('id', '=', id).execute();
    },
    async byRecovery(workshopId: string, recoveryHash: string): Promise<Participant | null> {
      const row = await db
        .selectFrom('participants')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .where('recovery_hash', '=', recoveryHash)
        .where('removed_at', 'is', null)
        .executeTakeFirst();
      return row ? toParticipant(row) : null;
    },
    async remove(id: string, now: number): Promise<void> {
      await db.updateTable('participants').set({ removed_at: now, recovery_hash: null }).where('id', '=', id).execute();
    },
  };
}
