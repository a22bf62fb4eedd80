/**
 * A ballot turned into figures: what it gives each option, in whole numbers, whichever the method. Everything after this
 * (totals, ties, organisations, secrecy) counts voices and need not know the methods apart.
 */
import { bordaPoints } from './ranking.ts';
import type { Ballot, BallotSource, CountedBallot, Method } from './types.ts';

export interface Voice {
  readonly ballot: Ballot;
  readonly organisationId: string | null;
  readonly source: BallotSource;
  readonly abstains: boolean;
  /** By option: whole units (dots; thousandths of weighted score; half Borda points; 0 or 1 for choices). */
  readonly gives: readonly number[];
  /** By option: whether the ballot says anything about it. */
  readonly answers: readonly boolean[];
  /** By option: whether it counts as a supporter (see OptionResult.voters). */
  readonly supports: readonly boolean[];
}

/** How many options stand in the first places: the cut, or a third where there is none, at least one. */
export function topSize(optionCount: number, cut: number | null): number {
  return Math.max(1, Math.min(optionCount, cut ?? Math.floor(optionCount / 3)));
}

/** How many units make one published point. */
export function unitsPerPoint(method: Method): number {
  return method.kind === 'score' ? 1000 : method.kind === 'ranking' ? 2 : 1;
}

/** Weights in whole thousandths: sums of weight x score stay exact. */
export function weightsOf(method: Method & { kind: 'score' }): readonly number[] {
  return method.criteria.map((criterion) => Math.round(criterion.weight * 1000));
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

interface Part {
  readonly give: number;
  readonly answer: boolean;
  readonly support: boolean;
}

const SILENT: Part = { give: 0, answer: false, support: false };

/** Reads one option from a ballot; a ballot of another kind than the round's says nothing. */
function reader(method: Method, ballot: Ballot, ids: readonly string[], top: number): (id: string) => Part {
  if (method.kind === 'dots' && ballot.kind === 'dots')
    return (id) => {
      const give = Object.hasOwn(ballot.dots, id) ? (ballot.dots[id] ?? 0) : 0;
      return { give, answer: true, support: give > 0 };
    };
  if (method.kind === 'score' && ballot.kind === 'score') {
    const weights = weightsOf(method);
    const middle = (sum(weights) * (method.min + method.max)) / 2;
    return (id) => {
      const marks = Object.hasOwn(ballot.scores, id) ? ballot.scores[id] : undefined;
      if (marks === undefined) return SILENT;
      const give = sum(method.criteria.map(({ name }, at) => (weights[at] ?? 0) * (marks[name] ?? 0)));
      return { give, answer: true, support: give > middle };
    };
  }
  if (method.kind === 'ranking' && ballot.kind === 'ranking') {
    const places = new Map(ballot.ranking.map((id, place) => [id, place]));
    return (id) => {
      const place = places.get(id);
      const give = bordaPoints(place, places.size, ids.length);
      return { give, answer: place !== undefined, support: place !== undefined && place < top };
    };
  }
  if (ballot.kind === 'choices' && (method.kind === 'consent' || method.kind === 'verdict'))
    return (id) => {
      const choice = Object.hasOwn(ballot.choices, id) ? ballot.choices[id] : undefined;
      if (choice === undefined) return SILENT;
      const consents = choice === 'support' || choice === 'live-with';
      const first = method.kind === 'verdict' && choice === method.choices[0];
      const give = (method.kind === 'consent' ? consents : first) ? 1 : 0;
      return { give, answer: true, support: method.kind === 'consent' ? choice === 'support' : first };
    };
  return () => SILENT;
}

/** The voices of a round in the order of their receipts, so that nothing tells when a ballot was cast. */
export function voicesOf(
  method: Method,
  ids: readonly string[],
  cut: number | null,
  ballots: readonly CountedBallot[],
): readonly Voice[] {
  const top = topSize(ids.length, cut);
  const byReceipt = [...ballots].sort((a, b) => (a.receipt < b.receipt ? -1 : a.receipt > b.receipt ? 1 : 0));
  return byReceipt.map(({ ballot, organisationId, source }) => {
    const parts = ids.map(reader(method, ballot, ids, top));
    return {
      ballot,
      organisationId,
      source,
      abstains: ballot.kind === 'abstain',
      gives: parts.map((part) => part.give),
      answers: parts.map((part) => part.answer),
      supports: parts.map((part) => part.support),
    };
  });
}
