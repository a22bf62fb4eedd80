/** The tables as the room document tells of them: who is there and ready, in numbers; nothing of what is written. */
import type { RoomTables } from '#core/room/room.ts';
import type { Store } from '../store/port.ts';

/** @param here participants with an open page. */
export async function roomTables(
  store: Store,
  workshop: { readonly id: string; readonly stageId: string | null },
  here: ReadonlySet<string>,
): Promise<RoomTables | null> {
  const split = await store.splits.open(workshop.id);
  if (!split) return null;
  const [tables, seats, people, given] = await Promise.all([
    store.splits.tables(split.id),
    store.splits.seats(split.id),
    store.participants.inWorkshop(workshop.id),
    store.signals.given(workshop.id, workshop.stageId ?? ''),
  ]);
  const ready = new Set(given.filter(({ kind }) => kind === 'ready').map(({ personId }) => personId));
  return {
    changes: split.changes,
    boardId: split.boardId,
    tables: tables.map(({ id, name, state }) => {
      const seated = people.filter((person) => seats.get(person.id) === id);
      return {
        ...{ id, name, state, people: seated.length },
        here: seated.filter((person) => here.has(person.id)).length,
        ready: seated.filter((person) => ready.has(person.id)).length,
      };
    }),
  };
}
