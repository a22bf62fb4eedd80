/**
 * The bare document: how a board begins, and the access that all edits share. A board's first content is made once, stored
 * as an update and handed to everybody: made twice, the two would merge into a board with two beginnings.
 */
import * as Y from 'yjs';
import { newId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import { CARD, Grid, groupSize, toCoordinate } from './place.ts';
import { readBoard } from './read.ts';
import { isBoardId, SCHEMA_VERSION, type At } from './schema.ts';

/**
 * The stored beginning of a board, a V1 update.
 * @param epoch changes whenever a board starts anew (restored, erased): a client's copy with another epoch is stale.
 */
export function initialBoardUpdate(epoch: string = newId()): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    const meta = doc.getMap<unknown>('meta');
    meta.set('schemaVersion', SCHEMA_VERSION);
    meta.set('epoch', epoch);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** A board document with its roots typed; empty unless the stored beginning is given. */
export function createBoardDoc(initial?: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap('meta');
  doc.getMap('notes');
  doc.getMap('groups');
  if (initial) Y.applyUpdate(doc, initial);
  return doc;
}

export function notesOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap<Y.Map<unknown>>('notes');
}

export function groupsOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap<Y.Map<unknown>>('groups');
}

/** Where something shall lie. Without x and y: the first free place of the zone. */
export interface Place {
  readonly zone: string;
  readonly x?: number;
  readonly y?: number;
  /** The board's zones; left out: the caller has checked, or the guard will. */
  readonly zones?: readonly string[];
}

/** The taken cells of every zone, made when first asked for; `without`: notes and groups that are about to move. */
export function occupied(doc: Y.Doc, without: ReadonlySet<string> = new Set()): (zone: string) => Grid {
  let board: ReturnType<typeof readBoard> | null = null;
  const grids = new Map<string, Grid>();
  return (zone) => {
    const known = grids.get(zone);
    if (known) return known;
    board ??= readBoard(doc);
    const grid = new Grid(zone);
    for (const note of board.notes)
      if (note.at[0] === zone && note.group === undefined && !without.has(note.id)) grid.take(note.at[1], note.at[2]);
    for (const group of board.groups)
      if (group.at[0] === zone && !without.has(group.id))
        grid.take(group.at[1], group.at[2], groupSize(group.noteIds.length));
    grids.set(zone, grid);
    return grid;
  };
}

/** The place somebody asked for, or a free one; either way taken in the grid. */
export function placeIn(
  place: Place,
  grids: (zone: string) => Grid,
  size = CARD as { width: number; height: number },
): Result<At> {
  const { zone, x, y, zones } = place;
  if (!isBoardId(zone) || (zones && !zones.includes(zone))) return refuse('zone-unknown');
  if (x === undefined && y === undefined) return ok(grids(zone).place(size));
  const [left, top] = [toCoordinate(x ?? NaN), toCoordinate(y ?? NaN)];
  if (left === null || top === null) return refuse('place-invalid');
  return ok([zone, left, top]);
}

/** Groups without a note vanish, in the same step as their last note. Call inside a transaction. */
export function dropEmptyGroups(doc: Y.Doc): void {
  const groups = groupsOf(doc);
  if (groups.size === 0) return;
  const used = new Set<unknown>();
  notesOf(doc).forEach((note) => {
    if (note instanceof Y.Map) used.add(note.get('group'));
  });
  for (const id of [...groups.keys()]) if (!used.has(id)) groups.delete(id);
}
