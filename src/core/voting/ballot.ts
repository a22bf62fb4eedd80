/**
 * A ballot as it comes over the wire, made into a Ballot or refused: the one place where the budget, the cap and the
 * scale are read. Total on any input; the same function runs under the voter's thumb and inside the store's transaction.
 */
import { ok, refuse, type Result } from '../result.ts';
import { field, isFields } from './settings.ts';
import type { Ballot, Method } from './types.ts';

export { optionOrder } from './order.ts';

export const CONSENT_CHOICES = ['support', 'live-with', 'object'] as const;
export const REASON_LIMIT = 2000;

const BODIES = ['dots', 'scores', 'ranking', 'choices', 'abstain'] as const;
const BODY_OF = { dots: 'dots', score: 'scores', ranking: 'ranking', consent: 'choices', verdict: 'choices' } as const;

type Fields = Readonly<Record<string, unknown>>;

function dotsFrom(method: Method & { kind: 'dots' }, known: ReadonlySet<string>, raw: Fields): Result<Ballot> {
  const given: [string, number][] = [];
  let spent = 0;
  for (const [id, count] of Object.entries(raw)) {
    if (!known.has(id)) return refuse('option-unknown');
    if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) return refuse('number-invalid');
    if (count > method.perOption) return refuse('cap-exceeded', { cap: method.perOption });
    spent += count;
    if (count > 0) given.push([id, count]);
  }
  if (spent > method.budget) return refuse('budget-exceeded', { budget: method.budget });
  return ok({ kind: 'dots', dots: Object.fromEntries(given) });
}

function scoresFrom(method: Method & { kind: 'score' }, known: ReadonlySet<string>, raw: Fields): Result<Ballot> {
  const scores: [string, Record<string, number>][] = [];
  for (const [id, marks] of Object.entries(raw)) {
    if (!known.has(id)) return refuse('option-unknown');
    if (!isFields(marks)) return refuse('malformed');
    const kept: [string, number][] = [];
    for (const { name } of method.criteria) {
      const mark = field(marks, name);
      if (mark === undefined) return refuse('scores-incomplete');
      if (typeof mark !== 'number' || !Number.isInteger(mark) || mark < method.min || mark > method.max)
        return refuse('number-invalid');
      kept.push([name, mark === 0 ? 0 : mark]); // -0 would not survive JSON
    }
    if (Object.keys(marks).length > method.criteria.length) return refuse('choice-unknown');
    scores.push([id, Object.fromEntries(kept)]);
  }
  return ok({ kind: 'score', scores: Object.fromEntries(scores) });
}

function rankingFrom(known: ReadonlySet<string>, raw: unknown): Result<Ballot> {
  if (!Array.isArray(raw)) return refuse('malformed');
  const seen = new Set<string>();
  for (const id of raw as unknown[]) {
    if (typeof id !== 'string') return refuse('malformed');
    if (!known.has(id)) return refuse('option-unknown');
    if (seen.has(id)) return refuse('option-repeated');
    seen.add(id);
  }
  return seen.size === 0 ? refuse('ranking-incomplete') : ok({ kind: 'ranking', ranking: [...seen] });
}

/** Reasons stand beside the choices (`reasons` by option, or one `reason` for every objection), or as `reason` among them. */
function choicesFrom(
  method: Method & { kind: 'consent' | 'verdict' },
  known: ReadonlySet<string>,
  raw: Fields,
  body: Fields,
): Result<Ballot> {
  const allowed: readonly string[] = method.kind === 'consent' ? CONSENT_CHOICES : method.choices;
  const reasons = field(body, 'reasons') ?? {};
  const inside = known.has('reason') ? undefined : field(raw, 'reason');
  const shared = field(body, 'reason') ?? inside ?? '';
  if (!isFields(reasons) || typeof shared !== 'string') return refuse('malformed');

  const chosen: [string, string][] = [];
  const explained: [string, string][] = [];
  for (const [id, choice] of Object.entries(raw)) {
    if (id === 'reason' && inside !== undefined) continue;
    if (!known.has(id)) return refuse('option-unknown');
    if (typeof choice !== 'string' || !allowed.includes(choice)) return refuse('choice-unknown');
    const objects = method.kind === 'consent' && choice === 'object';
    const reason = field(reasons, id) ?? (objects ? shared : '');
    if (typeof reason !== 'string') return refuse('malformed');
    if ([...reason].length > REASON_LIMIT) return refuse('reason-too-long', { limit: REASON_LIMIT });
    const text = reason.trim();
    if (objects && text === '') return refuse('reason-needed');
    chosen.push([id, choice]);
    if (text !== '') explained.push([id, text]);
  }
  if (Object.keys(reasons).some((id) => !known.has(id))) return refuse('option-unknown');
  return ok({ kind: 'choices', choices: Object.fromEntries(chosen), reasons: Object.fromEntries(explained) });
}

/**
 * Reads one ballot for a round. Exactly one of `dots`, `scores`, `ranking`, `choices`, `abstain: true` must be there;
 * other fields (clientKey, castAt, receipt, …) belong to others and are passed over. Zero dots are dropped; a ballot that
 * gives nothing is a ballot, and not an abstention. Options may be left out; a scored option is scored on every criterion.
 */
export function checkBallot(method: Method, optionIds: readonly string[], raw: unknown): Result<Ballot> {
  if (!isFields(raw)) return refuse('malformed');
  const present = BODIES.filter((name) => field(raw, name) !== undefined);
  const [name] = present;
  if (name === undefined || present.length > 1) return refuse(name ? 'ballot-kind-mismatch' : 'malformed');
  const body = field(raw, name);
  if (name === 'abstain') return body === true ? ok({ kind: 'abstain' }) : refuse('malformed');
  if (name !== BODY_OF[method.kind]) return refuse('ballot-kind-mismatch');

  const known = new Set(optionIds);
  if (method.kind === 'ranking') return rankingFrom(known, body);
  if (!isFields(body)) return refuse('malformed');
  if (method.kind === 'dots') return dotsFrom(method, known, body);
  if (method.kind === 'score') return scoresFrom(method, known, body);
  return choicesFrom(method, known, body, raw);
}

/** Whether two people read the same off one paper. Reasons are words and may be spelled in two ways; choices may not. */
export function sameBallot(a: Ballot, b: Ballot): boolean {
  const inOrder = (_: string, value: unknown): unknown =>
    isFields(value) ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1))) : value;
  const told = (ballot: Ballot) =>
    JSON.stringify(ballot.kind === 'choices' ? { ...ballot, reasons: {} } : ballot, inOrder);
  return told(a) === told(b);
}

/** Dots that the voter still has; null where the method knows no budget. */
export function remaining(method: Method, ballot: Ballot | null): number | null {
  if (method.kind !== 'dots') return null;
  if (ballot?.kind !== 'dots') return method.budget;
  return Object.values(ballot.dots).reduce((left, count) => left - count, method.budget);
}
