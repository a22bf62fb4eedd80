/**
 * What the room document `room/<workshopId>` tells everybody: the stage, the lock, the time, who is here by organisation,
 * and the rounds (turnout while open, the result once closed). Only the server writes it; it is a projection of the
 * store and can be projected again at any time. One plain value a key, each with a growing `rev`.
 */
import * as Y from 'yjs';
import type { Locks } from '../board/change.ts';
import type { Language } from '../people/caller.ts';
import type { Permissions } from '../stage/permissions.ts';
import type { TableState } from '../stage/tables.ts';
import type { RoundWords } from '../voting/words.ts';
import type { OptionResult, RoundResult, RoundStatus } from '../voting/types.ts';

import type { RoomFollow } from './view.ts';

export const STAGE_KINDS = [
  'welcome',
  'collect',
  'reveal',
  'group',
  'rate',
  'pair',
  'discuss',
  'vote',
  'review',
  'close',
] as const;
export type StageKind = (typeof STAGE_KINDS)[number];

export interface RoomStage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: string;
  readonly boardId: string | null;
  readonly locked: boolean;
  readonly private: boolean;
  readonly anonymous: boolean;
  /** Epoch milliseconds on the server's clock; null where no time runs. */
  readonly endsAt: number | null;
  readonly startedAt: number | null;
  /** Milliseconds left of a time that stands still; null where it runs or none is set. */
  readonly pausedLeft?: number | null;
  /** What to do, by language; empty: what its kind says. */
  readonly instruction?: Readonly<Record<string, string>>;
  readonly permissions?: Permissions;
  readonly moderated?: boolean;
  readonly view?: StageView | null;
  readonly materials?: readonly Material[];
}

/** What the projector shows in a stage; null: what its kind is about. */
export const STAGE_VIEWS = ['board', 'materials', 'result', 'door'] as const;
export type StageView = (typeof STAGE_VIEWS)[number];

/** Something to read or to show before the room works: a link, or a file that was uploaded. */
export interface Material {
  readonly title: string;
  readonly url: string;
  /** Media type of an uploaded file; left out: a link. */
  readonly type?: string | undefined;
}

/** Where the leader wants every screen: a board, an area of it, or one note before all. */
export interface RoomFocus {
  readonly boardId: string;
  readonly zone: string | null;
  readonly noteId: string | null;
  /** Grows, so that the same place can be called twice. */
  readonly call: number;
}

/** Counts only: who it is, the leader is told elsewhere. */
export interface RoomSignals {
  readonly ready: number;
  readonly hands: number;
}

/** The room at tables, in numbers: what stands on a table's board is told to those who may see it. */
export interface RoomTables {
  /** Grows with every command: who sits where is asked anew. */
  readonly changes: number;
  /** The board that was split. */
  readonly boardId: string;
  readonly tables: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: TableState;
    readonly people: number;
    readonly here: number;
    readonly ready: number;
  }[];
}

export interface RoomPresence {
  readonly total: number;
  readonly byOrganisation: readonly {
    readonly organisationId: string | null;
    readonly name: string;
    readonly count: number;
  }[];
}

export interface RoomRound {
  readonly id: string;
  readonly boardId: string;
  readonly title: string;
  readonly status: RoundStatus;
  readonly secret: boolean;
  readonly turnout: { readonly eligible: number; readonly cast: number };
  /** In further languages; left out where there are none. */
  readonly words?: RoundWords | undefined;
  /** null until closed. */
  readonly result: RoundResult | null;
  /** Epoch milliseconds; null outside the grace time. */
  readonly closesAt: number | null;
  /** When it ends by itself, while it is open; null: when somebody closes it. Epoch milliseconds. */
  readonly dueAt?: number | null;
  /** How often the end was moved on: each time is told in the room. */
  readonly extensions?: number;
}

export interface Room {
  readonly status: 'open' | 'closed';
  readonly stage: RoomStage | null;
  readonly presence: RoomPresence;
  readonly rounds: readonly RoomRound[];
  /** Grows with every command of who leads; null before the first projection. */
  readonly revision: number | null;
  readonly focus: RoomFocus | null;
  /** What everybody follows until they, or a leader, end it; null: nothing. */
  readonly follow: RoomFollow | null;
  /** The languages of the wall; empty: as the workshop says. */
  readonly wall: readonly Language[];
  readonly signals: RoomSignals;
  /** null: everybody works on one board. */
  readonly tables: RoomTables | null;
  /** The material that the wall shows full screen, by its place in the stage; null: none. */
  readonly slide: { readonly stageId: string; readonly position: number } | null;
  /** How many tried a note and a vote in the welcome; null in any other stage. */
  readonly practice: { readonly notes: number; readonly votes: number } | null;
  /** Locked areas and notes, by board. */
  readonly locks: Readonly<Record<string, Locks>>;
  /** Changes beside the documents (bonds, findings), by board: what grew is read anew. */
  readonly marks: Readonly<Record<string, number>>;
}

export const EMPTY_ROOM: Room = {
  status: 'open',
  stage: null,
  presence: { total: 0, byOrganisation: [] },
  rounds: [],
  revision: null,
  focus: null,
  follow: null,
  wall: [],
  signals: { ready: 0, hands: 0 },
  tables: null,
  slide: null,
  practice: null,
  locks: {},
  marks: {},
};

/**
 * Reads a room document. Roots: map `room` with `status`, `stage`, `presence`; map `rounds` by round id. Missing keys
 * read as empty: a client may see the document before the first projection.
 */
export function readRoom(doc: Y.Doc): Room {
  const room = doc.getMap<unknown>('room');
  const rounds = [...doc.getMap<RoomRound & { order: number }>('rounds').values()];
  return {
    status: room.get('status') === 'closed' ? 'closed' : 'open',
    stage: (room.get('stage') as RoomStage | undefined) ?? null,
    presence: (room.get('presence') as RoomPresence | undefined) ?? EMPTY_ROOM.presence,
    rounds: rounds.sort((a, b) => a.order - b.order),
    revision: (room.get('revision') as number | undefined) ?? null,
    follow: (room.get('follow') as RoomFollow | null | undefined) ?? null,
    wall: (room.get('wall') as readonly Language[] | undefined) ?? [],
    focus: (room.get('focus') as RoomFocus | null | undefined) ?? null,
    signals: (room.get('signals') as RoomSignals | undefined) ?? EMPTY_ROOM.signals,
    tables: (room.get('tables') as RoomTables | null | undefined) ?? null,
    practice: (room.get('practice') as Room['practice'] | undefined) ?? null,
    slide: (room.get('slide') as Room['slide'] | undefined) ?? null,
    locks: (room.get('locks') as Room['locks'] | undefined) ?? EMPTY_ROOM.locks,
    marks: (room.get('marks') as Room['marks'] | undefined) ?? EMPTY_ROOM.marks,
  };
}

export type { OptionResult, RoundResult };
