/**
 * Whether somebody may make this change to this note or group: held against what the stage permits, whose note it is, and
 * what is locked. Asked by the guard for every note that an update touched, and by the commands of the API.
 */
import type { RefusalCode } from '../result.ts';
import type { BoardMay } from '../stage/permissions.ts';
import type { Group, Note } from './schema.ts';

export interface Locks {
  /** Ids of areas in which nothing may be written, moved or grouped. */
  readonly zones: readonly string[];
  readonly notes: readonly string[];
}

export const NO_LOCKS: Locks = { zones: [], notes: [] };

export interface Writer {
  readonly may: BoardMay;
  readonly locks: Locks;
  isOwn(noteId: string): boolean;
}

const sameAt = (one: Note | Group, other: Note | Group): boolean =>
  one.at.every((part, index) => part === other.at[index]);

/** @param before null: the note is new; @param after null: it is deleted. Both as `readNote` gives them. */
export function checkNoteChange(writer: Writer, before: Note | null, after: Note | null): RefusalCode | null {
  const { may, locks } = writer;
  const touched = before ?? after;
  if (!touched || (before && after && same(before, after))) return null;
  if (locks.notes.includes(touched.id)) return 'note-locked';
  if ([before, after].some((note) => note && locks.zones.includes(note.at[0]))) return 'zone-locked';
  if (!before) return may.add ? null : 'stage-forbids';
  if (!after || rewritten(before, after)) {
    const refusal = mayEdit(writer, before.id);
    if (refusal || !after) return refusal;
  }
  if (before.group !== after.group) return may.group ? null : 'stage-forbids';
  // A group that goes to another area takes its notes along.
  const carried = after.group !== undefined && may.group;
  return sameAt(before, after) || may.move || carried ? null : 'stage-forbids';
}

function rewritten(before: Note, after: Note): boolean {
  return before.text !== after.text || before.colour !== after.colour || before.lang !== after.lang;
}

function same(before: Note, after: Note): boolean {
  return !rewritten(before, after) && before.group === after.group && sameAt(before, after);
}

export function mayEdit({ may, isOwn }: Pick<Writer, 'may' | 'isOwn'>, noteId: string): RefusalCode | null {
  if (may.editAny) return null;
  if (!may.editOwn) return 'stage-forbids';
  return isOwn(noteId) ? null : 'not-yours';
}

/** @param emptied the group went because its last note did. */
export function checkGroupChange(
  { may, locks }: Writer,
  before: Group | null,
  after: Group | null,
  emptied: boolean,
): RefusalCode | null {
  if (before && after && before.title === after.title && sameAt(before, after)) return null;
  if ([before, after].some((group) => group && locks.zones.includes(group.at[0]))) return 'zone-locked';
  if (may.group || (before && !after && emptied)) return null;
  return before && after && before.title === after.title && may.move ? null : 'stage-forbids';
}
