/** The exam of what a room follows: one following at a time, moved by its own leader, ended by any. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerLedViewsContract(open: () => Promise<Store>): void {
  describe('led views', () => {
    test('[S100] a following is begun, moved under its own number and ended; the next begins with another', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const { workshops } = store;
      const view = { boardId, zone: null, rect: { left: 0, top: 0, width: 800, height: 600 } };
      expect(await workshops.followed(workshopId)).toEqual({ call: 0, view: null, wallLanguages: null });
      expect(await workshops.moveFollowed(workshopId, 0, view)).toBe(false);
      await workshops.beginFollowing(workshopId, 1, view);
      expect(await workshops.moveFollowed(workshopId, 1, { ...view, zone: 'threats' })).toBe(true);
      await workshops.setWallLanguages(workshopId, ['ky', 'en']);
      expect(await workshops.followed(workshopId)).toEqual({
        call: 1,
        view: { ...view, zone: 'threats' },
        wallLanguages: ['ky', 'en'],
      });
      await workshops.beginFollowing(workshopId, 2, view);
      expect(await workshops.moveFollowed(workshopId, 1, view)).toBe(false);
      expect(await workshops.moveFollowed(workshopId, 2, null)).toBe(true);
      expect(await workshops.moveFollowed(workshopId, 2, view)).toBe(false);
      expect((await workshops.followed(workshopId)).view).toBeNull();
    });
  });
}
