/**
 * Order in a list is place on the board: there is no other order. To put a note before another, the cards of the list pass
 * their places on, one to the next, so that a tidy board stays tidy and nothing comes to lie on something else. Where
 * places cannot be passed on (cards in one spot, groups of different height), the zone is laid out anew.
 */
import type * as Y from 'yjs';
import { ok, refuse, type Result } from '../result.ts';
import { dropEmptyGroups, groupsOf, notesOf, occupied } from './doc.ts';
import { moveGroup } from './groups.ts';
import { moveNote } from './notes.ts';
import { readingOrder, type Placed } from './order.ts';
import { belowInGroup, CARD, groupSize, insideGroup, layOut, type Size } from './place.ts';
import { listZone, readBoard, type Board } from './read.ts';
import type { At } from './schema.ts';

export interface Reorder {
  /** A note or a group. */
  readonly id: string;
  /** The note or group it shall stand before (or after). Neither: at a free place of `zone`. */
  readonly before?: string;
  readonly after?: string;
  /** Needed where neither `before` nor `after` is given. */
  readonly zone?: string;
  readonly zones?: readonly string[];
}

interface Item extends Placed {
  readonly size: Size;
}

/** Puts a note (or group) right before or after another one in reading order; it comes into that one's zone and group. */
export function reorderNote(doc: Y.Doc, input: Reorder, origin: unknown): Result<null> {
  const board = readBoard(doc);
  const note = board.notes.find(({ id }) => id === input.id);
  const group = note ? undefined : board.groups.find(({ id }) => id === input.id);
  if (!note && !group) return refuse('not-found');
  const besides = input.before ?? input.after;
  if (besides === undefined) {
    const place = { id: input.id, zone: input.zone ?? '', zones: input.zones };
    return note ? moveNote(doc, place, origin) : moveGroup(doc, place, origin);
  }
  if (besides === input.id) return ok(null);
  const list = siblings(board, besides, group !== undefined);
  if (!list) return refuse('not-found');
  const own: Item = { id: input.id, at: list.free(doc), size: group ? groupSize(group.noteIds.length) : CARD };
  const desired = list.items.filter(({ id }) => id !== input.id);
  const index = desired.findIndex(({ id }) => id === list.beside);
  if (index < 0) return ok(null);
  desired.splice(
    input.before === undefined ? index + 1 : index,
    0,
    list.items.find(({ id }) => id === input.id) ?? own,
  );
  const places = passOn(desired, list) ?? list.layOut(desired);
  doc.transact(() => {
    desired.forEach(({ id, at: now }, k) => {
      const at = places[k];
      const map = notesOf(doc).get(id) ?? groupsOf(doc).get(id);
      if (!at || !map) return;
      if (id === input.id && note && note.group !== list.groupId) {
        if (list.groupId === undefined) map.delete('group');
        else map.set('group', list.groupId);
      }
      if (id === input.id || !same(at, now)) map.set('at', at);
    });
    // A group's notes follow it into another zone.
    if (group && group.at[0] !== list.zone)
      for (const member of board.notes)
        if (member.group === group.id) notesOf(doc).get(member.id)?.set('at', [list.zone, member.at[1], member.at[2]]);
    dropEmptyGroups(doc);
  }, origin);
  return ok(null);
}

interface List {
  readonly zone: string;
  readonly groupId: string | undefined;
  /** Whom the moved one stands beside. */
  readonly beside: string;
  readonly items: readonly Item[];
  /** A place for one more. */
  free(doc: Y.Doc): At;
  layOut(items: readonly Item[]): At[];
}

/** The list in which `id` stands: its group's notes, or its zone (always the zone for a group that moves). */
function siblings(board: Board, id: string, wholeGroup: boolean): List | null {
  const note = board.notes.find((each) => each.id === id);
  const group = board.groups.find((each) => each.id === (note ? note.group : id));
  if (note && group && !wholeGroup) {
    const items = board.notes.filter((each) => each.group === group.id).map(({ id, at }) => ({ id, at, size: CARD }));
    return {
      zone: group.at[0],
      groupId: group.id,
      beside: id,
      items,
      free: () => belowInGroup(items.at(-1)?.at ?? group.at),
      layOut: (list) => list.map((_, index) => insideGroup(group.at, index)),
    };
  }
  const head = note && !group ? note : group;
  if (!head) return null;
  const zone = head.at[0];
  return {
    zone,
    groupId: undefined,
    beside: head.id,
    items: listZone(board, zone).map((item) =>
      item.kind === 'note'
        ? { id: item.note.id, at: item.note.at, size: CARD }
        : { id: item.group.id, at: item.group.at, size: groupSize(item.notes.length) },
    ),
    free: (doc) => occupied(doc)(zone).place(),
    layOut: (list) =>
      layOut(
        zone,
        list.map(({ size }) => size),
      ),
  };
}

/** The same places, in the new order; null where that would not give the order, or would push different sizes together. */
function passOn(desired: readonly Item[], list: List): At[] | null {
  const places = readingOrder(desired).map(({ at }) => at);
  const result = readingOrder(desired.map(({ id }, k) => ({ id, at: places[k] ?? [list.zone, 0, 0] })));
  for (const [k, item] of desired.entries()) {
    if (result[k]?.id !== item.id) return null;
    if (item.size !== CARD && !same(places[k] ?? item.at, item.at)) return null;
  }
  return places;
}

function same(a: At, b: At): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

/** Lays a whole zone out on the grid, in its reading order. */
export function tidyZone(doc: Y.Doc, input: { readonly zone: string }, origin: unknown): Result<null> {
  const items = listZone(readBoard(doc), input.zone);
  const sizes = items.map((item) => (item.kind === 'note' ? CARD : groupSize(item.notes.length)));
  const places = layOut(input.zone, sizes);
  doc.transact(() => {
    items.forEach((item, index) => {
      const at = places[index];
      const now = item.kind === 'note' ? item.note : item.group;
      if (!at || same(at, now.at)) return;
      (item.kind === 'note' ? notesOf(doc) : groupsOf(doc)).get(now.id)?.set('at', at);
    });
  }, origin);
  return ok(null);
}
