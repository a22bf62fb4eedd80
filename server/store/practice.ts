/**
 * Practice of the welcome stage: a note and a choice of each, apart from boards and rounds, so that no export, snapshot or
 * count ever comes across it. Taken only while the room stands in a welcome stage, and wiped when it leaves it.
 */
import { inTransaction, type Kind, type Queries } from './db.ts';

export interface Practice {
  readonly note: string | null;
  readonly choice: string | null;
}

export function practiceStore(db: Queries, kind: Kind) {
  return {
    /** Keeps what is given, leaves what is left out; false where the stage at hand is no welcome any more. */
    async put(workshopId: string, personId: string, given: Partial<Practice>): Promise<boolean> {
      return inTransaction(db, async (trx) => {
        // The row's lock: a stage that ends in this moment ends before or after, and is followed by the wiping.
        const row = trx.selectFrom('workshops').select('stage_id').where('id', '=', workshopId);
        const at = await (kind === 'postgres' ? row.forUpdate() : row).executeTakeFirst();
        const stage = await trx
          .selectFrom('stages')
          .select('kind')
          .where('id', '=', at?.stage_id ?? '')
          .executeTakeFirst();
        if (stage?.kind !== 'welcome') return false;
        await trx
          .insertInto('practice')
          .values({ workshop_id: workshopId, person_id: personId, note: null, choice: null, ...given })
          .onConflict((conflict) =>
            Object.keys(given).length === 0
              ? conflict.columns(['workshop_id', 'person_id']).doNothing()
              : conflict.columns(['workshop_id', 'person_id']).doUpdateSet(given),
          )
          .execute();
        return true;
      });
    },
    async of(workshopId: string, personId: string): Promise<Practice> {
      const row = await db
        .selectFrom('practice')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .where('person_id', '=', personId)
        .executeTakeFirst();
      return { note: row?.note ?? null, choice: row?.choice ?? null };
    },
    /** How many tried, in numbers only. */
    async counts(workshopId: string): Promise<{ readonly notes: number; readonly votes: number }> {
      const rows = await db.selectFrom('practice').selectAll().where('workshop_id', '=', workshopId).execute();
      return {
        notes: rows.filter(({ note }) => note !== null).length,
        votes: rows.filter(({ choice }) => choice !== null).length,
      };
    },
    async wipe(workshopId: string): Promise<void> {
      await db.deleteFrom('practice').where('workshop_id', '=', workshopId).execute();
    },
  };
}
