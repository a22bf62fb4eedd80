/**
 * Where notes and groups are on the whole board, in board pixels: a place in an area, a row in a group, or wherever
 * somebody holds them.
 */
import { CARD, groupSize, insideGroup } from '#core/board/place.ts';
import type { Board } from './board.svelte.ts';
import { ZONE_HEAD } from './layout.ts';
import type { GroupView, NoteView } from './note.svelte.ts';
import type { ZoneView } from './zone.svelte.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** From a place in an area to a point on the board. */
export function onBoard(board: Board, zone: string, x: number, y: number): readonly [number, number] {
  const area = board.zone(zone);
  return area ? [area.left + x, area.top + ZONE_HEAD + y] : [x, y];
}

export function spotOfGroup(board: Board, group: GroupView): readonly [number, number] {
  if (group.held) return group.held;
  return group.carried ? onBoard(board, ...group.carried) : onBoard(board, group.zone, group.x, group.y);
}

export function spotOf(board: Board, note: NoteView): readonly [number, number] {
  if (note.held) return note.held;
  if (note.carried) return onBoard(board, ...note.carried);
  if (!note.group) return onBoard(board, note.zone, note.x, note.y);
  const [left, top] = spotOfGroup(board, note.group);
  const [, dx, dy] = insideGroup(['', 0, 0], note.slot);
  return [left + dx, top + dy];
}

export function boxOf(board: Board, note: NoteView): Box {
  const [left, top] = spotOf(board, note);
  return { left, top, ...CARD };
}

export function boxOfGroup(board: Board, group: GroupView): Box {
  const [left, top] = spotOfGroup(board, group);
  return { left, top, ...groupSize(group.notes.length) };
}

export function holds({ left, top, width, height }: Box, x: number, y: number): boolean {
  return x >= left && x <= left + width && y >= top && y <= top + height;
}

/** The area under a point, or the nearest one: what is dropped beside the areas is not lost. */
export function zoneAt(board: Board, x: number, y: number): ZoneView | undefined {
  const away = ({ left, top, width, height }: ZoneView) =>
    Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
  return [...board.zones].sort((a, b) => away(a) - away(b))[0];
}

/** From a point on the board to a place in an area; never above or left of it. */
export function inZone(zone: ZoneView, left: number, top: number): readonly [number, number] {
  return [Math.max(0, Math.round(left - zone.left)), Math.max(0, Math.round(top - zone.top - ZONE_HEAD))];
}
