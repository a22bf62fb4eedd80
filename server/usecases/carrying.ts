/**
 * From one stage of the day to the next, with the origin kept: actions of the last programme from a table, groups of the
 * situation as factors of the SWOT, what was not done as problems, and options bound to the factors they rest on.
 */
import { suggestDuplicates } from '#core/board/duplicates.ts';
import { matrixOf, pairOf, type Factor, type Quadrant } from '#core/board/bonds.ts';
import { createEach } from '#core/board/edit.ts';
import { readBoard, type Board } from '#core/board/read.ts';
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { actionTexts, readActionTable, type Columns } from '#core/templates/actions.ts';
import type { Origin } from '../store/notes.ts';
import type { StoredBoard } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { allowed } from './doors.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

const SERVER = 'server';
const MOST_LOGGED = 200;
const QUADRANTS: readonly string[] = ['strengths', 'weaknesses', 'opportunities', 'threats'];

/** One note to be written: its zone, its words, and what it comes from. */
interface Carried {
  readonly zone: string;
  readonly text: string;
  readonly from: readonly { readonly board: string; readonly item: string }[];
}

export function carrying({ store, live }: Pick<Deps, 'store' | 'live'>) {
  const boardNow = (id: string): Promise<Board> => live.read(`board/${id}`, (doc) => readBoard(doc));

  async function led(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const passes = allowed(caller, 'board.carry');
    if (!passes.ok) return passes;
    const found = await boardAccess(store, caller, boardId);
    if (!found) return refuse('not-found');
    return found.rights.commandRefusal ? refuse(found.rights.commandRefusal) : ok(found);
  }

  /** Writes notes and where they come from; what came from the same before is not written again. */
  async function write(
    board: StoredBoard,
    notes: readonly Carried[],
    source: Origin['source'],
  ): Promise<Result<{ ids: string[] }>> {
    if (notes.some(({ zone }) => !board.zones.some(({ id }) => id === zone))) return refuse('zone-unknown');
    const known = new Set(
      (await store.notes.originsOf(board.id))
        .filter((one) => one.source === source)
        .map((one) => `${one.fromBoard} ${one.fromItem}`),
    );
    const fresh = notes.filter(
      ({ from }) => from.length === 0 || !from.some(({ board: id, item }) => known.has(`${id} ${item}`)),
    );
    const ready = fresh.map((note) => ({ ...note, id: newId() }));
    let made: Result<string[]> = ok([]);
    if (ready.length > 0)
      await live.edit(`board/${board.id}`, (doc) => {
        made = createEach(
          doc,
          ready.map(({ id, zone, text }) => ({ id, zone, text })),
          SERVER,
        );
      });
    if (!made.ok) return made;
    const origins = ready.flatMap(({ id, from }) =>
      from.map(({ board: fromBoard, item: fromItem }) => ({ itemId: id, source, fromBoard, fromItem })),
    );
    await store.notes.recordOrigins(board.id, origins);
    return ok({ ids: ready.map(({ id }) => id) });
  }

  return {
    /** Actions of a pasted table as notes of the board's first area; `columns` in place of the guess. */
    async importActions(
      caller: Caller,
      boardId: string,
      input: { readonly text: string; readonly columns?: Columns | undefined },
    ) {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const table = readActionTable(input.text);
      const texts = actionTexts(table, input.columns ?? table.columns);
      if (texts.length === 0) return refuse('table-empty');
      const [zone] = found.value.board.zones;
      return write(
        found.value.board,
        texts.map((text) => ({ zone: zone?.id ?? '', text, from: [] })),
        'carry',
      );
    },

    /**
     * Groups of one board, by their names, as notes of another: `zones` says which area goes where. Notes that stand alone
     * come too where `alone` says so.
     */
    async seed(
      caller: Caller,
      boardId: string,
      input: {
        readonly fromBoardId: string;
        readonly zones: Readonly<Record<string, string>>;
        readonly alone?: boolean | undefined;
      },
    ) {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const from = await store.workshops.board(input.fromBoardId);
      if (!from || from.workshopId !== found.value.workshop.id || from.id === boardId) return refuse('not-found');
      const content = await boardNow(from.id);
      const texts = new Map(content.notes.map(({ id, text }) => [id, text]));
      const groups = content.groups.map(({ id, at, title, noteIds }) => ({
        id,
        at,
        text: title || (texts.get(noteIds[0] ?? '') ?? ''),
      }));
      const alone = input.alone ? content.notes.filter(({ group }) => group === undefined) : [];
      const carried = [...groups, ...alone].flatMap(({ id, at, text }) => {
        const zone = input.zones[at[0]];
        return zone === undefined || text.trim() === '' ? [] : [{ zone, text, from: [{ board: from.id, item: id }] }];
      });
      return write(found.value.board, carried, 'seed');
    },

    /** What a closed verdict judged in one of these ways (by most of those who answered), as notes of an area. */
    async carryVerdicts(
      caller: Caller,
      roundId: string,
      input: { readonly boardId: string; readonly zone: string; readonly choices: readonly string[] },
    ) {
      const found = await led(caller, input.boardId);
      if (!found.ok) return found;
      const round = await store.rounds.byId(roundId);
      if (!round || round.workshopId !== found.value.workshop.id) return refuse('not-found');
      if (round.settings.method.kind !== 'verdict') return refuse('ballot-kind-mismatch');
      if (round.status !== 'closed' || !round.result) return refuse('no-closed-round');
      const told = round.settings.method.choices;
      const judged = round.result.options.filter(({ distribution }) => {
        const most = Math.max(...told.map((choice) => distribution[choice] ?? 0));
        return most > 0 && input.choices.some((choice) => told.includes(choice) && distribution[choice] === most);
      });
      return write(
        found.value.board,
        judged.map(({ id, text }) => ({ zone: input.zone, text, from: [{ board: round.boardId, item: id }] })),
        'carry',
      );
    },

    /** Where the notes of a board come from, for everybody who sees it. */
    async origins(caller: Caller, boardId: string) {
      if (!(await boardAccess(store, caller, boardId))) return refuse('not-found');
      return ok(await store.notes.originsOf(boardId));
    },

    /** Binds an option to the factors it rests on; they replace those before. */
    async bind(
      caller: Caller,
      boardId: string,
      noteId: string,
      factors: readonly { readonly boardId: string; readonly noteId: string }[],
    ) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      if (found.rights.commandRefusal) return refuse(found.rights.commandRefusal);
      if (!found.rights.may.group && !found.rights.may.add) return refuse('stage-forbids');
      if (!(await boardNow(boardId)).notes.some(({ id }) => id === noteId)) return refuse('not-found');
      const known = await factorsOf(found.workshop.id);
      const chosen = factors.map(
        (one) => known.find(({ factor, board }) => board === one.boardId && factor.id === one.noteId)?.factor,
      );
      if (chosen.includes(undefined)) return refuse('not-found');
      const pair = factors.length === 0 ? null : pairOf(chosen as Factor[]);
      if (pair && !pair.ok) return pair;
      await store.notes.dropBonds(boardId, noteId);
      await store.notes.recordOrigins(
        boardId,
        factors.map((one) => ({ itemId: noteId, source: 'bond', fromBoard: one.boardId, fromItem: one.noteId })),
      );
      return ok({ id: noteId, pair: pair?.ok ? pair.value : null });
    },

    /** The TOWS matrix of a board and its heat map over every factor of the workshop. */
    async matrix(caller: Caller, boardId: string) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const bonds = (await store.notes.originsOf(boardId)).filter(({ source }) => source === 'bond');
      const there = new Set((await boardNow(boardId)).notes.map(({ id }) => id));
      const factors = (await factorsOf(found.workshop.id)).map(({ factor }) => factor);
      return ok(
        matrixOf(
          factors,
          bonds
            .filter(({ itemId }) => there.has(itemId))
            .map(({ itemId, fromItem }) => ({ optionId: itemId, factorId: fromItem })),
        ),
      );
    },

    /** Notes that may say the same, for whoever may group: to be confirmed one by one. */
    async duplicates(caller: Caller, boardId: string) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      if (!found.rights.may.group) return refuse(found.rights.commandRefusal ?? 'stage-forbids');
      return ok(suggestDuplicates((await boardNow(boardId)).notes).map((noteIds) => ({ noteIds })));
    },

    /** Who grouped what, latest first; persons only where the work is attributed, and only for the crew. */
    async groupLog(caller: Caller, boardId: string) {
      const passes = allowed(caller, 'board.history');
      if (!passes.ok) return passes;
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const steps = await store.notes.groupLog(boardId, MOST_LOGGED);
      return ok(
        steps.map((step) => ({
          groupId: step.group_id,
          act: step.act,
          detail: step.detail,
          role: step.role,
          personId: found.workshop.anonymous ? null : step.person_id,
          at: new Date(Number(step.done_at)).toISOString(),
        })),
      );
    },
  };

  /** Notes and groups of every board with SWOT's quadrants: what an option may rest on. */
  async function factorsOf(workshopId: string): Promise<{ board: string; factor: Factor }[]> {
    const all: { board: string; factor: Factor }[] = [];
    for (const board of await store.workshops.boards(workshopId)) {
      if (!board.zones.some(({ id }) => QUADRANTS.includes(id))) continue;
      const { notes, groups } = await boardNow(board.id);
      const items = [
        ...groups.map(({ id, at, title }) => ({ id, at, text: title })),
        ...notes.filter(({ group }) => group === undefined),
      ];
      for (const { id, at, text } of items)
        if (QUADRANTS.includes(at[0])) all.push({ board: board.id, factor: { id, quadrant: at[0] as Quadrant, text } });
    }
    return all;
  }
}
