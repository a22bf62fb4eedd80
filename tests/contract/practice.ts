/** The exam of `store.practice`: while stages change and people try, nothing is left behind once the welcome has ended. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerPracticeContract(open: () => Promise<Store>): void {
  describe('practice', () => {
    test('[S75] of twenty who try in the second in which the welcome ends nothing is left', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      await store.workshops.replaceStages(
        workshopId,
        (['welcome', 'collect'] as const).map((kind) => ({
          ...{ id: `${workshopId}-${kind}`, kind, title: { ru: kind }, boardId, minutes: 5 },
        })),
      );
      const go = async (kind: string, revision: number) => {
        const flags = { locked: false, private: false, anonymous: false };
        const state = { stageId: `${workshopId}-${kind}`, startedAt: 1, endsAt: null, revision, ...flags };
        expect(await store.workshops.setStage(workshopId, state, revision)).toBe(true);
        await store.practice.wipe(workshopId);
      };
      await go('welcome', 0);
      expect(await store.practice.put(workshopId, 'p', { note: 'x' })).toBe(true);
      expect(await store.practice.put(workshopId, 'p', { choice: 'tea' })).toBe(true);
      expect(await store.practice.of(workshopId, 'p')).toEqual({ note: 'x', choice: 'tea' });
      const people = Array.from({ length: 20 }, (_, n) => store.practice.put(workshopId, `p${n}`, { note: 'x' }));
      await Promise.all([go('collect', 1), ...people]);
      expect(await store.practice.counts(workshopId)).toEqual({ notes: 0, votes: 0 });
      expect(await store.practice.put(workshopId, 'p', { note: 'x' })).toBe(false);
    });
  });
}
