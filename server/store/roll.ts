/** Who may vote in a round: frozen at its opening, longer by those whom a person admits and those whom the desk enters. */
import type { Queries } from './db.ts';

/** A place on the roll of one round. */
export interface Seat {
  readonly participantId: string;
  readonly organisationId: string | null;
  readonly admittedLate: boolean;
}

export function rollRows(db: Queries) {
  return {
    async roll(id: string): Promise<Seat[]> {
      const rows = await db
        .selectFrom('roll')
        .selectAll()
        .where('round_id', '=', id)
        .orderBy('participant_id')
        .execute();
      return rows.map((row) => ({
        participantId: row.participant_id,
        organisationId: row.organisation_id,
        admittedLate: row.admitted_late === 1,
      }));
    },
    async seat(id: string, participantId: string): Promise<Seat | null> {
      // Who was removed from the workshop votes no more, though they stand on the roll.
      const row = await db
        .selectFrom('roll')
        .leftJoin('participants', 'participants.id', 'roll.participant_id')
        .selectAll('roll')
        .where('roll.round_id', '=', id)
        .where('roll.participant_id', '=', participantId)
        .where('participants.removed_at', 'is', null)
        .executeTakeFirst();
      return row
        ? {
            participantId: row.participant_id,
            organisationId: row.organisation_id,
            admittedLate: row.admitted_late === 1,
          }
        : null;
    },
    /** Adds a latecomer; false where they stood on the roll already. */
    async admit(id: string, participantId: string, organisationId: string | null): Promise<boolean> {
      const added = await db
        .insertInto('roll')
        .values({
          round_id: id,
          participant_id: participantId,
          organisation_id: organisationId,
          admitted_late: 1,
          late: 0,
        })
        .onConflict((conflict) => conflict.columns(['round_id', 'participant_id']).doNothing())
        .executeTakeFirst();
      if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) return false;
      await db
        .updateTable('rounds')
        .set(({ eb }) => ({ eligible: eb('eligible', '+', 1) }))
        .where('id', '=', id)
        .execute();
      return true;
    },
    /** One more on the roll without a device: a paper ballot or a proxy. */
    async seatAtDesk(id: string): Promise<void> {
      await db
        .updateTable('rounds')
        .set(({ eb }) => ({ eligible: eb('eligible', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
  };
}
