/** What each duty at a draft allows: the one table behind the socket's guard, the commands and the buttons. */
import type { RefusalCode } from '../result.ts';
import type { DraftStatus } from './version.ts';

/** What people are invited for. */
export const INVITED_DUTIES = ['write', 'suggest', 'comment'] as const;
export type InvitedDuty = (typeof INVITED_DUTIES)[number];
/** `manage`: the secretariat, which also invites, keeps versions and moves the strategy on. */
export type DraftDuty = InvitedDuty | 'manage';

/** `settle`: to resolve comments, take suggestions in or turn them down, and answer. */
export type DraftAct = 'see' | 'comment' | 'suggest' | 'settle' | 'write' | 'manage';

const ALLOWED: Readonly<Record<DraftDuty, readonly DraftAct[]>> = {
  comment: ['see', 'comment'],
  suggest: ['see', 'comment', 'suggest'],
  write: ['see', 'comment', 'suggest', 'settle', 'write'],
  manage: ['see', 'comment', 'suggest', 'settle', 'write', 'manage'],
};

/** Everything that would change an adopted text or go on discussing it. */
const FROZEN: readonly DraftAct[] = ['comment', 'suggest', 'settle', 'write'];

/** Why this is refused; null: it is not. */
export function dutyAllows(duty: DraftDuty, act: DraftAct, status: DraftStatus): RefusalCode | null {
  if (!ALLOWED[duty].includes(act)) return 'forbidden';
  return status === 'adopted' && FROZEN.includes(act) ? 'draft-frozen' : null;
}
