/**
 * Groups: notes that belong together, under one name. A group has a place; its notes are listed inside its frame in the
 * reading order of their own places, which are kept below one another, so that a note dropped last stands last.
 */
import * as Y from 'yjs';
import { newId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import { dropEmptyGroups, groupsOf, notesOf, occupied, placeIn, type Place } from './doc.ts';
import { moveNotes } from './notes.ts';
import { belowInGroup, groupSize, insideGroup } from './place.ts';
import { readBoard, type Board, type BoardGroup } from './read.ts';
import { isBoardId, MAX_GROUP_TITLE, type At, type Note } from './schema.ts';
import { cleanText } from './text.ts';

export interface Grouping {
  readonly noteIds: readonly string[];
  /** The note or group they are dropped on. Left out: the first of the notes. */
  readonly onto?: string;
  /** Id of the new group; left out: a new one. */
  readonly id?: string;
  readonly title?: string;
}

/**
 * Puts notes together: into the group they are dropped on, or into a new one at the place of the note they are dropped on.
 * Notes that were in other groups leave them.
 */
export function groupNotes(doc: Y.Doc, input: Grouping, origin: unknown): Result<{ id: string }> {
  const board = readBoard(doc);
  const byId = new Map(board.notes.map((note) => [note.id, note]));
  const target = input.onto === undefined ? undefined : byId.get(input.onto);
  const groupId = target ? target.group : board.groups.find(({ id }) => id === input.onto)?.id;
  if (input.onto !== undefined && !target && groupId === undefined) return refuse('not-found');
  if (groupId !== undefined) {
    const added = addToGroup(doc, { groupId, noteIds: input.noteIds }, origin);
    return added.ok ? ok({ id: groupId }) : added;
  }
  const wanted = new Set(input.noteIds);
  const members = board.notes.filter(({ id }) => wanted.has(id) && id !== target?.id);
  const first = target ?? members.shift();
  if (!first) return refuse('not-found');
  const id = input.id ?? newId();
  if (!isBoardId(id)) return refuse('malformed');
  const title = checkGroupTitle(input.title ?? '');
  if (!title.ok) return title;
  doc.transact(() => {
    const group = new Y.Map<unknown>();
    group.set('at', first.at);
    group.set('title', title.value);
    groupsOf(doc).set(id, group);
    join(doc, { id, at: first.at, noteIds: [] }, [first, ...members], board);
    dropEmptyGroups(doc);
  }, origin);
  return ok({ id });
}

/** Adds notes at the end of a group. */
export function addToGroup(
  doc: Y.Doc,
  input: { readonly groupId: string; readonly noteIds: readonly string[] },
  origin: unknown,
): Result<null> {
  const board = readBoard(doc);
  const group = board.groups.find(({ id }) => id === input.groupId);
  if (!group) return refuse('group-unknown');
  const wanted = new Set(input.noteIds);
  const joining = board.notes.filter((note) => wanted.has(note.id));
  if (joining.length === 0) return refuse('not-found');
  doc.transact(() => {
    join(
      doc,
      group,
      joining.filter((note) => note.group !== group.id),
      board,
    );
    dropEmptyGroups(doc);
  }, origin);
  return ok(null);
}

function join(
  doc: Y.Doc,
  group: Pick<BoardGroup, 'id' | 'at' | 'noteIds'>,
  joining: readonly Note[],
  board: Board,
): void {
  const inside = new Set(group.noteIds);
  let last: At | null = null;
  for (const note of board.notes) if (inside.has(note.id)) last = note.at;
  for (const note of joining) {
    const at: At = last ? belowInGroup(last) : insideGroup(group.at, 0);
    last = at;
    const map = notesOf(doc).get(note.id);
    map?.set('group', group.id);
    map?.set('at', at);
  }
}

/** Takes notes out of their groups: to the place where they were dropped, or to a free one in the same zone. */
export function removeFromGroup(
  doc: Y.Doc,
  input: { readonly ids: readonly string[] } & Partial<Place>,
  origin: unknown,
): Result<null> {
  const wanted = new Set(input.ids);
  const leaving = readBoard(doc).notes.filter((note) => wanted.has(note.id) && note.group !== undefined);
  const moves = leaving.map((note, index) => ({
    id: note.id,
    zone: input.zone ?? note.at[0],
    zones: input.zones,
    ...(index === 0 ? { x: input.x, y: input.y } : {}),
  }));
  return moveNotes(doc, { moves }, origin);
}

/** Takes a group with its notes elsewhere. Within a zone one value is written; its notes follow into another zone. */
export function moveGroup(doc: Y.Doc, input: Place & { readonly id: string }, origin: unknown): Result<null> {
  const board = readBoard(doc);
  const group = board.groups.find(({ id }) => id === input.id);
  const map = groupsOf(doc).get(input.id);
  if (!group || !map) return refuse('group-unknown');
  const at = placeIn(input, occupied(doc, new Set([group.id])), groupSize(group.noteIds.length));
  if (!at.ok) return at;
  const inside = new Set(group.noteIds);
  doc.transact(() => {
    map.set('at', at.value);
    if (at.value[0] === group.at[0]) return;
    for (const note of board.notes)
      if (inside.has(note.id)) notesOf(doc).get(note.id)?.set('at', [at.value[0], note.at[1], note.at[2]]);
  }, origin);
  return ok(null);
}

/** A name on one line; empty takes the name away. */
export function nameGroup(
  doc: Y.Doc,
  input: { readonly id: string; readonly title: string },
  origin: unknown,
): Result<null> {
  const group = groupsOf(doc).get(input.id);
  if (!(group instanceof Y.Map)) return refuse('group-unknown');
  const title = checkGroupTitle(input.title);
  if (!title.ok) return title;
  if (group.get('title') === title.value) return ok(null);
  doc.transact(() => group.set('title', title.value), origin);
  return ok(null);
}

function checkGroupTitle(title: string): Result<string> {
  const clean = cleanText(title).replace(/\s+/g, ' ').trim();
  return clean.length > MAX_GROUP_TITLE ? refuse('title-too-long', { limit: MAX_GROUP_TITLE }) : ok(clean);
}

/** Dissolves a group; its notes stay, where the group showed them if nothing else lies there. */
export function ungroup(doc: Y.Doc, input: { readonly id: string }, origin: unknown): Result<null> {
  const board = readBoard(doc);
  const group = board.groups.find(({ id }) => id === input.id);
  if (!group) return refuse('group-unknown');
  const grid = occupied(doc, new Set([group.id]))(group.at[0]);
  doc.transact(() => {
    group.noteIds.forEach((id, index) => {
      const shown = insideGroup(group.at, index);
      const free = grid.isFree(shown[1], shown[2]);
      const at = free ? shown : grid.place();
      if (free) grid.take(at[1], at[2]);
      const note = notesOf(doc).get(id);
      note?.delete('group');
      note?.set('at', at);
    });
    groupsOf(doc).delete(group.id);
  }, origin);
  return ok(null);
}

/** Deletes a group together with its notes. (To keep them: `ungroup`.) */
export function deleteGroup(doc: Y.Doc, input: { readonly id: string }, origin: unknown): Result<null> {
  const group = readBoard(doc).groups.find(({ id }) => id === input.id);
  if (!group) return refuse('group-unknown');
  doc.transact(() => {
    for (const id of group.noteIds) notesOf(doc).delete(id);
    groupsOf(doc).delete(group.id);
  }, origin);
  return ok(null);
}
