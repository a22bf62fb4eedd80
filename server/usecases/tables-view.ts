/**
 * The tables as each may see them: a participant their own and who sits where in numbers; who leads and the secretariat
 * every table with what was written so far; the projector the numbers alone.
 */
import { readBoard } from '#core/board/read.ts';
import { isCrew, participantIn, type Caller } from '#core/people/caller.ts';
import { ok, type Result } from '#core/result.ts';
import type { SplitMode, TableState } from '#core/stage/tables.ts';
import { readRoom } from '#core/room/room.ts';
import type { Split, StoredTable } from '../store/splits.ts';
import type { StoredBoard, Titles } from '../store/workshops.ts';
import { lookIn } from './doors.ts';
import type { Deps } from './deps.ts';
import { tableOf } from './places.ts';

/** A table's board as a page opens it, beside those of the room. */
export interface TableBoard extends Pick<StoredBoard, 'id' | 'template' | 'title' | 'zones'> {
  readonly document: string;
  readonly tableOf: string;
  readonly table: { readonly id: string; readonly name: string; readonly state: StoredTable['state'] };
  /** The caller sits there. */
  readonly mine: boolean;
}

/** The split under way; what stands behind `boardId` is for the crew. */
export interface SeenSplit {
  readonly split: {
    readonly id: string;
    readonly boardId: string;
    readonly mode: SplitMode;
    readonly seed: string;
  } | null;
  readonly mine: {
    readonly id: string;
    readonly name: string;
    readonly boardId: string;
    readonly state: TableState;
  } | null;
  readonly tables: readonly SeenTable[];
}

export interface SeenTable {
  readonly id: string;
  readonly name: string;
  readonly state: TableState;
  readonly people: number;
  readonly here: number;
  readonly ready: number;
  readonly boardId?: string;
  readonly document?: string;
  readonly notes?: number;
  /** Notes that wait for a reveal or in the inbox. */
  readonly waiting?: number;
  /** Participants. */
  readonly seated?: readonly string[];
}

const inEveryLanguage = (name: string): Titles => ({ ky: name, ru: name, en: name });

export function seenTables({ store, live }: Pick<Deps, 'store' | 'live'>) {
  async function boardOf(split: Split, table: StoredTable, mine: boolean): Promise<TableBoard[]> {
    const board = await store.workshops.board(table.boardId);
    if (!board) return [];
    const { id, template, zones } = board;
    const { name, state } = table;
    return [
      {
        ...{ id, template, zones, mine, title: inEveryLanguage(name) },
        document: `board/${id}`,
        tableOf: split.boardId,
        table: { id: table.id, name, state },
      },
    ];
  }

  async function mine(caller: Caller, split: Split): Promise<StoredTable | null> {
    const person = participantIn(caller, split.workshopId);
    return person ? tableOf(store, split, person.participantId) : null;
  }

  return {
    /** Boards of tables that the caller may open, their own first. */
    async boards(caller: Caller, workshopId: string) {
      const found = await lookIn(store, caller, workshopId);
      if (!found.ok) return found;
      const split = await store.splits.open(workshopId);
      if (!split) return ok([]);
      const own = await mine(caller, split);
      // Who joined takes part as themselves, even if they could lead.
      if (own || participantIn(caller, workshopId)) return ok(own ? await boardOf(split, own, true) : []);
      if (!isCrew(caller)) return ok([]);
      const all = await store.splits.tables(split.id);
      return ok((await Promise.all(all.map((table) => boardOf(split, table, false)))).flat());
    },

    /** The split under way, and how far each table is; null: there is none. */
    async view(caller: Caller, workshopId: string): Promise<Result<SeenSplit>> {
      const found = await lookIn(store, caller, workshopId);
      if (!found.ok) return found;
      const split = await store.splits.open(workshopId);
      if (!split) return ok({ split: null, mine: null, tables: [] });
      const [all, seats, people, own, room] = await Promise.all([
        store.splits.tables(split.id),
        store.splits.seats(split.id),
        store.participants.inWorkshop(workshopId),
        mine(caller, split),
        live.read(`room/${workshopId}`, readRoom),
      ]);
      const progress = async (table: StoredTable) => {
        const document = `board/${table.boardId}`;
        const notes = await live.read(document, (doc) => readBoard(doc).notes.length);
        const waiting = (await store.notes.pending(table.boardId)).length;
        const seated = people.filter(({ id }) => seats.get(id) === table.id).map(({ id }) => id);
        return { boardId: table.boardId, document, notes, waiting, seated };
      };
      const crew = isCrew(caller);
      return ok({
        split: { id: split.id, boardId: split.boardId, mode: split.mode, seed: split.seed },
        mine: own && { id: own.id, name: own.name, boardId: own.boardId, state: own.state },
        tables: await Promise.all(
          all.map(async (table) => {
            const told = room.tables?.tables.find(({ id }) => id === table.id);
            return {
              ...{ id: table.id, name: table.name, state: table.state },
              people: people.filter(({ id }) => seats.get(id) === table.id).length,
              here: told?.here ?? 0,
              ready: told?.ready ?? 0,
              ...(crew && (await progress(table))),
            };
          }),
        ),
      });
    },
  };
}
