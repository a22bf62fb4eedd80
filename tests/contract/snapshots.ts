/** The exam of `store.snapshots`: append-only, the same bytes for ever. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerSnapshotsContract(open: () => Promise<Store>): void {
  describe('snapshots', () => {
    test('[N40] a snapshot comes back as the very bytes that were put in, the newest listed first', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      const body = '{"b":"Ң Ө Ү — ң ө ү \\u2028 😀","a":1.5e-7}';
      const head = { workshopId, title: 'Итоги', hash: 'f'.repeat(64) };
      await store.snapshots.insert({ id: 'one', takenAt: 1, body, ...head });
      await store.snapshots.insert({ id: 'two', takenAt: 2, body: '{}', ...head });
      expect(await store.snapshots.byId('one')).toEqual({ id: 'one', takenAt: 1, body, ...head });
      expect((await store.snapshots.inWorkshop(workshopId)).map(({ id }) => id)).toEqual(['two', 'one']);
      expect(await store.snapshots.inWorkshops([])).toEqual([]);
      expect(await store.snapshots.inWorkshops([workshopId, 'other'])).toHaveLength(2);
      await expect(store.snapshots.insert({ id: 'one', takenAt: 3, body, ...head })).rejects.toThrow();
    });
  });
}
