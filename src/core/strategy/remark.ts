/** Remarks on a draft: comments, and suggested wordings of one paragraph; what may be written, and how each is settled. */
import { cleanText } from '../board/text.ts';
import { ok, refuse, type RefusalCode, type Result } from '../result.ts';
import { PASSAGE_KEY } from './passages.ts';

export const REMARK_KINDS = ['comment', 'suggestion'] as const;
export type RemarkKind = (typeof REMARK_KINDS)[number];

/** `partly` and `rejected` answer what was collected while the draft was sent for comment. */
export const REMARK_STATES = ['open', 'resolved', 'accepted', 'partly', 'rejected'] as const;
export type RemarkState = (typeof REMARK_STATES)[number];

/** Letters of one remark, answer or wording. */
export const MAX_REMARK = 10_000;
const MAX_QUOTE = 500;

export interface RemarkInput {
  readonly kind: RemarkKind;
  /** Left out: on the draft as a whole. */
  readonly passage?: string | undefined;
  readonly quote?: string | undefined;
  readonly body?: string | undefined;
  readonly wording?: string | undefined;
}

export interface CheckedRemark {
  readonly kind: RemarkKind;
  readonly passage: string | null;
  readonly quote: string;
  readonly body: string;
  readonly wording: string | null;
}

function checkText(text: string | undefined): Result<string> {
  if ((text ?? '').length > MAX_REMARK) return refuse('text-too-long', { limit: MAX_REMARK });
  return ok(cleanText(text ?? '').trim());
}

/** A comment needs words; a suggestion a paragraph and a wording that differs from `now`. */
export function checkRemark(input: RemarkInput, now: string | null): Result<CheckedRemark> {
  const body = checkText(input.body);
  if (!body.ok) return body;
  const wording = checkText(input.wording);
  if (!wording.ok) return wording;
  const passage = input.passage ?? null;
  if (passage !== null && (!PASSAGE_KEY.test(passage) || now === null)) return refuse('not-found');
  if (input.kind === 'suggestion') {
    if (passage === null) return refuse('not-found');
    if (wording.value === (now ?? '').trim()) return refuse('text-needed');
    return ok({ kind: 'suggestion', passage, quote: now ?? '', body: body.value, wording: wording.value });
  }
  if (body.value === '') return refuse('text-needed');
  const quote = cleanText(input.quote ?? '')
    .trim()
    .slice(0, MAX_QUOTE);
  return ok({ kind: 'comment', passage, quote, body: body.value, wording: null });
}

/** Why a remark cannot be settled so: suggestions are taken in or turned down; what was collected is answered in words. */
export function checkSettling(
  remark: { readonly kind: RemarkKind; readonly collected: boolean; readonly state: RemarkState },
  to: RemarkState,
  answer: string,
): RefusalCode | null {
  if (remark.kind === 'suggestion') {
    if (remark.state !== 'open') return 'changed-meanwhile';
    return to === 'accepted' || to === 'rejected' ? null : 'malformed';
  }
  if (to === 'open') return null;
  if (!remark.collected) return to === 'resolved' ? null : 'malformed';
  if (to === 'resolved') return 'malformed';
  return answer === '' ? 'text-needed' : null;
}
