/**
 * Whose rights changed. Sockets may be at another process than the one that decided (a second instance, the command line):
 * each process reads what is new here and asks again for those people.
 */
import type { Queries } from './db.ts';

const KEEP_MS = 10 * 60 * 1000;

export function revocationStore(db: Queries) {
  return {
    async add(personId: string, at: number): Promise<void> {
      await db.insertInto('revocations').values({ person_id: personId, at }).execute();
      await db
        .deleteFrom('revocations')
        .where('at', '<', at - KEEP_MS)
        .execute();
    },
    /** Where the list ends now. */
    async end(): Promise<number> {
      const row = await db
        .selectFrom('revocations')
        .select(({ fn }) => fn.max('seq').as('last'))
        .executeTakeFirst();
      return Number(row?.last ?? 0);
    },
    async since(seq: number): Promise<{ seq: number; personId: string }[]> {
      const rows = await db.selectFrom('revocations').selectAll().where('seq', '>', seq).orderBy('seq').execute();
      return rows.map((row) => ({ seq: Number(row.seq), personId: row.person_id }));
    },
  };
}
