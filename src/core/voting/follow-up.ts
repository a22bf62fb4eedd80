/**
 * Rounds that follow another: the run-off on what is tied at a cut, and the second vote on some of the options. What a
 * run-off decides is recorded as a step of the first round's tie-break; what moved between two votes is told in counts of
 * the whole room, never by person.
 */
import { ok, refuse, type Result } from '../result.ts';
import { runOffOptions } from './ties.ts';
import type { RoundResult, RoundSettings, TieBreak } from './types.ts';

export interface RunOff {
  readonly settings: RoundSettings;
  readonly optionIds: readonly string[];
}

/** Places that a tie leaves open: the cut without what is certain; without a cut the first place alone. */
export function openPlaces(result: RoundResult, cut: number | null): number {
  if (cut === null) return 1;
  return cut - result.kept.filter((id) => !result.cutTie.includes(id)).length;
}

/**
 * The run-off of a closed round: the tied options, as many kept as places are open. Dots become one for each place and one
 * on an option; every other setting stays.
 */
export function runOffOf(settings: RoundSettings, result: RoundResult | null, title: string): Result<RunOff> {
  if (result === null) return refuse('no-closed-round');
  const optionIds = runOffOptions(result);
  if (optionIds.length < 2) return refuse('nothing-tied');
  const cut = openPlaces(result, settings.cut);
  const method =
    settings.method.kind === 'dots'
      ? { kind: 'dots' as const, budget: Math.max(1, cut), perOption: 1 }
      : settings.method;
  return ok({ settings: { ...settings, title, method, cut }, optionIds });
}

/**
 * The first round with its run-off recorded: what the run-off keeps fills the open places; what is tied there as well
 * stays tied, for another run-off or a decision. No figure of the first round changes.
 */
export function recordRunOff(
  result: RoundResult,
  cut: number | null,
  runOff: RoundResult,
  roundId: string,
): RoundResult {
  const before = new Set(runOffOptions(result));
  const won = runOff.kept.filter((id) => before.has(id) && !runOff.cutTie.includes(id));
  const step: TieBreak = { rule: 'run-off', optionIds: won.length > 0 ? won : runOff.cutTie, roundId };
  const tieBreaks = [...result.tieBreaks, step];
  // Without a cut nothing was kept and nothing is: the step alone tells who came first.
  if (cut === null) return { ...result, tieBreaks };
  const certain = result.kept.filter((id) => !result.cutTie.includes(id));
  const settled = certain.length + won.length >= cut;
  return { ...result, kept: [...certain, ...won], cutTie: settled ? [] : runOff.cutTie, tieBreaks };
}

export interface Movement {
  readonly id: string;
  readonly text: string;
  readonly before: { readonly rank: number; readonly dots: number; readonly voters: number };
  readonly after: { readonly rank: number; readonly dots: number; readonly voters: number };
}

/** What a second vote changed, in its own order; ranks are counted among the options that both rounds had. */
export function movementOf(before: RoundResult, after: RoundResult): readonly Movement[] {
  const first = new Map(before.options.map((option) => [option.id, option]));
  const both = after.options.flatMap((now) => {
    const then = first.get(now.id);
    return then ? [{ now, then }] : [];
  });
  return both.map(({ now, then }) => ({
    id: now.id,
    text: now.text,
    before: {
      rank: 1 + both.filter((other) => other.then.rank < then.rank).length,
      dots: then.dots,
      voters: then.voters,
    },
    after: {
      rank: 1 + both.filter((other) => other.now.rank < now.rank).length,
      dots: now.dots,
      voters: now.voters,
    },
  }));
}
