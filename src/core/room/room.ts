/**
 * What the room document `room/<workshopId>` tells everybody: the stage, the lock, the time, who is here by organisation,
 * and the rounds (turnout while open, the result once closed). Only the server writes it; it is a projection of the
 * store and can be projected again at any time. One plain value a key, each with a growing `rev`.
 */
import * as Y from 'yjs';
import type { OptionResult, RoundResult, RoundStatus } from '../voting/types.ts';

export type StageKind =
  | 'welcome' | 'collect' | 'reveal' | 'group' | 'rate' | 'pair' | 'discuss' | 'vote' | 'review' | 'close';

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
}

export interface RoomPresence {
  readonly total: number;
  readonly byOrganisation: readonly { readonly organisationId: string | null; readonly name: string; readonly count: number }[];
}

export interface RoomRound {
  readonly id: string;
  readonly boardId: string;
  readonly title: string;
  readonly status: RoundStatus;
  readonly secret: boolean;
  readonly turnout: { readonly eligible: number; readonly cast: number };
  /** null until closed. */
  readonly result: RoundResult | null;
  /** Epoch milliseconds; null outside the grace time. */
  readonly closesAt: number | null;
}

export interface Room {
  readonly status: 'open' | 'closed';
  readonly stage: RoomStage | null;
  readonly presence: RoomPresence;
  readonly rounds: readonly RoomRound[];
}

export const EMPTY_ROOM: Room = { status: 'open', stage: null, presence: { total: 0, byOrganisation: [] }, rounds: [] };

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
  };
}

export type { OptionResult, RoundResult };
