/**
 * Break-outs by command: the room is split into tables, people are moved, tables flow back to the plenary one by one or all
 * at once. Each table has a board of its own; who sees which is decided by the rights on boards, and nowhere else.
 */
import { initialBoardUpdate } from '#core/board/edit.ts';
import { newId } from '#core/ids.ts';
import { checkName } from '#core/people/names.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import {
  FEWEST_NAMELESS,
  MOST_TABLES,
  seatPeople,
  smallestTable,
  type Seating,
  type SplitMode,
} from '#core/stage/tables.ts';
import { m } from '#messages/messages.js';
import { isUniqueViolation } from '../store/db.ts';
import type { Split, StoredTable } from '../store/splits.ts';
import type { StoredBoard, Workshop } from '../store/workshops.ts';
import { passTo } from './doors.ts';
import type { Deps } from './deps.ts';
import { bringBoard, flowBack } from './flow-back.ts';
import { seenTables } from './tables-view.ts';

export interface NewSplit {
  readonly boardId: string;
  readonly mode: SplitMode;
  readonly seating: Seating;
  readonly tables: readonly { readonly name?: string | undefined; readonly zones?: readonly string[] | undefined }[];
  /** Table by participant, by its number; who is not named sits down at the smallest. */
  readonly seats?: Readonly<Record<string, number>> | undefined;
  /** The same seed gives the same seats; left out: one is drawn and kept. */
  readonly seed?: string | undefined;
  /** Notes that stand on the board come along; with areas of their own they always do. */
  readonly withNotes?: boolean | undefined;
}

interface Led {
  readonly workshop: Workshop;
  readonly split: Split;
  readonly tables: readonly StoredTable[];
}

