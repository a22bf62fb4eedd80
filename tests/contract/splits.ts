/** The exam of `store.splits`: one split at a time, whole or not at all, everybody at one table. */
import { describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { isUniqueViolation } from '#server/store/db.ts';
import type { Store } from '#server/store/port.ts';
import type { Split, StoredTable } from '#server/store/splits.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerSplitsContract(open: () => Promise<Store>): void {
  describe('splits', () => {
    async function begin(store: Store, workshopId: string, boardId: string, people: readonly string[]) {
      const split: Split = {
        ...{ id: newId(), workshopId, boardId, mode: 'board', seed: 's', changes: 1, openedAt: 1, endedAt: null },
      };
      const tables: StoredTable[] = [1, 2].map((n) => ({
        ...{ id: newId(), splitId: split.id, boardId: newId(), name: `Үстөл ${n}`, state: 'open' },
      }));
      const source = await store.workshops.board(boardId);
      if (!source) throw new Error('no board');
      const boards = tables.map((table) => ({ ...source, id: table.boardId, tableOf: boardId }));
      const seats = new Map(people.map((id, n) => [id, tables[n % 2]?.id ?? '']));
      await store.splits.insert(split, tables, boards, seats);
      return { split, tables };
    }

    test('[S65] a second split at once is refused whole; after the end another may begin', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const tries = await Promise.allSettled([
        begin(store, workshopId, boardId, []),
        begin(store, workshopId, boardId, []),
      ]);
      const lost = tries.filter((one) => one.status === 'rejected');
      expect(lost.map(({ reason }) => isUniqueViolation(reason))).toEqual([true]);
      expect(await store.workshops.boardsAndTables(workshopId)).toHaveLength(3);
      expect((await store.workshops.boards(workshopId)).map(({ id }) => id)).toEqual([boardId]);
      const under = await store.splits.open(workshopId);
      await store.splits.changed(under?.id ?? '');
      expect((await store.splits.open(workshopId))?.changes).toBe(2);
      await store.splits.end(under?.id ?? '', 9);
      expect(await store.splits.open(workshopId)).toBeNull();
      await begin(store, workshopId, boardId, []);
      expect(await store.workshops.boardsAndTables(workshopId)).toHaveLength(5);
    });

    test('[S61] a seat given late never takes one that is there; moving does', async () => {
      const store = await open();
      const { workshopId, boardId, participantIds } = await insertWorkshop(store, [], [null, null]);
      const { split, tables } = await begin(store, workshopId, boardId, participantIds.slice(0, 1));
      const [first, second] = tables.map(({ id }) => id) as [string, string];
      const [one, two] = participantIds as [string, string];
      await store.splits.seatLate(split.id, one, second);
      expect(await store.splits.seatOf(split.id, one)).toBe(first);
      expect(await store.splits.seatOf(split.id, two)).toBeNull();
      await Promise.all([store.splits.seatLate(split.id, two, first), store.splits.seatLate(split.id, two, second)]);
      await store.splits.seat(split.id, one, second);
      expect((await store.splits.seats(split.id)).get(one)).toBe(second);
      expect((await store.splits.seats(split.id)).size).toBe(2);
      const boards = tables.map((table) => table.boardId);
      expect([...(await store.splits.namesOf(boards)).values()].sort()).toEqual(['Үстөл 1', 'Үстөл 2']);
      await store.splits.rename(first, 'Башка');
      await store.splits.setState(first, 'back');
      expect(await store.splits.tableOfBoard(boards[0] ?? '')).toMatchObject({ name: 'Башка', state: 'back' });
    });
  });
}
