/**
 * A table flows back to the plenary: its notes and groups under the same ids, with their writers and where they come from,
 * and what waits for a reveal goes on waiting there. Nobody writes at the table meanwhile; a flow that broke off is done
 * again by the same command.
 */
import { bringNotes, type Brought } from '#core/board/bring.ts';
import { readBoard } from '#core/board/read.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { FEWEST_NAMELESS } from '#core/stage/tables.ts';
import type { Split, StoredTable } from '../store/splits.ts';
import type { StoredBoard, Workshop } from '../store/workshops.ts';
import type { Deps } from './deps.ts';

const SERVER = 'server';

/** Writes a board's notes into another one, writers and pseudonyms first: a note without them would count as nobody's. */
export async function bringBoard(
  { store, live }: Pick<Deps, 'store' | 'live'>,
  from: Pick<StoredBoard, 'id' | 'zones'>,
  to: string,
  options: { readonly mark: string; readonly keepPlaces?: boolean; readonly zones?: readonly string[] },
): Promise<Result<readonly Brought[]>> {
  const zones = options.zones ?? from.zones.map(({ id }) => id);
  const there = await live.read(`board/${from.id}`, (doc) => readBoard(doc, zones));
  const [authors, marks] = await Promise.all([store.notes.authorsOf(from.id), store.notes.marksOf(from.id)]);
  const ids = new Set(there.notes.map(({ id }) => id));
  await store.notes.recordAuthors(
    to,
    authors.filter(({ noteId }) => ids.has(noteId)),
  );
  // Those of notes that still wait come along: their writers know them by these.
  await store.notes.recordMarks(to, marks);
  let brought: Result<readonly Brought[]> = ok([]);
  await live.edit(`board/${to}`, (doc) => {
    brought = bringNotes(doc, there, options, SERVER);
  });
  const came: Result<readonly Brought[]> = brought;
  if (!came.ok) return came;
  const writers = new Map(authors.map((author) => [author.noteId, author]));
  const second = came.value.flatMap(({ from: noteId, to: id }) => {
    const writer = writers.get(noteId);
    return writer && id !== noteId ? [{ ...writer, noteId: id }] : [];
  });
  await store.notes.recordAuthors(to, second);
  return came;
}

export function flowBack({ store, live }: Pick<Deps, 'store' | 'live'>) {
  /** Where a note comes from names its writer where a table is as good as a person. */
  async function mayTell(workshop: Workshop, table: StoredTable): Promise<boolean> {
    if (!workshop.anonymous) return true;
    const seats = [...(await store.splits.seats(table.splitId)).values()];
    return seats.filter((id) => id === table.id).length >= FEWEST_NAMELESS;
  }

  /** How many notes came to the plenary that were not there before. */
  return async function back(workshop: Workshop, split: Split, table: StoredTable): Promise<Result<number>> {
    if (table.state === 'back') return ok(0);
    // What is voted on keeps its groups until the close.
    if ((await store.rounds.openOn(split.boardId)).length > 0) return refuse('round-open');
    const board = await store.workshops.board(table.boardId);
    if (!board) return refuse('not-found');
    await store.splits.setState(table.id, 'closing');
    await live.reconsider([`board/${table.boardId}`]);
    // What was carried to the table at the split, and stands in the plenary still, does not come from the table.
    const carried = new Set((await store.notes.originsOf(board.id)).map(({ itemId }) => itemId));
    const came = await bringBoard({ store, live }, board, split.boardId, { mark: table.id });
    if (!came.ok) {
      await store.splits.setState(table.id, 'open');
      await live.reconsider([`board/${table.boardId}`]);
      return came;
    }
    const fresh = came.value.filter(({ from, to }) => from !== to || !carried.has(from));
    const waiting = await store.notes.pending(table.boardId);
    if (await mayTell(workshop, table))
      await store.notes.recordOrigins(
        split.boardId,
        [...fresh, ...waiting.map(({ id }) => ({ from: id, to: id }))].map(({ from, to }) => ({
          itemId: to,
          source: 'table',
          fromBoard: table.boardId,
          fromItem: from,
        })),
      );
    await store.notes.movePending(table.boardId, split.boardId);
    // Screens read anew where the notes come from.
    await store.findings.mark(split.boardId);
    await store.splits.setState(table.id, 'back');
    return ok(fresh.length + waiting.length);
  };
}