export function tables({ store, live, room, now }: Deps) {
  const back = flowBack({ store, live });

  async function led(caller: Caller, workshopId: string): Promise<Result<Led>> {
    const workshop = await passTo(store, caller, workshopId, 'workshop.lead');
    if (!workshop.ok) return workshop;
    const split = await store.splits.open(workshopId);
    return split
      ? ok({ workshop: workshop.value, split, tables: await store.splits.tables(split.id) })
      : refuse('not-found');
  }

  async function spread({ workshop, split }: Pick<Led, 'workshop' | 'split'>): Promise<void> {
    await store.splits.changed(split.id);
    await live.reconsider((await store.workshops.boardsAndTables(workshop.id)).map(({ id }) => `board/${id}`));
    await room.project(workshop.id);
  }

  /** Who sits where at the beginning: number of the table by participant. */
  async function firstSeats(workshop: Workshop, input: NewSplit, seed: string): Promise<Map<string, number>> {
    const people = await store.participants.inWorkshop(workshop.id);
    const count = input.tables.length;
    if (input.seating !== 'hand') return new Map(seatPeople(people, count, input.seating, seed));
    const seats = new Map<string, number>();
    for (const { id } of people) {
      const at = input.seats?.[id];
      if (at !== undefined && at < count) seats.set(id, at);
    }
    for (const { id } of people) {
      if (seats.has(id)) continue;
      const numbered = input.tables.map((_, n) => ({ id: String(n), state: 'open' as const }));
      const taken = new Map([...seats].map(([person, at]) => [person, String(at)]));
      seats.set(id, Number(smallestTable(numbered, taken) ?? 0));
    }
    return seats;
  }

  function plan(
    workshop: Workshop,
    board: StoredBoard,
    input: NewSplit,
    split: Split,
  ): Result<[StoredTable, StoredBoard][]> {
    const planned: [StoredTable, StoredBoard][] = [];
    for (const [n, { name, zones }] of input.tables.entries()) {
      const locale = workshop.languages[0] ?? 'ru';
      const named = checkName(name?.trim() ? name : m.table_name({ number: n + 1 }, { locale }));
      if (!named.ok) return named;
      const own = input.mode === 'zone' ? board.zones.filter(({ id }) => zones?.includes(id)) : board.zones;
      if (own.length === 0 || (zones ?? []).some((id) => !board.zones.some((zone) => zone.id === id)))
        return refuse('zone-unknown');
      const boardId = newId();
      planned.push([
        { id: newId(), splitId: split.id, boardId, name: named.value, state: 'open' },
        { ...board, id: boardId, zones: own, locks: null, tableOf: board.id },
      ]);
    }
    return ok(planned);
  }

  return {
    ...seenTables({ store, live }),

    async split(caller: Caller, workshopId: string, input: NewSplit): Promise<Result<{ id: string; seed: string }>> {
      const found = await passTo(store, caller, workshopId, 'workshop.lead');
      if (!found.ok) return found;
      const workshop = found.value;
      const count = input.tables.length;
      if (count < 2 || count > MOST_TABLES) return refuse('tables-number', { limit: MOST_TABLES });
      const board = await store.workshops.board(input.boardId);
      if (board?.workshopId !== workshopId || board.tableOf) return refuse('not-found');
      const seed = input.seed ?? newId();
      const split: Split = {
        ...{ id: newId(), workshopId, boardId: board.id, mode: input.mode, seed },
        ...{ changes: 1, openedAt: now(), endedAt: null },
      };
      const planned = plan(workshop, board, input, split);
      if (!planned.ok) return planned;
      const numbers = await firstSeats(workshop, input, seed);
      const sizes = planned.value.map((_, n) => [...numbers.values()].filter((at) => at === n).length);
      if (workshop.anonymous && sizes.some((size) => size > 0 && size < FEWEST_NAMELESS))
        return refuse('table-too-small', { limit: FEWEST_NAMELESS });
      await store.log.append(
        planned.value.map(([{ boardId }]) => ({
          document: `board/${boardId}`,
          update: initialBoardUpdate(),
          personId: null,
          claims: [],
          createdNotes: [],
        })),
      );
      if (input.withNotes || input.mode === 'zone')
        for (const [table, own] of planned.value) {
          const zones = own.zones.map(({ id }) => id);
          const options = { mark: table.id, keepPlaces: true, zones };
          const copied = await bringBoard({ store, live }, board, own.id, options);
          if (!copied.ok) return copied;
          await store.notes.recordOrigins(
            own.id,
            copied.value.map(({ from, to }) => ({ itemId: to, source: 'table', fromBoard: board.id, fromItem: from })),
          );
        }
      const seats = new Map([...numbers].map(([person, at]) => [person, planned.value[at]?.[0].id ?? '']));
      try {
        await store.splits.insert(
          split,
          planned.value.map(([table]) => table),
          planned.value.map(([, own]) => own),
          seats,
        );
      } catch (error) {
        if (isUniqueViolation(error)) return refuse('changed-meanwhile');
        throw error;
      }
      await spread({ workshop, split });
      return ok({ id: split.id, seed });
    },

    /** Somebody sits down at another table, or comes to one by hand. */
    async move(caller: Caller, workshopId: string, participantId: string, tableId: string): Promise<Result<null>> {
      const found = await led(caller, workshopId);
      if (!found.ok) return found;
      const { split, tables: all, workshop } = found.value;
      const person = await store.participants.byId(participantId);
      const to = all.find(({ id }) => id === tableId);
      if (person?.workshopId !== workshopId || person.removedAt !== null || !to) return refuse('not-found');
      if (to.state !== 'open') return refuse('table-back');
      const seats = await store.splits.seats(split.id);
      const from = seats.get(participantId);
      const left = [...seats.values()].filter((id) => id === from).length - 1;
      if (workshop.anonymous && from !== tableId && left > 0 && left < FEWEST_NAMELESS)
        return refuse('table-too-small', { limit: FEWEST_NAMELESS });
      await store.splits.seat(split.id, participantId, tableId);
      await spread(found.value);
      return ok(null);
    },

    async rename(caller: Caller, workshopId: string, tableId: string, name: string): Promise<Result<null>> {
      const found = await led(caller, workshopId);
      if (!found.ok) return found;
      const named = checkName(name);
      if (!named.ok) return named;
      if (!found.value.tables.some(({ id }) => id === tableId)) return refuse('not-found');
      await store.splits.rename(tableId, named.value);
      await spread(found.value);
      return ok(null);
    },

    /** One table's notes come to the plenary, and its people go on there; the last one ends the split. */
    async back(caller: Caller, workshopId: string, tableId: string): Promise<Result<{ brought: number }>> {
      const found = await led(caller, workshopId);
      if (!found.ok) return found;
      const { workshop, split, tables: all } = found.value;
      const table = all.find(({ id }) => id === tableId);
      if (!table) return refuse('not-found');
      const came = await back(workshop, split, table);
      if (!came.ok) return came;
      if (all.every(({ id, state }) => id === tableId || state === 'back')) await store.splits.end(split.id, now());
      await spread(found.value);
      return ok({ brought: came.value });
    },

    /** Everybody comes back, and every note of every table: undoing a split loses nothing. */
    async end(caller: Caller, workshopId: string): Promise<Result<{ brought: number }>> {
      const found = await led(caller, workshopId);
      if (!found.ok) return found;
      const { workshop, split, tables: all } = found.value;
      let brought = 0;
      for (const table of all) {
        const came = await back(workshop, split, table);
        if (!came.ok) {
          await spread(found.value);
          return came;
        }
        brought += came.value;
      }
      await store.splits.end(split.id, now());
      await spread(found.value);
      return ok({ brought });
    },
  };
}
