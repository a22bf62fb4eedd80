/** What may stand in the bodies about drafts, their versions and their working group. Shapes only, as in schemas.ts. */
import * as v from 'valibot';
import { INVITED_DUTIES } from '#core/strategy/duty.ts';
import { REMARK_KINDS, REMARK_STATES } from '#core/strategy/remark.ts';
import { SECTION_STATES } from '#core/strategy/section.ts';
import { DRAFT_STATUSES } from '#core/strategy/version.ts';
import { id } from './schemas.ts';

const text = v.optional(v.string());

export const statusStep = v.object({
  status: v.picklist(DRAFT_STATUSES),
  title: text,
  assembly: text,
  heldOn: text,
  protocol: text,
});
export const restoring = v.object({ boardId: id });
export const publishing = v.object({ published: v.boolean() });

const duty = v.picklist(INVITED_DUTIES);
export const invitation = v.object({ duty, name: text, organisation: v.string() });
export const changedDuty = v.object({ duty });
export const newRemark = v.object({
  kind: v.picklist(REMARK_KINDS),
  passage: text,
  quote: text,
  body: text,
  wording: text,
});
export const reply = v.object({ body: v.string() });
export const settling = v.object({ state: v.picklist(REMARK_STATES), answer: text });
export const changedSection = v.object({ status: v.optional(v.picklist(SECTION_STATES)), owner: text });
