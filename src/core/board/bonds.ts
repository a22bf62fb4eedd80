/**
 * TOWS: an option binds factors of two quadrants and stays bound to them. From the bonds come the matrix (options by pair of
 * quadrants) and the heat map: which top factors somebody used, how often, and which nobody did.
 */
import { ok, refuse, type Result } from '../result.ts';

export type Quadrant = 'strengths' | 'weaknesses' | 'opportunities' | 'threats';
export type Pair = 'so' | 'wo' | 'st' | 'wt';

export interface Factor {
  readonly id: string;
  readonly quadrant: Quadrant;
  readonly text: string;
}

export interface Bond {
  readonly optionId: string;
  readonly factorId: string;
}

export const PAIRS: Readonly<Record<Pair, readonly [inside: Quadrant, outside: Quadrant]>> = {
  so: ['strengths', 'opportunities'],
  wo: ['weaknesses', 'opportunities'],
  st: ['strengths', 'threats'],
  wt: ['weaknesses', 'threats'],
};
const NAMES: readonly Pair[] = ['so', 'wo', 'st', 'wt'];

/** Whether an area of a board is a cell of the matrix. */
export function isPair(zone: string): zone is Pair {
  return NAMES.some((pair) => pair === zone);
}

/** The pair that an option's factors make: at least one from inside and one from outside, and no third quadrant. */
export function pairOf(factors: readonly Pick<Factor, 'quadrant'>[]): Result<Pair> {
  const quadrants = new Set(factors.map(({ quadrant }) => quadrant));
  for (const pair of NAMES)
    if (quadrants.size === 2 && PAIRS[pair].every((quadrant) => quadrants.has(quadrant))) return ok(pair);
  return refuse('factors-of-two-quadrants');
}

export interface BoundOption {
  readonly optionId: string;
  readonly text: string;
  readonly factorIds: readonly string[];
}

export interface Matrix<F extends Factor = Factor> {
  readonly options: readonly (BoundOption & { readonly pair: Pair })[];
  /** Options without a whole pair: nobody bound them yet, or a factor went or moved to another quadrant. */
  readonly loose: readonly BoundOption[];
  /** Every factor with the number of options bound to it: 0 is a hole. */
  readonly heat: readonly (F & { readonly options: number })[];
}

/** Bonds to factors that are gone are left out. @param options in the order of the board. */
export function matrixOf<F extends Factor>(
  options: readonly { readonly id: string; readonly text: string }[],
  factors: readonly F[],
  bonds: readonly Bond[],
): Matrix<F> {
  const used = new Map<string, number>();
  const whole: (BoundOption & { pair: Pair })[] = [];
  const loose: BoundOption[] = [];
  for (const { id: optionId, text } of options) {
    const bound = new Set(bonds.filter((bond) => bond.optionId === optionId).map(({ factorId }) => factorId));
    // In the order of the quadrants, not of the pressing.
    const list = factors.filter(({ id }) => bound.has(id));
    for (const { id } of list) used.set(id, (used.get(id) ?? 0) + 1);
    const factorIds = list.map(({ id }) => id);
    const pair = pairOf(list);
    if (pair.ok) whole.push({ optionId, text, pair: pair.value, factorIds });
    else loose.push({ optionId, text, factorIds });
  }
  return { options: whole, loose, heat: factors.map((factor) => ({ ...factor, options: used.get(factor.id) ?? 0 })) };
}
