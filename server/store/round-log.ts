/**
 * What people did with a round, in order: opened it, moved its end on, admitted or struck somebody, decided a tie. Names are
 * looked up when it is read, so that an erased person leaves none here. Never a ballot, and never that somebody voted.
 */
import { newId } from '#core/ids.ts';
import type { Queries } from './db.ts';

export type RoundDeed =
  'opened' | 'extended' | 'admitted' | 'struck' | 'unstruck' | 'closed' | 'run-off' | 'decided' | 'sheets' | 'dropped';

export interface RoundEvent {
  readonly kind: RoundDeed;
  /** Epoch milliseconds. */
  readonly at: number;
  /** null: the round's own clock. */
  readonly accountId: string | null;
  readonly participantId: string | null;
  /** What the deed was about: a moment, a count, a reason. */
  readonly detail: string | null;
}

export function roundLog(db: Queries) {
  return {
    async record(
      roundId: string,
      event: Omit<RoundEvent, 'participantId' | 'detail'> & Partial<RoundEvent>,
    ): Promise<void> {
      const last = await db
        .selectFrom('round_log')
        .select(({ fn }) => fn.max('position').as('position'))
        .where('round_id', '=', roundId)
        .executeTakeFirst();
      await db
        .insertInto('round_log')
        .values({
          ...{
            id: newId(),
            round_id: roundId,
            at: event.at,
            position: Number(last?.position ?? 0) + 1,
            kind: event.kind,
          },
          ...{ account_id: event.accountId, participant_id: event.participantId ?? null, detail: event.detail ?? null },
        })
        .execute();
    },
    async recorded(roundId: string): Promise<RoundEvent[]> {
      const rows = await db
        .selectFrom('round_log')
        .selectAll()
        .where('round_id', '=', roundId)
        .orderBy('position')
        .orderBy('at')
        .execute();
      return rows.map((row) => ({
        kind: row.kind as RoundDeed,
        at: row.at,
        accountId: row.account_id,
        participantId: row.participant_id,
        detail: row.detail,
      }));
    },
    /** Takes somebody off the roll before the opening, or puts them back; false where it was so already. */
    async strike(roundId: string, participantId: string, struck: boolean): Promise<boolean> {
      if (!struck) {
        const gone = await db
          .deleteFrom('struck')
          .where('round_id', '=', roundId)
          .where('participant_id', '=', participantId)
          .executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }
      const added = await db
        .insertInto('struck')
        .values({ round_id: roundId, participant_id: participantId })
        .onConflict((conflict) => conflict.columns(['round_id', 'participant_id']).doNothing())
        .executeTakeFirst();
      return Number(added.numInsertedOrUpdatedRows ?? 0) > 0;
    },
    async struck(roundId: string): Promise<ReadonlySet<string>> {
      const rows = await db.selectFrom('struck').select('participant_id').where('round_id', '=', roundId).execute();
      return new Set(rows.map((row) => row.participant_id));
    },
  };
}
