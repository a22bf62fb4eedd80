/**
 * What a reliability case is: something done to the real server process from outside, and figures that say whether it held.
 * A case that cannot fail is worthless, so each names a defence without which it must.
 */
import type { Weakness } from './weaken.ts';

export type Size = 'small' | 'full';
export type Figures = Readonly<Record<string, number | string>>;

/** `--rounds N`: another number of rounds than the size says, for the cases that go in rounds. */
export const asked: { rounds: number | null } = { rounds: null };

export interface Outcome {
  readonly held: boolean;
  readonly figures: Figures;
}

export interface Case {
  /** As in the table of cases: R1, F2, V1. */
  readonly id: string;
  readonly name: string;
  readonly does: string;
  run(size: Size): Promise<Outcome>;
  /** Switched off, the case must fail; null: said in `unweakened` why that cannot be shown here. */
  readonly defence: Weakness | null;
  readonly unweakened?: string;
  /** A suite of the unit tests: `npm test` has run it already when it comes to the small sizes. */
  readonly isSuite?: boolean;
}

/** Held only where every figure named is what it must be. */
export function outcome(figures: Figures, must: Readonly<Record<string, boolean>>): Outcome {
  const broken = Object.entries(must).flatMap(([name, holds]) => (holds ? [] : [name]));
  return { held: broken.length === 0, figures: broken.length > 0 ? { ...figures, broken: broken.join('+') } : figures };
}
