/** What documents need beside the data of a workshop: the typed particulars of its minutes. */
import type { MinutesFields } from '#core/export/minutes.ts';
import type { Queries } from './db.ts';

export function documentStore(db: Queries) {
  return {
    async minutes(workshopId: string): Promise<MinutesFields | null> {
      const found = db.selectFrom('minutes').select(['number', 'place', 'chair', 'secretary']);
      return (await found.where('workshop_id', '=', workshopId).executeTakeFirst()) ?? null;
    },
    async keepMinutes(workshopId: string, { number, place, chair, secretary }: MinutesFields): Promise<void> {
      const fields = { number, place, chair, secretary };
      await db
        .insertInto('minutes')
        .values({ workshop_id: workshopId, ...fields })
        .onConflict((one) => one.column('workshop_id').doUpdateSet(fields))
        .execute();
    },
  };
}
