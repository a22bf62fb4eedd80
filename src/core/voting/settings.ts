/**
 * The settings of a round, checked before it is kept: everything that freezes at the opening. Total on any input, since
 * it reads what a script or a form sent.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { Criterion, Method, RoundSettings } from './types.ts';

export const TITLE_LIMIT = 120;
export const BUDGET_LIMIT = 100;
export const CHOICES_LIMIT = 12;
export const GRACE_LIMIT = 3600;
/** Weights count to a thousandth, so that weighted sums stay whole numbers and ties stay exact. */
export const WEIGHT_STEP = 0.001;

type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads only what the object itself carries: `constructor` and `__proto__` are not settings. */
export function field(from: Fields, name: string): unknown {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

const isWhole = (value: unknown, min: number, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;

/** A name on the ballot (criterion or choice): `__proto__` could not be a key of the ballot later. */
function nameOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = value.trim();
  return name === '' || [...name].length > TITLE_LIMIT || name === '__proto__' ? null : name;
}

function dotsOf(raw: Fields): Result<Method> {
  const budget = field(raw, 'budget');
  const perOption = field(raw, 'perOption') ?? budget;
  if (!isWhole(budget, 1, BUDGET_LIMIT) || !isWhole(perOption, 1, budget)) return refuse('settings-invalid');
  return ok({ kind: 'dots', budget, perOption });
}

function criterionOf(raw: unknown): Criterion | null {
  if (!isFields(raw)) return null;
  const name = nameOf(field(raw, 'name'));
  const weight = field(raw, 'weight') ?? 1;
  const usable = typeof weight === 'number' && weight >= WEIGHT_STEP && weight <= 100;
  return name !== null && usable ? { name, weight } : null;
}

function scoreOf(raw: Fields): Result<Method> {
  const given = field(raw, 'criteria');
  const min = field(raw, 'min');
  const max = field(raw, 'max');
  if (!Array.isArray(given) || given.length < 1 || given.length > CHOICES_LIMIT) return refuse('settings-invalid');
  const criteria = given.map(criterionOf).filter((criterion) => criterion !== null);
  const unique = new Set(criteria.map((criterion) => criterion.name)).size;
  if (unique < given.length) return refuse('settings-invalid');
  if (!isWhole(min, -1000, 1000) || !isWhole(max, min + 1, 1000)) return refuse('settings-invalid');
  return ok({ kind: 'score', criteria, min, max });
}

function verdictOf(raw: Fields): Result<Method> {
  const given = field(raw, 'choices');
  if (!Array.isArray(given) || given.length < 2 || given.length > CHOICES_LIMIT) return refuse('settings-invalid');
  const choices = given.map(nameOf).filter((choice) => choice !== null);
  if (new Set(choices).size < given.length) return refuse('settings-invalid');
  return ok({ kind: 'verdict', choices });
}

export function checkMethod(raw: unknown): Result<Method> {
  if (!isFields(raw)) return refuse('malformed');
  switch (field(raw, 'kind')) {
    case 'dots':
      return dotsOf(raw);
    case 'score':
      return scoreOf(raw);
    case 'ranking':
      return ok({ kind: 'ranking' });
    case 'consent':
      return ok({ kind: 'consent' });
    case 'verdict':
      return verdictOf(raw);
    default:
      return refuse('settings-invalid');
  }
}

/**
 * Reads the settings of a round. Left out: secret true (stricter is the safe side), quorum and cut none, no grace time,
 * ballots published, facilitators and staff without a vote. Wrong types are `malformed`, values against a rule `settings-invalid`.
 */
export function checkSettings(input: unknown): Result<RoundSettings> {
  if (!isFields(input)) return refuse('malformed');
  const rawTitle = field(input, 'title') ?? '';
  if (typeof rawTitle !== 'string') return refuse('malformed');
  const title = rawTitle.trim();
  if (title === '') return refuse('title-needed');
  if ([...title].length > TITLE_LIMIT) return refuse('title-too-long', { limit: TITLE_LIMIT });

  const of = field(input, 'of');
  const secret = field(input, 'secret') ?? true;
  const publish = field(input, 'publish') ?? true;
  if ((of !== 'notes' && of !== 'groups') || typeof secret !== 'boolean' || typeof publish !== 'boolean')
    return refuse('malformed');

  const quorum = field(input, 'quorum') ?? null;
  const cut = field(input, 'cut') ?? null;
  const graceSeconds = field(input, 'graceSeconds') ?? 0;
  if (quorum !== null && !(typeof quorum === 'number' && quorum >= 0 && quorum <= 1)) return refuse('settings-invalid');
  if (cut !== null && !isWhole(cut, 1, 500)) return refuse('settings-invalid');
  if (!isWhole(graceSeconds, 0, GRACE_LIMIT)) return refuse('settings-invalid');

  const deskConfirmation = field(input, 'deskConfirmation') ?? false;
  const receipts = field(input, 'receipts') ?? true;
  const crewVotes = field(input, 'crewVotes') ?? false;
  const proxyLimit = field(input, 'proxyLimit') ?? null;
  if (typeof deskConfirmation !== 'boolean' || typeof crewVotes !== 'boolean' || typeof receipts !== 'boolean')
    return refuse('malformed');
  if (proxyLimit !== null && !isWhole(proxyLimit, 0, 1000)) return refuse('settings-invalid');

  const method = checkMethod(field(input, 'method'));
  if (!method.ok) return method;
  return ok({
    ...{ title, of, method: method.value, secret, quorum, cut, graceSeconds, publish },
    ...(!receipts && { receipts: false as const }),
    ...(deskConfirmation && { deskConfirmation }),
    ...(crewVotes && { crewVotes }),
    ...(proxyLimit !== null && { proxyLimit }),
  });
}
