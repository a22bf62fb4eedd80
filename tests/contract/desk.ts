/** The exam of what stands beside a round in the store: its log, its end, people struck, numbered sheets, entries that wait. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';
import { draftRound } from './rounds.ts';

export function registerDeskContract(open: () => Promise<Store>): void {
  describe('beside a round', () => {
    test('[V85] an end is moved on and counted; the log stands in the order in which it was written', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const round = draftRound(workshopId, boardId);
      await store.rounds.insert(round);
      await store.rounds.changeDraft(round.id, { ...round, chosen: ['a'] });
      expect((await store.rounds.byId(round.id))?.chosen).toEqual(['a']);
      await store.rounds.open(round.id, { options: round.options, seats: [], key: null, at: 5, dueAt: 1e12 });
      await store.rounds.extend(round.id, 1e12 + 60_000);
      expect(await store.rounds.byId(round.id)).toMatchObject({ dueAt: 1e12 + 60_000, extensions: 1 });
      expect((await store.rounds.timed()).map(({ id }) => id)).toEqual([round.id]);
      for (const kind of ['opened', 'extended', 'closed'] as const)
        await store.rounds.record(round.id, { kind, at: 7, accountId: null });
      expect((await store.rounds.recorded(round.id)).map(({ kind }) => kind)).toEqual(['opened', 'extended', 'closed']);
    });

    test('[V90] somebody is struck once and put back once; a draft that is dropped takes that along', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const round = draftRound(workshopId, boardId);
      await store.rounds.insert(round);
      expect([await store.rounds.strike(round.id, 'p', true), await store.rounds.strike(round.id, 'p', true)]).toEqual([
        true,
        false,
      ]);
      expect([...(await store.rounds.struck(round.id))]).toEqual(['p']);
      expect(await store.rounds.strike(round.id, 'p', false)).toBe(true);
      await store.rounds.strike(round.id, 'p', true);
      await store.rounds.removeDraft(round.id);
      expect((await store.rounds.struck(round.id)).size).toBe(0);
    });

    test('[V92] a sheet is used once; two entries cannot wait with one number; what waits goes as a whole', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const round = draftRound(workshopId, boardId);
      await store.rounds.insert(round);
      await store.rounds.addSheets(
        round.id,
        [1, 2].map((number) => ({ number, code: `C${number}` })),
      );
      await store.rounds.useSheet(round.id, 2);
      expect((await store.rounds.sheets(round.id)).map(({ used }) => used)).toEqual([false, true]);
      const entry = { roundId: round.id, kind: 'paper', organisationId: null, accountId: 'a', enteredAt: 3 } as const;
      const ballot = { kind: 'dots', dots: { a: 1 } } as const;
      await store.rounds.addDeskEntry({ ...entry, id: 'e1', number: 1, ballot });
      await expect(store.rounds.addDeskEntry({ ...entry, id: 'e2', number: 1, ballot })).rejects.toThrow();
      // Papers without a number may wait side by side.
      await store.rounds.addDeskEntry({ ...entry, id: 'e3', number: null, ballot });
      await store.rounds.addDeskEntry({ ...entry, id: 'e4', number: null, ballot });
      expect((await store.rounds.deskEntries(round.id)).map(({ id }) => id)).toEqual(['e1', 'e3', 'e4']);
      await store.rounds.dropDeskEntry('e3');
      expect(await store.rounds.dropDeskEntries(round.id)).toBe(2);
      expect(await store.rounds.proxiesFor(round.id, null)).toBe(0);
      expect(await store.rounds.proxiesFor(round.id, 'o')).toBe(0);
      expect(await store.rounds.seat(round.id, 'p')).toBeNull();
    });
  });
}
