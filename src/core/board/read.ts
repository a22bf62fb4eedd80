/**
 * From the document to what people see. `readBoard` is total: whatever a client wrote, it answers with the well-formed
 * part, in reading order, and never throws. `seeBoard` is the one function that decides what a viewer may see of a board;
 * pages, API, exports and snapshots all pass through it.
 */
import type * as Y from 'yjs';
import type { Language } from '../people/caller.ts';
import { readingOrder } from './order.ts';
import { checkGroup, checkNote, isBoardId, rootMap, type At, type Colour, type Group, type Note } from './schema.ts';

export interface BoardGroup extends Group {
  /** Its notes in reading order; never empty. */
  readonly noteIds: readonly string[];
}

export interface Board {
  /** In reading order; the notes of a group stand together, at the group's place in the order. */
  readonly notes: readonly Note[];
  readonly groups: readonly BoardGroup[];
}

export const EMPTY_BOARD: Board = { notes: [], groups: [] };

/** One value under `notes` as a note; null where it is ill-formed. `at` and `group` are as written. */
export function readNote(id: string, value: unknown, zones: readonly string[] | null = null): Note | null {
  const fault = isBoardId(id) ? checkNote(value, zones) : 'malformed';
  // A text that grew over its limit by two people typing at once is still a text somebody wrote.
  if (fault !== null && fault !== 'note-too-long') return null;
  const map = value as Y.Map<unknown>;
  const lang = map.get('lang') as Language | null | undefined;
  const group = map.get('group') as string | null | undefined;
  return {
    id,
    at: map.get('at') as At,
    text: String(map.get('text')),
    colour: (map.get('colour') as Colour | undefined) ?? 'yellow',
    ...(lang == null ? {} : { lang }),
    ...(group == null ? {} : { group }),
  };
}

/** One value under `groups` as a group; null where it is ill-formed. */
export function readGroup(id: string, value: unknown, zones: readonly string[] | null = null): Group | null {
  const fault = isBoardId(id) ? checkGroup(value, zones) : 'malformed';
  if (fault !== null && fault !== 'title-too-long') return null;
  const map = value as Y.Map<unknown>;
  return { id, at: map.get('at') as At, title: String(map.get('title') ?? '') };
}

/**
 * Everything well-formed on a board. A note whose group is gone stands alone; a group without notes is not there; a note
 * in a group lies in the group's zone, whatever its own place says (the group may have moved while the note was added).
 * @param zones the board's zones in their order; left out: any zone, by id.
 */
export function readBoard(doc: Y.Doc, zones?: readonly string[]): Board {
  const allowed = zones ?? null;
  const groups = new Map<string, Group>();
  rootMap(doc, 'groups')?.forEach((value, id) => {
    const group = readGroup(id, value, allowed);
    if (group) groups.set(id, group);
  });
  const alone: Note[] = [];
  const members = new Map<string, Note[]>();
  rootMap(doc, 'notes')?.forEach((value, id) => {
    const note = readNote(id, value, allowed);
    if (!note) return;
    const group = note.group === undefined ? undefined : groups.get(note.group);
    if (!group) {
      alone.push(withoutGroup(note));
      return;
    }
    const inside: Note = { ...note, at: [group.at[0], note.at[1], note.at[2]] };
    const others = members.get(group.id);
    if (others) others.push(inside);
    else members.set(group.id, [inside]);
  });
  return assemble(alone, groups, members, zones ?? []);
}

function assemble(
  alone: readonly Note[],
  groups: ReadonlyMap<string, Group>,
  members: ReadonlyMap<string, readonly Note[]>,
  zones: readonly string[],
): Board {
  const items: { id: string; at: At; note?: Note; group?: Group }[] = alone.map((note) => ({
    id: note.id,
    at: note.at,
    note,
  }));
  for (const group of groups.values()) if (members.has(group.id)) items.push({ id: group.id, at: group.at, group });
  const notes: Note[] = [];
  const full: BoardGroup[] = [];
  for (const { note, group } of readingOrder(items, zones)) {
    if (note) notes.push(note);
    if (!group) continue;
    const inside = readingOrder(members.get(group.id) ?? []);
    notes.push(...inside);
    full.push({ ...group, noteIds: inside.map(({ id }) => id) });
  }
  return { notes, groups: full };
}

function withoutGroup(note: Note): Note {
  if (note.group === undefined) return note;
  const { group: _gone, ...rest } = note;
  return rest;
}

/** What stands in one zone's list: a note of its own, or a group with its notes. */
export type ZoneItem =
  | { readonly kind: 'note'; readonly note: Note }
  | { readonly kind: 'group'; readonly group: BoardGroup; readonly notes: readonly Note[] };

/** A zone as a list, in reading order. */
export function listZone(board: Board, zone: string): ZoneItem[] {
  const groups = new Map(board.groups.map((group) => [group.id, group]));
  const list: ZoneItem[] = [];
  for (const note of board.notes) {
    if (note.at[0] !== zone) continue;
    const group = note.group === undefined ? undefined : groups.get(note.group);
    if (!group) list.push({ kind: 'note', note });
    else if (group.noteIds[0] === note.id) {
      const inside = new Set(group.noteIds);
      list.push({ kind: 'group', group, notes: board.notes.filter(({ id }) => inside.has(id)) });
    }
  }
  return list;
}

/** A note as a viewer sees it. */
export interface SeenNote extends Note {
  /** Only on an attributed board. */
  readonly authorId?: string;
  /** Organisation of the author; only on an attributed board. */
  readonly organisationId?: string;
  /** Written in private and not revealed: only its author ever sees it. */
  readonly private?: true;
}

export interface SeenBoard {
  readonly notes: readonly SeenNote[];
  readonly groups: readonly BoardGroup[];
}

export interface Sight {
  /** False on an anonymous board: then nobody sees an author, whatever `authors` holds. */
  readonly attributed: boolean;
  readonly authors: ReadonlyMap<string, { readonly authorId: string; readonly organisationId: string | null }>;
  /** Notes not yet revealed, of anybody: this function picks the viewer's own. */
  readonly privateNotes?: readonly { readonly authorId: string; readonly note: Note }[];
  /** The participant or account that looks; null: a snapshot, an export, a projector (no private note, no person). */
  readonly viewerId: string | null;
}

/** The only way from a board to a viewer. Fails closed: without an author on record nothing is attributed. */
export function seeBoard(board: Board, sight: Sight): SeenBoard {
  const notes = board.notes.map((note): SeenNote => {
    const author = sight.attributed ? sight.authors.get(note.id) : undefined;
    if (!author) return note;
    return {
      ...note,
      ...(sight.viewerId === null ? {} : { authorId: author.authorId }),
      ...(author.organisationId === null ? {} : { organisationId: author.organisationId }),
    };
  });
  const here = new Set(board.notes.map(({ id }) => id));
  for (const { authorId, note } of sight.privateNotes ?? []) {
    if (sight.viewerId === null || authorId !== sight.viewerId || here.has(note.id)) continue;
    notes.push({ ...withoutGroup(note), private: true });
  }
  return { notes, groups: board.groups };
}
