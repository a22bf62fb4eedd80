/**
 * A voting round from draft to closed: what may be voted on, when it may open and close, and what becomes of a ballot
 * that arrives at a given moment. The store asks these functions inside its transaction; nothing here knows a ballot.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Method, Option, RoundSettings, RoundStatus } from './types.ts';

export { checkMethod, checkSettings } from './settings.ts';

export const OPTIONS_LIMIT = 500;

/**
 * What is voted on: at least one option, for a ranking two, at most 500. Two options may read the same (two people
 * wrote the same note); their ids may not.
 */
export function checkOptions(options: readonly Option[], kind: Method['kind']): Result<readonly Option[]> {
  if (options.length < (kind === 'ranking' ? 2 : 1)) return refuse('too-few-options');
  if (options.length > OPTIONS_LIMIT) return refuse('too-many-options');
  const ids = new Set(options.map((option) => option.id));
  if (ids.size < options.length) return refuse('option-repeated');
  // The one id that cannot be the key of a ballot.
  if (ids.has('__proto__')) return refuse('option-unknown');
  return ok(options);
}

export function mayOpen(status: RoundStatus): Result<'open'> {
  if (status === 'draft') return ok('open');
  return refuse(status === 'closed' ? 'round-closed' : 'round-open');
}

/** Where a close leads: through the grace time where one was announced, else straight to the result. */
export function mayClose(status: RoundStatus, settings: Pick<RoundSettings, 'graceSeconds'>): Result<RoundStatus> {
  if (status === 'open') return ok(settings.graceSeconds > 0 ? 'closing' : 'closed');
  return refuse(status === 'draft' ? 'round-not-open' : 'round-closed');
}

/** Whether the grace time is over and the result may be counted. Times in epoch milliseconds. */
export function graceIsOver(closedAt: number, graceSeconds: number, now: number): boolean {
  return now >= closedAt + graceSeconds * 1000;
}

/** Settings and options freeze when a round opens: another setting is another round (PRODUCT, rules 1 and 2). */
export function mayEdit(status: RoundStatus): Result<'draft'> {
  if (status === 'draft') return ok('draft');
  return refuse(status === 'closed' ? 'round-closed' : 'options-frozen');
}

export interface Arrival {
  readonly status: RoundStatus;
  /** When somebody closed the round (the grace time runs from here); null while it is open. */
  readonly closedAt: number | null;
  readonly graceSeconds: number;
  /** When the device says the ballot was cast; null for a ballot sent as it was cast. */
  readonly castAt: number | null;
  readonly now: number;
}

/**
 * What becomes of a ballot that arrives now. A ballot cast without connection before the close is counted within the
 * grace time, and after it kept as 'late' (shown as received after the close, not counted). One that was cast after the
 * close is refused. All times in epoch milliseconds. A device can lie about `castAt`, which is why the window is short
 * and announced; a time in the future counts as now.
 */
export function acceptsBallot({ status, closedAt, graceSeconds, castAt, now }: Arrival): Result<'counted' | 'late'> {
  if (status === 'draft') return refuse('round-not-open');
  if (status === 'open') return ok('counted');
  const cast = castAt === null || !Number.isFinite(castAt) ? now : Math.min(castAt, now);
  if (closedAt === null || cast > closedAt) return refuse('round-closed');
  return ok(status === 'closing' && !graceIsOver(closedAt, graceSeconds, now) ? 'counted' : 'late');
}

/**
 * A first guess for the number of dots: about a third of the options, between 1 and 10, and at most half of them on one.
 * More dots than that let people avoid choosing.
 */
export function suggestDots(optionCount: number): { readonly budget: number; readonly perOption: number } {
  const budget = Math.min(10, Math.max(1, Math.ceil(optionCount / 3)));
  return { budget, perOption: Math.max(1, Math.floor(budget / 2)) };
}
