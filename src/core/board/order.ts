/**
 * Reading order: how a plane of places becomes a list, for phones, screen readers, exports and snapshots alike. People
 * place cards by hand, so cards whose tops differ by less than half a card stand in one row; rows go down, cards in a
 * row go right. The order depends only on the places and ids, never on the order in which notes arrived.
 */
import type { At } from './schema.ts';

/** Cards whose tops are closer than this to the row's first card stand in the same row. Board pixels. */
export const ROW_BAND = 80;

export interface Placed {
  readonly id: string;
  readonly at: At;
}

/** By code units: the same on every machine, unlike localeCompare. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The items in reading order: zones as listed in `zones` (others after them, by id), then rows, then x, then y, then id.
 * Returns a new array.
 */
export function readingOrder<T extends Placed>(items: readonly T[], zones: readonly string[] = []): T[] {
  const rank = new Map(zones.map((zone, index) => [zone, index]));
  const down = [...items].sort(
    (a, b) =>
      (rank.get(a.at[0]) ?? zones.length) - (rank.get(b.at[0]) ?? zones.length) ||
      compareIds(a.at[0], b.at[0]) ||
      a.at[2] - b.at[2] ||
      compareIds(a.id, b.id),
  );
  const ordered: T[] = [];
  let row: T[] = [];
  for (const item of down) {
    const first = row[0];
    if (first && (first.at[0] !== item.at[0] || item.at[2] - first.at[2] >= ROW_BAND)) {
      ordered.push(...row.sort(along));
      row = [];
    }
    row.push(item);
  }
  ordered.push(...row.sort(along));
  return ordered;
}

function along(a: Placed, b: Placed): number {
  return a.at[1] - b.at[1] || a.at[2] - b.at[2] || compareIds(a.id, b.id);
}
