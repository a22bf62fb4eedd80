/** What may stand in the bodies about drafts, their versions and their working group. Shapes only, as in schemas.ts. */
import * as v from 'valibot';
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
