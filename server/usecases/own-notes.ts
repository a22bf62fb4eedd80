/**
 * Whose notes are whose. Attributed, the store knows; anonymous, nobody's column does: a note bears an HMAC of its id under
 * its writer's join token, and only who shows the token again is known to have written it.
 */
import { randomBytes } from 'node:crypto';
import { participantIn, type Caller } from '#core/people/caller.ts';
import { markOf } from '../auth/secrets.ts';
import type { Store } from '../store/port.ts';
import type { BoardAccess } from './rights.ts';

/** Accounts have no join token: their anonymous notes are theirs until the server starts anew. */
const CREW = randomBytes(32).toString('base64url');

export interface Writing {
  /** Who is on record beside a note that waits: the person, or a pseudonym for this board that goes with the waiting notes. */
  readonly personId: string;
  readonly mark: (subject: string) => string;
}

export function writing(caller: Caller, { workshop, board, person }: BoardAccess): Writing {
  const key = participantIn(caller, workshop.id)?.noteKey || markOf(CREW, person.personId);
  const mark = (subject: string): string => markOf(key, subject);
  // At a table and in the plenary that it flows back to, one person is one pseudonym.
  const room = board.tableOf ?? board.id;
  return { personId: workshop.anonymous ? `anonymous-${mark(room)}` : person.personId, mark };
}

/** Answers for single notes of the board whether they are the caller's. */
export async function ownNotes(
  store: Store,
  caller: Caller,
  access: BoardAccess,
): Promise<(noteId: string) => boolean> {
  const { board, person, workshop } = access;
  const { mark } = writing(caller, access);
  const authors = workshop.anonymous ? [] : await store.notes.authorsOf(board.id);
  const own = new Set(authors.filter((one) => one.personId === person.personId).map(({ noteId }) => noteId));
  const marks = new Map((await store.notes.marksOf(board.id)).map((one) => [one.noteId, one.mark]));
  return (noteId) => own.has(noteId) || (marks.has(noteId) && marks.get(noteId) === mark(noteId));
}

/** The caller's notes that wait, written under their name or without. */
export async function ownPending(store: Store, caller: Caller, access: BoardAccess) {
  const { board, person } = access;
  const ids = new Set([person.personId, `anonymous-${writing(caller, access).mark(board.tableOf ?? board.id)}`]);
  return (await store.notes.pending(board.id)).filter(({ personId }) => ids.has(personId));
}
