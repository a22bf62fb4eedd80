/** The states of a remark in words, and the tone each is shown in. */
import type { RemarkState } from '#core/strategy/remark.ts';
import { m } from '#messages/messages.js';

export const stateName: Readonly<Record<RemarkState, () => string>> = {
  open: m.remark_state_open,
  resolved: m.remark_state_resolved,
  accepted: m.remark_state_accepted,
  partly: m.remark_state_partly,
  rejected: m.remark_state_rejected,
};

export const stateTone = {
  open: 'plain',
  resolved: 'plain',
  accepted: 'good',
  partly: 'accent',
  rejected: 'warn',
} as const satisfies Record<RemarkState, string>;
