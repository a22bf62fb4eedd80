/**
 * Where the leader looks while everybody follows, and which languages the wall speaks. Apart from the workshop's row: a view
 * moves several times a second, and none of it is a decision that two leaders could fall out over.
 */
import type { Language } from '#core/people/caller.ts';
import type { LedView } from '#core/room/view.ts';
import type { Queries } from './db.ts';

export interface Followed {
  /** Grows with every beginning, so that whoever stopped following one follows the next. */
  readonly call: number;
  /** null: nobody is followed. */
  readonly view: LedView | null;
  /** null: as the workshop says. */
  readonly wallLanguages: readonly Language[] | null;
}

const NOTHING: Followed = { call: 0, view: null, wallLanguages: null };

export function ledViews(db: Queries) {
  const row = (workshopId: string) => db.selectFrom('led_views').selectAll().where('workshop_id', '=', workshopId);
  const begin = (workshopId: string, set: { call?: number; view?: string | null; wall_languages?: string }) =>
    db
      .insertInto('led_views')
      .values({ workshop_id: workshopId, call: 0, view: null, wall_languages: null, ...set })
      .onConflict((conflict) => conflict.column('workshop_id').doUpdateSet(set))
      .execute();
  return {
    async followed(workshopId: string): Promise<Followed> {
      const found = await row(workshopId).executeTakeFirst();
      if (!found) return NOTHING;
      return {
        call: found.call,
        view: found.view === null ? null : (JSON.parse(found.view) as LedView),
        wallLanguages: found.wall_languages === null ? null : (JSON.parse(found.wall_languages) as Language[]),
      };
    },
    async beginFollowing(workshopId: string, call: number, view: LedView): Promise<void> {
      await begin(workshopId, { call, view: JSON.stringify(view) });
    },
    /** Moves what is followed, or ends it; false where another following has begun, or it has ended. */
    async moveFollowed(workshopId: string, call: number, view: LedView | null): Promise<boolean> {
      const moved = await db
        .updateTable('led_views')
        .set({ view: view === null ? null : JSON.stringify(view) })
        .where('workshop_id', '=', workshopId)
        .where('call', '=', call)
        .where('view', 'is not', null)
        .executeTakeFirst();
      return moved.numUpdatedRows > 0n;
    },
    async setWallLanguages(workshopId: string, languages: readonly Language[]): Promise<void> {
      await begin(workshopId, { wall_languages: JSON.stringify(languages) });
    },
  };
}
