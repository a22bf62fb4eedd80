/** Names of the quadrants and of their pairs, as the workshop's own boards call them. */
import type { Pair, Quadrant } from '#core/board/bonds.ts';
import type { Language } from '#core/people/caller.ts';
import { wordsIn } from '$lib/i18n/words.ts';
import type { WorkshopView } from '$lib/live/workshop.svelte.ts';

/** Empty where no board has such an area. */
export function areaName(boards: WorkshopView['boards'], zone: Quadrant | Pair, language: Language): string {
  const found = boards.flatMap(({ zones }) => zones).find(({ id }) => id === zone);
  return found ? wordsIn(found.name, language) : '';
}

/** Whether a board has the four cells of the matrix. */
export function isTows(board: WorkshopView['boards'][number]): boolean {
  return ['so', 'wo', 'st', 'wt'].every((pair) => board.zones.some(({ id }) => id === pair));
}
