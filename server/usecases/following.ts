/**
 * "Follow me": everybody's board shows what the leader looks at, until they or a leader end it. What is followed is in the
 * store and not in one browser: another leader can end it or go on. And the languages of the wall, and to whom the lead can
 * be handed.
 */
import { isIn, type Caller, type Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { LedView } from '#core/room/view.ts';
import type { Deps } from './deps.ts';
import { passTo } from './doors.ts';

export interface FollowInput {
  /** null ends it. */
  readonly view: LedView | null;
  /** The following that this moves on; left out: a new one begins. */
  readonly call?: number | undefined;
}

const WALL_LANGUAGES = 2;

export function following({ store, room }: Pick<Deps, 'store' | 'room'>) {
  return {
    /** Begins, moves or ends what everybody follows. One at a time: who begins takes over from who led before. */
    async follow(caller: Caller, id: string, { view, call }: FollowInput): Promise<Result<{ call: number }>> {
      const found = await passTo(store, caller, id, 'workshop.lead');
      if (!found.ok) return found;
      const now = await store.workshops.followed(id);
      if (view !== null) {
        const board = await store.workshops.board(view.boardId);
        // A table's board is not for everybody: whoever leads visits it alone.
        if (board?.workshopId !== id || board.tableOf) return refuse('not-found');
        if (view.zone !== null && !board.zones.some((zone) => zone.id === view.zone)) return refuse('zone-unknown');
      }
      if (call !== undefined) {
        if (!(await store.workshops.moveFollowed(id, call, view))) return refuse('changed-meanwhile');
      } else if (view === null) await store.workshops.moveFollowed(id, now.call, null);
      else await store.workshops.beginFollowing(id, now.call + 1, view);
      room.soon(id);
      return ok({ call: call ?? (view === null ? now.call : now.call + 1) });
    },

    /** Which of the workshop's languages the wall speaks: one, or two side by side. */
    async setWallLanguages(caller: Caller, id: string, languages: readonly Language[]): Promise<Result<null>> {
      const found = await passTo(store, caller, id, 'workshop.lead');
      if (!found.ok) return found;
      const different = [...new Set(languages)];
      if (different.length === 0 || different.length > WALL_LANGUAGES) return refuse('language-unknown');
      await store.workshops.setWallLanguages(id, different);
      await room.project(id);
      return ok(null);
    },

    /** Who leads, and who could: for handing over. */
    async leaders(caller: Caller, id: string) {
      const found = await passTo(store, caller, id, 'workshop.lead');
      if (!found.ok) return found;
      const able = (await store.accounts.list()).filter(
        ({ status, role }) => status === 'active' && isIn('facilitators', role),
      );
      return ok({
        ledBy: found.value.ledBy ?? null,
        me: caller.account?.accountId ?? null,
        leaders: able.map(({ id: account, name }) => ({ id: account, name })),
      });
    },
  };
}
