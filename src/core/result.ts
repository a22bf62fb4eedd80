/**
 * One way to answer: a value, or a refusal from a closed list. The same code drives a disabled button's hint, the HTTP
 * status and the title of the test; its sentence stands in messages/*.json as `refusal_<code>` in three languages.
 * Rules never throw; only bugs do.
 */

/** Every reason for which Ashar says no, with the HTTP status that carries it (INTERFACE, "Errors"). */
export const REFUSALS = {
  // 400: the request could not be read
  malformed: 400,
  'import-malformed': 400,
  // 401: we do not know who is asking
  'sign-in-needed': 401,
  'wrong-credentials': 401,
  'join-needed': 401,
  'second-factor-needed': 401,
  'second-factor-wrong': 401,
  // 403: known, but not theirs to do
  forbidden: 403,
  'foreign-origin': 403,
  'removed-from-workshop': 403,
  'account-deactivated': 403,
  'account-unknown': 403,
  'not-on-the-roll': 403,
  'crew-without-vote': 403,
  'not-yours': 403,
  // 404: unknown, or not visible to the one who asks
  'not-found': 404,
  'code-unknown': 404,
  'link-unknown': 404,
  'receipt-unknown': 404,
  // 409: right request, wrong moment
  'already-set-up': 409,
  'email-taken': 409,
  'workshop-closed': 409,
  'door-closed': 409,
  'stage-forbids': 409,
  'board-locked': 409,
  'zone-locked': 409,
  'at-table': 409,
  'table-back': 409,
  'note-locked': 409,
  'stage-at-hand': 409,
  'stage-passed': 409,
  'by-command-only': 409,
  'anonymity-only-tightens': 409,
  'round-not-open': 409,
  'round-closed': 409,
  'round-open': 409,
  'options-frozen': 409,
  'ballot-unlinked': 409,
  'ballot-late': 409,
  'ballots-not-published': 409,
  'no-closed-round': 409,
  'nothing-tied': 409,
  'nothing-to-undo': 409,
  'sheet-used': 409,
  'second-person-needed': 409,
  'changed-meanwhile': 409,
  'draft-frozen': 409,
  'export-cancelled': 409,
  // 413: too large
  'too-large': 413,
  // 422: understood, but against a rule
  'name-needed': 422,
  'name-too-long': 422,
  'title-needed': 422,
  'title-too-long': 422,
  'email-invalid': 422,
  'password-too-short': 422,
  'password-wrong': 422,
  'organisation-needed': 422,
  'organisation-unknown': 422,
  'language-unknown': 422,
  'time-zone-unknown': 422,
  'template-unknown': 422,
  'period-invalid': 422,
  'text-needed': 422,
  'note-too-long': 422,
  'zone-unknown': 422,
  'colour-unknown': 422,
  'place-invalid': 422,
  'board-full': 422,
  'workshop-full': 422,
  'group-unknown': 422,
  'factors-of-two-quadrants': 422,
  'table-empty': 422,
  'table-unreadable': 422,
  'link-invalid': 422,
  'tables-number': 422,
  'file-type-unknown': 422,
  'too-many-files': 422,
  'table-too-small': 422,
  'settings-invalid': 422,
  'too-few-options': 422,
  'too-many-options': 422,
  'option-unknown': 422,
  'number-invalid': 422,
  'budget-exceeded': 422,
  'cap-exceeded': 422,
  'ballot-kind-mismatch': 422,
  'option-repeated': 422,
  'ranking-incomplete': 422,
  'scores-incomplete': 422,
  'choice-unknown': 422,
  'reason-needed': 422,
  'sheet-needed': 422,
  'sheet-unknown': 422,
  'proxy-limit': 422,
  'entries-differ': 422,
  'decision-incomplete': 422,
  'reason-too-long': 422,
  'format-not-available': 422,
  'adoption-incomplete': 422,
  'text-too-long': 422,
  'last-admin': 422,
  // 429: too much at once
  'too-many-requests': 429,
  // 5xx: ours
  unexpected: 500,
  'store-unavailable': 503,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof REFUSALS;

/** A refusal: its code, and the figures its sentence names (such as `{ limit: 2000 }`). */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** The value of a rule that let the request pass. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** The answer of a rule that did not. */
export function refuse(
  code: RefusalCode,
  params?: Readonly<Record<string, string | number>>,
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: params ? { code, params } : { code } };
}

/** The HTTP status that carries a refusal. */
export function statusOf(code: RefusalCode): number {
  return REFUSALS[code];
}
