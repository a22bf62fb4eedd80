/**
 * Where the areas lie on the board. Each area has a plane of its own; the board puts the planes side by side as the
 * template wants them (SWOT two by two) and grows them with what lies in them. Everybody computes the same from the same
 * notes, so that a cursor points at the same card on every screen. Board pixels at zoom 1.
 */
import { CARD, GAP, ZONE_WIDTH } from '#core/board/place.ts';

export interface ZoneBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Between areas. */
export const GUTTER = 24;
/** The area's name, above its plane. */
export const ZONE_HEAD = 72;
/** An empty area shows two rows of cards. */
const LEAST_HEIGHT = GAP + 2 * (CARD.height + GAP) + GAP;
/** There is always ground under the last card, to write on. */
const FREE = (CARD.height + GAP) / 2;

/** Two side by side as long as that stays legible on a laptop; a last one alone in its row takes the whole row. */
export function columnsFor(zones: number): number {
  if (zones <= 1) return 1;
  return zones <= 6 ? 2 : 3;
}

/** @param extents for each area how far its cards reach, `[right, bottom]`. */
export function layOutZones(extents: readonly (readonly [number, number])[]): ZoneBox[] {
  const columns = columnsFor(extents.length);
  const alone = extents.length > 1 && extents.length % columns === 1 ? extents.length - 1 : -1;
  const widths = Array.from({ length: columns }, () => ZONE_WIDTH);
  const heights: number[] = [];
  extents.forEach(([right, bottom], index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    if (index !== alone) widths[column] = Math.max(widths[column] ?? 0, ceil(right + GAP));
    heights[row] = Math.max(heights[row] ?? LEAST_HEIGHT, ceil(bottom + GAP + FREE));
  });
  const whole = Math.max(sum(widths) + (columns - 1) * GUTTER, ceil((extents[alone]?.[0] ?? 0) + GAP));
  return extents.map((_, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    return {
      left: sum(widths.slice(0, column)) + column * GUTTER,
      top: sum(heights.slice(0, row)) + row * (GUTTER + ZONE_HEAD),
      width: index === alone ? whole : (widths[column] ?? ZONE_WIDTH),
      height: (heights[row] ?? LEAST_HEIGHT) + ZONE_HEAD,
    };
  });
}

/** In steps of half a card, so that an area does not breathe with every pixel of a drag. */
function ceil(size: number): number {
  const step = FREE;
  return GAP + Math.ceil((size - GAP) / step) * step;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}
