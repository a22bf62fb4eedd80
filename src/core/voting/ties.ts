/**
 * Rule 8, fixed before a round opens: equal standings are told apart by more distinct supporters, then by more
 * organisations; what is still equal stays tied, a run-off is proposed, and at last a facilitator decides and says why.
 */
import { ok, refuse, type Result } from '../result.ts';
import { REASON_LIMIT } from './ballot.ts';
import { standing, type Compare, type Count } from './count.ts';
import type { Method, RoundResult, TieBreak } from './types.ts';

export interface Order {
  /** Option indexes, best first; equals in the order of the round. */
  readonly sequence: readonly number[];
  /** By option: 1 is best, equals share one, the next rank counts them all. */
  readonly ranks: readonly number[];
  readonly tieBreaks: readonly TieBreak[];
  readonly kept: readonly number[];
  readonly cutTie: readonly number[];
  /** Bands of options that stand one step of one ballot or less behind the first of their band; two and more each. */
  readonly bands: readonly (readonly number[])[];
}

/** Neighbours in a sequence that a comparison cannot tell apart, as groups of two and more. */
function equals(sequence: readonly number[], compare: Compare): number[][] {
  const groups: number[][] = [];
  for (const option of sequence) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && compare(group[0], option) === 0) group.push(option);
    else groups.push([option]);
  }
  return groups.filter((group) => group.length > 1);
}

/**
 * One step of one ballot: a dot, a Borda point, a choice, one mark on one criterion. Two options that far apart are
 * shown as tied at the cut: a single person's slip would have turned them.
 */
function nearlyEqual(method: Method, count: Count): (a: number, b: number) => boolean {
  const { given, answered } = count;
  if (method.kind !== 'score') {
    const step = method.kind === 'ranking' ? 2 : 1;
    return (a, b) => Math.abs((given[a] ?? 0) - (given[b] ?? 0)) <= step;
  }
  const step = Math.max(...method.criteria.map((criterion) => criterion.weight * 1000));
  return (a, b) => {
    const [of, and] = [answered[a] ?? 0, answered[b] ?? 0];
    if (of === 0 || and === 0) return of === and;
    return Math.abs((given[a] ?? 0) / of - (given[b] ?? 0) / and) <= step / Math.max(of, and) + 1e-9;
  };
}

/**
 * Bands from the best down: an option belongs to the band of the one at its head while it is nearly equal to that one, so
 * that a long row of small steps is not one band. What nobody supports is in none.
 */
function bandsOf(sequence: readonly number[], count: Count, near: (a: number, b: number) => boolean): number[][] {
  const bands: number[][] = [];
  for (const option of sequence) {
    if ((count.supporters[option] ?? 0) === 0) continue;
    const head = bands.at(-1)?.[0];
    if (head !== undefined && near(head, option)) bands.at(-1)?.push(option);
    else bands.push([option]);
  }
  return bands.filter((band) => band.length > 1);
}

/** Orders the options by rule 8. `cut`: how many are to be kept, null for no cut. `ids` only name the steps taken. */
export function orderOptions(method: Method, count: Count, cut: number | null, ids: readonly string[]): Order {
  const byStanding = standing(method, count);
  const bySupporters: Compare = (a, b) => (count.supporters[b] ?? 0) - (count.supporters[a] ?? 0);
  const byOrganisations: Compare = (a, b) => (count.organisations[b] ?? 0) - (count.organisations[a] ?? 0);
  const steps = [
    { rule: 'supporters', told: byStanding, by: bySupporters },
    { rule: 'organisations', told: (a, b) => byStanding(a, b) || bySupporters(a, b), by: byOrganisations },
  ] as const satisfies readonly { rule: TieBreak['rule']; told: Compare; by: Compare }[];
  const compare: Compare = (a, b) => byStanding(a, b) || bySupporters(a, b) || byOrganisations(a, b);
  const sequence = ids.map((_, option) => option).sort((a, b) => compare(a, b) || a - b);

  const ranks = new Array<number>(ids.length).fill(1);
  sequence.forEach((option, place) => {
    const before = sequence[place - 1];
    ranks[option] = before !== undefined && compare(before, option) === 0 ? (ranks[before] ?? 1) : place + 1;
  });

  const named = (options: readonly number[]): string[] => options.map((option) => ids[option] ?? '');
  const tieBreaks: TieBreak[] = steps.flatMap(({ rule, told, by }) =>
    equals(sequence, told)
      .filter((group) => group.some((option) => by(option, group[0] ?? option) !== 0))
      .map((group) => ({ rule, optionIds: named(group) })),
  );

  const near = nearlyEqual(method, count);
  const bands = bandsOf(sequence, count, near);
  const lastIn = cut === null ? undefined : sequence[cut - 1];
  const firstOut = cut === null ? undefined : sequence[cut];
  if (cut === null || lastIn === undefined || firstOut === undefined)
    return { sequence, ranks, tieBreaks, bands, kept: cut === null ? [] : sequence, cutTie: [] };

  const exact = sequence.filter((option) => ranks[option] === ranks[lastIn]);
  if (ranks[lastIn] === ranks[firstOut]) {
    const kept = sequence.filter((option) => (ranks[option] ?? 0) < (ranks[lastIn] ?? 0));
    return {
      sequence,
      ranks,
      bands,
      kept,
      cutTie: exact,
      tieBreaks: [...tieBreaks, { rule: 'run-off', optionIds: named(exact) }],
    };
  }
  const close = sequence.filter((option, place) => near(option, place < cut ? firstOut : lastIn));
  // An option that nobody supports is not nearly anything.
  const band = near(lastIn, firstOut) && (count.supporters[firstOut] ?? 0) > 0 ? close : [];
  const supported = band.filter((option) => (count.supporters[option] ?? 0) > 0);
  return { sequence, ranks, tieBreaks, bands, kept: sequence.slice(0, cut), cutTie: supported };
}

/** The options of a run-off round: those that share the place at the cut; without a cut those that share the first. */
export function runOffOptions(result: RoundResult): readonly string[] {
  if (result.cutTie.length > 0 || result.kept.length > 0) return result.cutTie;
  const first = result.options.filter((option) => option.rank === 1 && option.voters > 0);
  return first.length > 1 ? first.map((option) => option.id) : [];
}

/**
 * The last step of rule 8: a facilitator chooses among the options that share the place at the cut, and says why. The
 * figures stay as they were counted; the decision is recorded beside them. `places`: how many the cut keeps in all.
 */
export function recordDecision(
  result: RoundResult,
  places: number,
  chosen: readonly string[],
  reason: string,
): Result<RoundResult> {
  const text = reason.trim();
  if (text === '') return refuse('reason-needed');
  if ([...text].length > REASON_LIMIT) return refuse('reason-too-long', { limit: REASON_LIMIT });
  if (new Set(chosen).size < chosen.length) return refuse('option-repeated');
  if (chosen.some((id) => !result.cutTie.includes(id))) return refuse('option-unknown');
  const certain = result.kept.filter((id) => !result.cutTie.includes(id));
  if (chosen.length === 0 || certain.length + chosen.length !== places)
    return refuse('decision-incomplete', { places: places - certain.length });
  const decision: TieBreak = { rule: 'decision', optionIds: chosen, reason: text };
  return ok({ ...result, kept: [...certain, ...chosen], cutTie: [], tieBreaks: [...result.tieBreaks, decision] });
}
