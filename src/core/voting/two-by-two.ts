/**
 * Two criteria of a score round as a 2x2, such as impact and effort: each option stands where the mean of the individual
 * scores puts it, with how far people were apart. Drawn on the screen; the quadrant is told in words beside it.
 */
import type { Method, RoundResult } from './types.ts';

export interface Placed {
  readonly id: string;
  readonly text: string;
  /** Means on the scale of the round. */
  readonly x: number;
  readonly y: number;
  /** Standard deviations. */
  readonly spreadX: number;
  readonly spreadY: number;
  /** By the middle of the scale; exactly on it counts as high. */
  readonly quadrant: 'high-high' | 'low-high' | 'high-low' | 'low-low';
}

/** Only options that somebody scored. Quadrants read x first. `x`, `y`: places of the criteria in the round. */
export function twoByTwo(method: Method, result: RoundResult, x = 0, y = 1): readonly Placed[] {
  if (method.kind !== 'score') return [];
  const middle = (method.min + method.max) / 2;
  const side = (value: number) => (value >= middle ? 'high' : 'low');
  return result.options.flatMap((option) => {
    const [across, up] = [option.criteria?.[x], option.criteria?.[y]];
    if (!across || !up || option.answered === 0) return [];
    return [
      {
        ...{ id: option.id, text: option.text, x: across.mean, y: up.mean, spreadX: across.spread, spreadY: up.spread },
        quadrant: `${side(across.mean)}-${side(up.mean)}` as const,
      },
    ];
  });
}
