/**
 * TOWS: options bound to the factors they rest on, the matrix by pair of quadrants, and the heat map over every factor of
 * the workshop. Bonds stand in the store beside the boards: grouping, rewording and moving cannot break them.
 */
import { isPair, matrixOf, pairOf, type Pair } from '#core/board/bonds.ts';
import { factorsOf, followBond, QUADRANTS, type RatedFactor, type Source } from '#core/board/factors.ts';
import { readBoard, type Board } from '#core/board/read.ts';
import type { Caller, Language } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Origin } from '../store/notes.ts';
import type { StoredBoard } from '../store/workshops.ts';
import { boards as boardsOn } from './boards.ts';
import type { Deps } from './deps.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

/** A factor as a screen names it. */
export interface ChosenFactor {
  readonly boardId: string;
  readonly noteId: string;
}

export interface NewOption {
  readonly text: string;
  readonly factors: readonly ChosenFactor[];
  readonly language?: Language | undefined;
  readonly clientKey?: string | undefined;
}

export function pairing(deps: Deps) {
  const { store, live, room } = deps;
  const boards = boardsOn(deps);
  const boardNow = (id: string): Promise<Board> => live.read(`board/${id}`, (doc) => readBoard(doc));

  async function sourcesOf(workshopId: string): Promise<Source[]> {
    const told = (await store.workshops.boards(workshopId)).filter(({ zones }) =>
      zones.some(({ id }) => QUADRANTS.some((quadrant) => quadrant === id)),
    );
    return Promise.all(told.map(async ({ id }) => ({ boardId: id, content: await boardNow(id) })));
  }

  async function factorsIn(workshopId: string, sources: readonly Source[]): Promise<readonly RatedFactor[]> {
    const rounds = await store.rounds.inWorkshop(workshopId);
    const closed = rounds
      .flatMap(({ boardId, settings, result, options, closedAt }) =>
        result ? [{ boardId, method: settings.method.kind, result, options, closedAt: closedAt ?? 0 }] : [],
      )
      .sort((a, b) => b.closedAt - a.closedAt);
    return factorsOf(sources, closed);
  }

  /** Who may pair now: the stage lets them write something new or put together what is there. */
  async function pairs(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const found = await boardAccess(store, caller, boardId);
    if (!found) return refuse('not-found');
    if (found.rights.commandRefusal) return refuse(found.rights.commandRefusal);
    return found.rights.may.group || found.rights.may.add ? ok(found) : refuse('stage-forbids');
  }

  /** The chosen factors as bonds, and the pair they make; none chosen: no pair. */
  async function bondsTo(
    workshopId: string,
    chosen: readonly ChosenFactor[],
  ): Promise<Result<{ pair: Pair | null; origins: readonly Omit<Origin, 'itemId'>[] }>> {
    if (chosen.length === 0) return ok({ pair: null, origins: [] });
    const sources = await sourcesOf(workshopId);
    const known = await factorsIn(workshopId, sources);
    const found = chosen.map((one) => known.find(({ id, boardId }) => id === one.noteId && boardId === one.boardId));
    const factors = found.filter((factor) => factor !== undefined);
    if (factors.length < chosen.length) return refuse('not-found');
    const pair = pairOf(factors);
    if (!pair.ok) return pair;
    return ok({
      pair: pair.value,
      origins: factors.map(({ id, boardId }) => ({
        ...{ source: 'bond' as const, fromBoard: boardId, fromItem: id },
        anchors:
          sources.find((one) => one.boardId === boardId)?.content.groups.find((group) => group.id === id)?.noteIds ??
          [],
      })),
    });
  }

  async function keep(board: StoredBoard, itemId: string, origins: readonly Omit<Origin, 'itemId'>[]): Promise<void> {
    await store.transaction(async ({ notes, findings }) => {
      await notes.dropBonds(board.id, itemId);
      await notes.recordOrigins(
        board.id,
        origins.map((one) => ({ ...one, itemId })),
      );
      await findings.mark(board.id);
    });
    room.soon(board.workshopId);
  }

  return {
    /** Writes an option bound to its factors, in the area of their pair; the same `clientKey` again is the same option. */
    async addOption(
      caller: Caller,
      boardId: string,
      { factors, ...note }: NewOption,
    ): Promise<Result<{ id: string; pair: Pair; created: boolean }>> {
      const found = await pairs(caller, boardId);
      if (!found.ok) return found;
      const { board, workshop } = found.value;
      const bonds = await bondsTo(workshop.id, factors);
      if (!bonds.ok) return bonds;
      const { pair, origins } = bonds.value;
      if (pair === null) return refuse('factors-of-two-quadrants');
      const made = await boards.addNote(caller, boardId, { ...note, zone: pair });
      if (!made.ok) return made;
      await keep(board, made.value.id, origins);
      return ok({ id: made.value.id, pair, created: made.value.created });
    },

    /** Binds an option to the factors it rests on; they replace those before. It goes to the area of its new pair. */
    async bind(caller: Caller, boardId: string, noteId: string, factors: readonly ChosenFactor[]) {
      const found = await pairs(caller, boardId);
      if (!found.ok) return found;
      const { board, workshop } = found.value;
      const note = (await boardNow(boardId)).notes.find(({ id }) => id === noteId);
      if (!note) return refuse('not-found');
      const bonds = await bondsTo(workshop.id, factors);
      if (!bonds.ok) return bonds;
      const { pair, origins } = bonds.value;
      await keep(board, noteId, origins);
      const elsewhere = pair !== null && note.at[0] !== pair && board.zones.some(({ id }) => id === pair);
      // Locked, frozen, in a group or somebody else's: then it stays where it lies. The bond holds all the same.
      if (elsewhere && note.group === undefined) await boards.changeNote(caller, boardId, noteId, { zone: pair });
      return ok({ id: noteId, pair });
    },

    /** The matrix of a board and its heat map over every factor of the workshop. */
    async matrix(caller: Caller, boardId: string) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const [{ notes }, sources, origins] = await Promise.all([
        boardNow(boardId),
        sourcesOf(found.workshop.id),
        store.notes.originsOf(boardId),
      ]);
      const bonds = origins
        .filter(({ source }) => source === 'bond')
        .flatMap(({ itemId, fromBoard, fromItem, anchors = [] }) =>
          followBond({ boardId: fromBoard, itemId: fromItem, anchors }, sources).map((factorId) => ({
            optionId: itemId,
            factorId,
          })),
        );
      const bound = new Set(bonds.map(({ optionId }) => optionId));
      const options = notes.filter(({ id, at, text }) => text.trim() !== '' && (isPair(at[0]) || bound.has(id)));
      const matrix = matrixOf(options, await factorsIn(found.workshop.id, sources), bonds);
      return ok({ ...matrix, rated: matrix.heat.some(({ rank }) => rank !== null) });
    },
  };
}
