/**
 * What a round is likely to do, before it is opened: how far the dots go, where near-duplicates would take votes from each
 * other, and what the quorum means for the people who are here. Only arithmetic on what everybody may see.
 */
import { fold } from '../people/names.ts';
import { suggestDots } from './round.ts';
import type { Method } from './types.ts';

export interface ForecastInput {
  readonly method: Method;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  /** People who would stand on the roll if the round opened now. */
  readonly roll: number;
  /** 0 to 1; null: no quorum. */
  readonly quorum: number | null;
}

/** Options that read so much alike that one idea may be voted on twice. */
export interface Splitting {
  readonly optionIds: readonly string[];
  /** Dots that the idea would gather as one option, if all options were liked equally; null without dots. */
  readonly asOne: number | null;
  /** What each of them would gather instead. */
  readonly each: number | null;
}

export interface Forecast {
  /** null: the method knows no dots. */
  readonly dots: {
    readonly budget: number;
    readonly suggested: { readonly budget: number; readonly perOption: number };
    /** All dots of the room, and how many fall on an option on average. */
    readonly all: number;
    readonly perOption: number;
    /** few: many options may stay without a dot; many: people need not choose. */
    readonly enough: 'few' | 'fits' | 'many';
  } | null;
  readonly splitting: readonly Splitting[];
  /** How many must vote for the result to bind, and how many may stay away; null: no quorum. */
  readonly quorum: { readonly needed: number; readonly mayMiss: number } | null;
}

/** Half of the letter triples in common: one note typed twice, or with a word more, but not two notes on one subject. */
const ALIKE = 0.5;

function triples(text: string): ReadonlySet<string> {
  const plain = ` ${fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  return new Set(Array.from({ length: Math.max(0, plain.length - 2) }, (_, at) => plain.slice(at, at + 3)));
}

/** Dice's coefficient over letter triples of the folded texts, 0 to 1. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  let common = 0;
  for (const triple of a) if (b.has(triple)) common += 1;
  return (2 * common) / (a.size + b.size);
}

/** Ids of options that read alike, directly or through a third, in the order of the round. */
export function nearDuplicates(options: ForecastInput['options']): readonly (readonly string[])[] {
  const sets = options.map((option) => triples(option.text));
  const group = options.map((_, at) => at);
  for (let a = 0; a < options.length; a += 1)
    for (let b = a + 1; b < options.length; b += 1) {
      const [first, second] = [sets[a], sets[b]];
      if (group[a] === group[b] || !first || !second || likeness(first, second) < ALIKE) continue;
      const [to, from] = [group[a], group[b]];
      group.forEach((each, at) => each === from && (group[at] = to ?? at));
    }
  const found = new Map<number, string[]>();
  options.forEach((option, at) => found.set(group[at] ?? at, [...(found.get(group[at] ?? at) ?? []), option.id]));
  return [...found.values()].filter((ids) => ids.length > 1);
}

export function forecast({ method, options, roll, quorum }: ForecastInput): Forecast {
  const alike = nearDuplicates(options);
  const ideas = options.length - alike.reduce((more, ids) => more + ids.length - 1, 0);
  const all = method.kind === 'dots' ? method.budget * roll : null;
  const needed = quorum === null ? 0 : Math.max(0, Math.min(roll, Math.ceil(quorum * roll - 1e-9)));
  return {
    dots:
      method.kind === 'dots' && all !== null && options.length > 0
        ? {
            ...{ budget: method.budget, suggested: suggestDots(options.length), all, perOption: all / options.length },
            enough:
              all < options.length ? 'few' : method.budget * 2 > options.length && options.length > 2 ? 'many' : 'fits',
          }
        : null,
    splitting: alike.map((optionIds) => {
      const asOne = all === null || ideas === 0 ? null : all / ideas;
      return { optionIds, asOne, each: asOne === null ? null : asOne / optionIds.length };
    }),
    quorum: quorum === null || quorum === 0 ? null : { needed, mayMiss: roll - needed },
  };
}
