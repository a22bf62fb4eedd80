/**
 * From one stage of the day to the next, with the origin kept: actions of the last programme from a table, groups of the
 * situation as factors of the SWOT, what was not done as problems.
 */
import { createEach } from '#core/board/edit.ts';
import { readBoard, type Board } from '#core/board/read.ts';
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { actionTexts, readActionTable, type Columns } from '#core/templates/actions.ts';
import { judge } from '#core/templates/verdicts.ts';
import type { Origin } from '../store/notes.ts';
import type { StoredBoard } from '../store/workshops.ts';
import type { Deps } from './deps.ts';
import { allowed } from './doors.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

const SERVER = 'server';

/** One note to be written: its zone, its words, and what it comes from. */
interface Carried {
  readonly zone: string;
  readonly text: string;
  readonly from: readonly { readonly board: string; readonly item: string }[];
}

export function carrying({ store, live, room }: Pick<Deps, 'store' | 'live' | 'room'>) {
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
    if (origins.length > 0) {
      await store.findings.mark(board.id);
      room.soon(board.workshopId);
    }
    return ok({ ids: ready.map(({ id }) => id) });
  }

  return {
    /** Actions of a pasted table as notes of the board's first area; `columns` in place of the guess. */
    async importActions(
      caller: Caller,
      boardId: string,
      input: { readonly text: string; readonly columns?: Columns | undefined; readonly heading?: boolean | undefined },
    ) {
      const found = await led(caller, boardId);
      if (!found.ok) return found;
      const table = readActionTable(input.text, input.heading);
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

    /** What a closed verdict judged in one of these ways (as confirmed, else by most who knew), as notes of an area. */
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
      const { choices } = round.settings.method;
      const confirmed = new Map(
        (await store.findings.of(round.boardId)).map(({ noteId, verdict }) => [noteId, verdict]),
      );
      // What the facilitator confirmed goes before what most said.
      const judged = round.result.options.filter(({ id, distribution }) => {
        const verdict = confirmed.get(id) ?? null;
        const said = verdict === null ? judge(distribution, choices).leading : [verdict];
        return said.some((choice) => input.choices.includes(choice));
      });
      return write(
        found.value.board,
        judged.map(({ id, text }) => ({ zone: input.zone, text, from: [{ board: round.boardId, item: id }] })),
        'carry',
      );
    },

    /** Where the notes of a board come from, for everybody who sees it. */
    async origins(caller: Caller, boardId: string) {
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const here = new Set((await boardNow(boardId)).notes.map(({ id }) => id));
      // What waits unseen keeps where it comes from to itself.
      const origins = (await store.notes.originsOf(boardId)).filter(({ itemId }) => here.has(itemId));
      const sources = [...new Set(origins.map(({ fromBoard }) => fromBoard))];
      const names = await store.splits.namesOf(sources);
      // Of a table's own board only its name is told: its words are that table's.
      const open = (await store.workshops.boards(found.workshop.id)).filter(({ id }) => sources.includes(id));
      const told = new Map(
        await Promise.all(open.map(async (board) => [board.id, { board, content: await boardNow(board.id) }] as const)),
      );
      return ok(
        origins.map(({ anchors: _inside, ...one }) => {
          const table = names.get(one.fromBoard);
          const from = told.get(one.fromBoard);
          const item = from?.content.notes.find(({ id }) => id === one.fromItem);
          const group = from?.content.groups.find(({ id }) => id === one.fromItem);
          const zone = from?.board.zones.find(({ id }) => id === (item ?? group)?.at[0]);
          const text = item?.text ?? group?.title;
          return {
            ...one,
            ...(table !== undefined && { table }),
            ...(from && { board: from.board.title }),
            ...(zone && { zone: zone.name }),
            ...(text !== undefined && text !== '' && { text }),
          };
        }),
      );
    },
  };
}
