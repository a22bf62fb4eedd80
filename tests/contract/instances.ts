/** The exam of what several instances of the server on one store rest on. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';

export function registerInstancesContract(open: () => Promise<Store>, again: (store: Store) => Promise<Store>): void {
  describe('several instances', () => {
    test('[P61] one instance works for all: a second finds it at work and does nothing', async () => {
      const store = await open();
      let done = 0;
      expect(await store.alone('batches', async () => void (done += 1))).toBe(true);
      if (store.kind === 'postgres') {
        const other = await again(store);
        await store.alone('batches', async () => {
          expect(await other.alone('batches', async () => void (done += 1))).toBe(false);
        });
      }
      expect(done).toBe(1);
      expect(await store.name()).toMatch(/^[0-9a-f]{24}$/);
    });
  });
}
