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

const PAIRS: Readonly<Record<Pair, readonly [inside: Quadrant, outside: Quadrant]>> = {
  so: ['strengths', 'opportunities'],
  wo: ['weaknesses', 'opportunities'],
  st: ['strengths', 'threats'],
  wt: ['weaknesses', 'threats'],
};

/** The pair that an option's factors make: at least one from inside and one from outside, and no third quadrant. */
export function pairOf(factors: readonly Factor[]): Result<Pair> {
  const quadrants = new Set(factors.map(({ quadrant }) => quadrant));
  for (const pair of Object.keys(PAIRS) as Pair[])
    if (quadrants.size === 2 && PAIRS[pair].every((quadrant) => quadrants.has(quadrant))) return ok(pair);
  return refuse('factors-of-two-quadrants');
}

export interface Matrix {
  readonly options: readonly {
    readonly optionId: string;
    readonly pair: Pair;
    readonly factorIds: readonly string[];
  }[];
  /** Every factor with the number of options bound to it: 0 is a hole. */
  readonly heat: readonly (Factor & { readonly options: number })[];
}

/** Bonds to factors that are gone are left out; an option without a whole pair stands in no cell. */
export function matrixOf(factors: readonly Factor[], bonds: readonly Bond[]): Matrix {
  const known = new Map(factors.map((factor) => [factor.id, factor]));
  const byOption = new Map<string, Factor[]>();
  for (const { optionId, factorId } of bonds) {
    const factor = known.get(factorId);
    if (factor) byOption.set(optionId, [...(byOption.get(optionId) ?? []), factor]);
  }
  const used = new Map<string, number>();
  for (const list of byOption.values()) for (const { id } of new Set(list)) used.set(id, (used.get(id) ?? 0) + 1);
  const options = [...byOption].flatMap(([optionId, list]) => {
    const pair = pairOf(list);
    return pair.ok ? [{ optionId, pair: pair.value, factorIds: list.map(({ id }) => id) }] : [];
  });
  return { options, heat: factors.map((factor) => ({ ...factor, options: used.get(factor.id) ?? 0 })) };
}
