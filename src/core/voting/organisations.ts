/**
 * The same ballots counted once more with one vote for each organisation, however many people it sent: the shares of
 * its members are averaged, and the organisations added up. Where this order and the order by persons differ, the
 * result says so.
 */
import type { Compare } from './count.ts';
import { sum, type Voice } from './voice.ts';
import type { Method } from './types.ts';

/** By option: what one organisation says with its one vote; null where none of its members said anything. */
export type OrganisationVote = readonly (number | null)[];

/**
 * The average of the members' shares. Dots: each voter's own dots are shared out to 1 (somebody who gives none still
 * counts as a member); score: the mean score of those who scored the option; other methods: the mean of what was given.
 */
export function organisationVote(method: Method, members: readonly Voice[], optionCount: number): OrganisationVote {
  const counted = members.filter((voice) => !voice.abstains);
  const totals = counted.map((voice) => (method.kind === 'dots' ? sum(voice.gives) || 1 : 1));
  return Array.from({ length: optionCount }, (_, option) => {
    const voters = method.kind === 'score' ? counted.filter((voice) => voice.answers[option]).length : counted.length;
    if (voters === 0) return null;
    return sum(counted.map((voice, at) => (voice.gives[option] ?? 0) / (totals[at] ?? 1))) / voters;
  });
}

/**
 * Adds up the organisations. Sums of fractions are rounded to a billionth, so that what is equal on paper is equal here
 * (the difference of two unequal sums in rooms of this size is far above, the rounding of one far below).
 */
function totals(method: Method, votes: readonly OrganisationVote[], optionCount: number): readonly number[] {
  return Array.from({ length: optionCount }, (_, option) => {
    const said = votes.map((vote) => vote[option] ?? null).filter((value) => value !== null);
    const total = sum(said);
    if (method.kind !== 'score') return Math.round(total * 1e9);
    return said.length === 0 ? Number.NEGATIVE_INFINITY : Math.round((total / said.length) * 1e6);
  });
}

export interface OrganisationOrder {
  /** Option indexes, best first; equals in the order of persons. Empty where no organisation voted. */
  readonly sequence: readonly number[];
  /** Options whose place differs between the two orders even if every tie is read in favour of agreement. */
  readonly flips: readonly number[];
}

/** The places that an option may claim: from "all equals behind me" to "all equals before me". */
function places(option: number, optionCount: number, compare: Compare): { first: number; last: number } {
  let first = 1;
  let last = 0;
  for (let other = 0; other < optionCount; other++) {
    const order = compare(other, option);
    if (order < 0) first++;
    if (order <= 0) last++;
  }
  return { first, last };
}

/** `sequence` and `byPerson`: the order by persons that it is compared with. */
export function organisationOrder(
  method: Method,
  votes: readonly OrganisationVote[],
  sequence: readonly number[],
  byPerson: Compare,
): OrganisationOrder {
  const spoke = votes.filter((vote) => vote.some((value) => value !== null));
  if (spoke.length === 0) return { sequence: [], flips: [] };
  const points = totals(method, spoke, sequence.length);
  // Never a plain difference: minus infinity less itself is not a number.
  const byOrganisation: Compare = (a, b) => {
    const [of, and] = [points[a] ?? 0, points[b] ?? 0];
    return of === and ? 0 : of > and ? -1 : 1;
  };
  const flips = sequence.filter((option) => {
    const persons = places(option, sequence.length, byPerson);
    const organisations = places(option, sequence.length, byOrganisation);
    return persons.last < organisations.first || organisations.last < persons.first;
  });
  return { sequence: [...sequence].sort(byOrganisation), flips };
}
