/**
 * Where a card goes when nobody says where: the first free cell of the zone's grid, row by row. The sizes here are the
 * ones the screen draws with, so that a place found free is free on the screen too.
 */
import { MAX_PLACE, type At } from './schema.ts';

/** Size of a note's card, in board pixels at zoom 1. */
export const CARD = { width: 200, height: 140 } as const;
/** Space between cards, and between the zone's edge and the first card. */
export const GAP = 20;
/** Cards in a row of a zone that nobody arranged by hand. */
export const COLUMNS = 4;
/** Width of a zone whose notes were placed by the grid. */
export const ZONE_WIDTH = GAP + COLUMNS * (CARD.width + GAP);

const STEP_X = CARD.width + GAP;
const STEP_Y = CARD.height + GAP;
/** A group's frame: its name on top, its notes one under the other. */
const GROUP_HEAD = 40;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The frame of a group of `count` notes. */
export function groupSize(count: number): Size {
  return { width: CARD.width + GAP, height: GROUP_HEAD + count * (CARD.height + GAP / 2) };
}

/** Where a group shows its n-th note, and so where that note goes when the group is dissolved. */
export function insideGroup(group: At, index: number): At {
  const y = group[2] + GROUP_HEAD + index * (CARD.height + GAP / 2);
  return [group[0], Math.min(MAX_PLACE, group[1] + GAP / 2), Math.min(MAX_PLACE, y)];
}

/** The place that puts a note after `last` in the order of its group. */
export function belowInGroup(last: At): At {
  return [last[0], last[1], Math.min(MAX_PLACE, last[2] + CARD.height + GAP / 2)];
}

/** A coordinate as the document takes it: whole, within the plane. Null for what is no number. */
export function toCoordinate(value: number): number | null {
  if (Number.isNaN(value)) return null;
  return Math.min(MAX_PLACE, Math.max(0, Math.round(value)));
}

/** The cells of one zone's grid that are taken. Finding `n` places among `m` cards costs n + m steps. */
export class Grid {
  readonly #zone: string;
  readonly #taken = new Set<number>();
  #next = 0;

  constructor(zone: string) {
    this.#zone = zone;
  }

  take(x: number, y: number, size: Size = CARD): void {
    for (const cell of cellsUnder(x, y, size)) this.#taken.add(cell);
  }

  isFree(x: number, y: number, size: Size = CARD): boolean {
    for (const cell of cellsUnder(x, y, size)) if (this.#taken.has(cell)) return false;
    return true;
  }

  /** The first free place, taken from now on. A zone full to its end gives its last cell: notes may share a place. */
  place(size: Size = CARD): At {
    for (;;) {
      const x = GAP + (this.#next % COLUMNS) * STEP_X;
      const y = GAP + Math.floor(this.#next / COLUMNS) * STEP_Y;
      if (y > MAX_PLACE - STEP_Y) return [this.#zone, x, MAX_PLACE - STEP_Y];
      if (this.isFree(x, y, size)) {
        this.take(x, y, size);
        return [this.#zone, x, y];
      }
      this.#next += 1;
    }
  }
}

/** The cells whose cards a rectangle would touch. */
function* cellsUnder(x: number, y: number, size: Size): Generator<number> {
  const left = Math.max(0, Math.ceil((x - GAP - CARD.width + 1) / STEP_X));
  const right = Math.min(COLUMNS - 1, Math.floor((x + size.width - 1 - GAP) / STEP_X));
  const top = Math.max(0, Math.ceil((y - GAP - CARD.height + 1) / STEP_Y));
  const bottom = Math.floor((y + size.height - 1 - GAP) / STEP_Y);
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) yield row * COLUMNS + column;
}

/**
 * Lays items out on the grid in the order given, rows as high as their highest item, in as many columns as it takes to
 * end within the plane. One place an item.
 */
export function layOut(zone: string, sizes: readonly Size[]): At[] {
  for (let columns: number = COLUMNS; ; columns *= 2) {
    const places: At[] = [];
    let y = GAP;
    let height = 0;
    sizes.forEach((size, index) => {
      if (index > 0 && index % columns === 0) {
        y += height + GAP;
        height = 0;
      }
      height = Math.max(height, size.height);
      places.push([zone, Math.min(MAX_PLACE, GAP + (index % columns) * STEP_X), Math.min(MAX_PLACE, y)]);
    });
    if (y < MAX_PLACE || columns * STEP_X > MAX_PLACE) return places;
  }
}
