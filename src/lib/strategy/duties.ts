/** What people are invited to a draft for, in words. */
import type { InvitedDuty } from '#core/strategy/duty.ts';
import { m } from '#messages/messages.js';

export const dutyName: Readonly<Record<InvitedDuty, () => string>> = {
  write: m.group_duty_write,
  suggest: m.group_duty_suggest,
  comment: m.group_duty_comment,
};

export const dutyText: Readonly<Record<InvitedDuty, () => string>> = {
  write: m.group_duty_write_text,
  suggest: m.group_duty_suggest_text,
  comment: m.group_duty_comment_text,
};
