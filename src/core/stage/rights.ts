/**
 * What one stage lets one person do on one board. The one table behind every door: the socket, /yjs, the API and the
 * buttons on the page. Who leads may always edit; participants where the stage at hand is about this board and permits
 * it; in private and in anonymous work nobody writes to the document itself, because a Yjs client id
 * would tie one person's notes together.
 */
import { ok, refuse, type RefusalCode, type Result } from '../result.ts';
import type { StageKind } from '../room/room.ts';
import type { BoardPlace } from './tables.ts';
import {
  MAY_ALL,
  MAY_NOTHING,
  mayOf,
  mayWriteAnything,
  permissionsOf,
  type BoardMay,
  type Permissions,
} from './permissions.ts';

/** lead: facilitators and admins; staff: the secretariat; member: a participant; screen: the projector, observers. */
export type BoardRole = 'lead' | 'staff' | 'member' | 'screen';

export interface StageFlags {
  readonly locked: boolean;
  readonly private: boolean;
  readonly anonymous: boolean;
}

export interface BoardSituation extends StageFlags {
  /** Kind of the stage at hand; null before the first one is set. */
  readonly stage: StageKind | null;
  /** Whether that stage is about this board. */
  readonly here: boolean;
  readonly role: BoardRole;
  /** What the facilitator permits otherwise than the kind of stage does. */
  readonly permissions?: Partial<Permissions> | null | undefined;
  /** New notes go to the facilitator first. */
  readonly moderated?: boolean | undefined;
  /** The workshop is closed: nobody writes any more. */
  readonly closed?: boolean;
  /** What the board is to them while the room sits at tables; left out: a board of the whole room. */
  readonly place?: BoardPlace;
}

export interface BoardRights {
  /** May write into the board document, by socket. */
  readonly write: boolean;
  /** Why not. */
  readonly writeRefusal: RefusalCode | null;
  /** May write by command (API). */
  readonly byCommand: boolean;
  readonly commandRefusal: RefusalCode | null;
  /** Whether names, cursors and typing of people travel on this board now. */
  readonly presence: boolean;
  /** Whether it is put on record who writes a note. */
  readonly recordAuthors: boolean;
  /** Whether a new note is seen by others at once, or only after the reveal. */
  readonly seeOthers: boolean;
  /** Whether it is told who wrote a note, where it is on record. */
  readonly seeAuthors: boolean;
  /** What of writing is permitted; nothing where writing is refused altogether. */
  readonly may: BoardMay;
}

export function boardRights(situation: BoardSituation): BoardRights {
  const { stage, here, role } = situation;
  const allowed = stage === null ? null : permissionsOf(stage, situation.permissions);
  const free = role === 'lead' || (stage === null && role === 'staff');
  const may = free || !allowed ? MAY_ALL : mayOf(allowed);
  const commandRefusal = mayEdit(situation, may);
  const apart = situation.private || (here && allowed?.seeNotes === false);
  const moderated = here && situation.moderated === true && !free;
  const hidden = here && (apart || situation.anonymous || moderated);
  const writeRefusal = commandRefusal ?? (hidden || situation.anonymous ? 'by-command-only' : null);
  return {
    write: writeRefusal === null,
    writeRefusal,
    byCommand: commandRefusal === null,
    commandRefusal,
    // While somewhere people write unseen, not even who looks at another board is told. A cursor names who writes.
    presence: !apart && !situation.anonymous && allowed?.seeCursors !== false && allowed?.seeAuthors !== false,
    recordAuthors: !situation.anonymous,
    seeOthers: !(here && apart),
    seeAuthors: !situation.anonymous && (free || allowed?.seeAuthors !== false),
    may: commandRefusal === null ? may : MAY_NOTHING,
  };
}

function mayEdit({ stage, here, locked, role, closed, place }: BoardSituation, may: BoardMay): RefusalCode | null {
  if (role === 'screen' || place === 'hidden') return 'forbidden';
  if (closed) return 'workshop-closed';
  // What is written at a table after it flowed back would never reach the room.
  if (place === 'back') return 'table-back';
  if (role === 'lead') return null;
  if (place === 'away') return 'at-table';
  // Preparing: before the first stage the crew writes, the room does not.
  if (stage === null) return role === 'staff' ? null : 'stage-forbids';
  if (!here || !mayWriteAnything(may)) return 'stage-forbids';
  return locked ? 'board-locked' : null;
}

/**
 * The flags of a stage after a change. Once a note exists, `private` and `anonymous` may be switched on, never off: people
 * wrote under a promise. What `next` leaves out stays.
 */
export function tighten(
  current: Pick<StageFlags, 'private' | 'anonymous'>,
  next: { readonly private?: boolean; readonly anonymous?: boolean },
  hasNotes: boolean,
): Result<{ readonly private: boolean; readonly anonymous: boolean }> {
  const after = { private: next.private ?? current.private, anonymous: next.anonymous ?? current.anonymous };
  const loosened = (current.private && !after.private) || (current.anonymous && !after.anonymous);
  return hasNotes && loosened ? refuse('anonymity-only-tightens') : ok(after);
}
