/** The states of a strategy in words, and the steps that lead on from each. */
import { DRAFT_STATUSES, type DraftStatus } from '#core/strategy/version.ts';
import { m } from '#messages/messages.js';

export const statusName: Readonly<Record<DraftStatus, () => string>> = {
  draft: m.draft_status_draft,
  sent: m.draft_status_sent,
  submitted: m.draft_status_submitted,
  adopted: m.draft_status_adopted,
};

export const statusText: Readonly<Record<DraftStatus, () => string>> = {
  draft: m.draft_status_draft_text,
  sent: m.draft_status_sent_text,
  submitted: m.draft_status_submitted_text,
  adopted: m.draft_status_adopted_text,
};

export const statusTone = {
  draft: 'plain',
  sent: 'accent',
  submitted: 'accent',
  adopted: 'good',
} as const satisfies Record<DraftStatus, string>;

/** Forward, and back to the draft; where one is now stands first only where the same step may be taken again. */
export function stepsFrom(status: DraftStatus): DraftStatus[] {
  if (status === 'adopted') return [];
  const at = DRAFT_STATUSES.indexOf(status);
  return DRAFT_STATUSES.filter((step, place) => (step === 'draft' ? at > 0 : place >= at));
}
