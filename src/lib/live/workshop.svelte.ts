/**
 * One workshop on one page: its socket, its room, and who this person is in it. Made once by the layout of /w/<id> and
 * shared by the board, the facilitator's room and the projector below it.
 */
import { createContext, untrack } from 'svelte';
import type { Language } from '#core/people/caller.ts';
import { wordsIn, type SomeWords } from '$lib/i18n/words.ts';
import type { BoardRole } from '#core/stage/rights.ts';
import { EMPTY_ROOM, type Room, type RoomRound, type StageKind } from '#core/room/room.ts';
import { placeAtTable, placeInPlenary, type BoardPlace, type TableState } from '#core/stage/tables.ts';
import { Connection, liveUrl } from './connection.svelte.ts';
import { LiveDocument } from './document.svelte.ts';
import { LiveRoom } from './room.svelte.ts';
import { serverClock } from './server-clock.svelte.ts';

/** Who looks at the page, as the server knows them. */
export interface Me {
  /** Participant or account id; null for a projector. */
  readonly personId: string | null;
  readonly kind: 'participant' | 'account' | 'screen';
  readonly name: string | null;
  readonly organisation: string | null;
  readonly role: BoardRole;
}

/** What the page was rendered with; what changes afterwards comes from the room. */
export interface WorkshopView {
  readonly id: string;
  readonly title: string;
  readonly titles: SomeWords;
  readonly languages: readonly Language[];
  readonly roomDocument: string;
  readonly status: Room['status'];
  readonly boards: readonly {
    readonly id: string;
    readonly template: string;
    readonly title: SomeWords;
    readonly document: string;
    readonly zones: readonly { readonly id: string; readonly name: SomeWords }[];
  }[];
  readonly stages: readonly {
    readonly id: string;
    readonly kind: StageKind;
    readonly title: SomeWords;
    readonly boardId: string | null;
  }[];
  readonly stage: string | null;
  readonly locked: boolean;
  readonly private: boolean;
  readonly anonymous: boolean;
}

/** A table's board that this person may open, beside the boards of the room. */
export type TableBoard = WorkshopView['boards'][number] & {
  /** The board that was split. */
  readonly tableOf: string;
  readonly table: { readonly id: string; readonly name: string; readonly state: TableState };
  readonly mine: boolean;
};

/** The room as far as the rendered page knows it. */
function roomOf(view: WorkshopView): Room {
  const stage = view.stages.find(({ id }) => id === view.stage);
  if (!stage) return { ...EMPTY_ROOM, status: view.status };
  const { id, kind, boardId } = stage;
  const title = wordsIn(stage.title, 'ru');
  const { locked, private: hidden, anonymous } = view;
  return {
    ...EMPTY_ROOM,
    status: view.status,
    stage: { id, kind, boardId, title, locked, private: hidden, anonymous, endsAt: null, startedAt: null },
  };
}

export class WorkshopLive {
  /** null on the server. */
  connection = $state.raw<Connection | null>(null);
  readonly room: LiveRoom;
  readonly #view: () => WorkshopView;
  readonly #me: () => Me;
  readonly #tables: () => readonly TableBoard[];
  #roomDocument = $state.raw<LiveDocument | null>(null);

  /** Call in the layout's script. */
  constructor(view: () => WorkshopView, me: () => Me, tables: () => readonly TableBoard[] = () => []) {
    this.#view = view;
    this.#me = me;
    this.#tables = tables;
    this.room = new LiveRoom(
      () => this.#roomDocument,
      () => roomOf(view()),
    );
    const { roomDocument } = view();
    $effect(() => {
      const connection = untrack(() => new Connection(liveUrl()));
      const room = untrack(() => new LiveDocument(connection, { name: roomDocument, personId: null }));
      this.connection = connection;
      this.#roomDocument = room;
      void serverClock.adjust();
      return () => {
        room.destroy();
        connection.destroy();
        this.connection = this.#roomDocument = null;
      };
    });
  }

  get view(): WorkshopView {
    return this.#view();
  }

  get me(): Me {
    return this.#me();
  }

  /** Boards of tables that this person may open. */
  get tables(): readonly TableBoard[] {
    return this.#tables();
  }

  /** The table where this person sits, while it works; null: with everybody. */
  get table(): TableBoard | null {
    const { stage } = this.room.current;
    const own = this.tables.find(({ mine, table }) => mine && table.state === 'open');
    return own && (stage?.boardId ?? own.tableOf) === own.tableOf ? own : null;
  }

  /** What a board is to this person while the room sits at tables. */
  placeOf(boardId: string): BoardPlace {
    const { role } = this.me;
    const at = this.tables.find(({ id }) => id === boardId);
    if (at) return placeAtTable(role, at.mine, at.table.state);
    const own = this.tables.find(({ mine, tableOf }) => mine && tableOf === boardId);
    return placeInPlenary(role, own?.table.state ?? null);
  }

  /** The board of the room that a board stands for in the agenda. */
  inAgenda(boardId: string): string {
    return this.tables.find(({ id }) => id === boardId)?.tableOf ?? boardId;
  }

  /** The workshop's name in a language, or in whichever it has. */
  title(language: Language): string {
    return this.view.titles[language] ?? this.view.title;
  }

  /** The name of the stage at hand; null before the first. */
  stageTitle(language: Language): string | null {
    const now = this.room.current.stage;
    if (!now) return null;
    const known = this.view.stages.find(({ id }) => id === now.id);
    return known ? wordsIn(known.title, language) : now.title;
  }

  /** The round to show: the one that is open, or else the last one closed. */
  get round(): RoomRound | null {
    const { rounds } = this.room.current;
    return (
      rounds.find(({ status }) => status === 'open' || status === 'closing') ??
      rounds.findLast(({ status }) => status === 'closed') ??
      null
    );
  }
}

export const [workshopLive, setWorkshopLive] = createContext<WorkshopLive>();
