/**
 * Who may do what with a draft: the secretariat manages it, the crew reads and comments, and people invited by link write,
 * suggest or comment as their invitation says. One answer for the sockets, the pages and the commands; what was adopted
 * takes nothing from anybody.
 */
import { guestOf, type Caller } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { dutyAllows, type DraftAct, type DraftDuty } from '#core/strategy/duty.ts';
import type { Strategy } from '../store/strategies.ts';
import type { Store } from '../store/port.ts';
import { isNobody } from './doors.ts';

export const draftDocumentOf = (id: string): string => `draft/${id}`;

export interface DraftAccess {
  readonly strategy: Strategy;
  readonly duty: DraftDuty;
  readonly person: { readonly id: string; readonly name: string; readonly organisation: string };
}

/** The caller's standing at a draft; null where it is unknown, deleted or not theirs. */
export async function draftAccess(store: Store, caller: Caller, strategyId: string): Promise<DraftAccess | null> {
  const guest = guestOf(caller, strategyId);
  const seen = may(caller, 'draft.see');
  if (!guest && !seen) return null;
  const strategy = await store.strategies.byId(strategyId);
  if (!strategy) return null;
  const { account } = caller;
  if (seen && account)
    return {
      strategy,
      duty: may(caller, 'draft.write') ? 'manage' : 'comment',
      person: { id: account.accountId, name: account.name, organisation: '' },
    };
  if (!guest) return null;
  const { memberId, duty, name, organisation } = guest;
  return { strategy, duty, person: { id: memberId, name, organisation } };
}

/** The standing, where it allows this now. */
export async function enterDraft(
  store: Store,
  caller: Caller,
  strategyId: string,
  act: DraftAct,
): Promise<Result<DraftAccess>> {
  const access = await draftAccess(store, caller, strategyId);
  // Whoever took part in a workshop knows that there is a strategy: not theirs. Nobody is asked who they are.
  if (!access)
    return refuse(isNobody(caller) ? 'sign-in-needed' : may(caller, 'draft.see') ? 'not-found' : 'forbidden');
  const refusal = dutyAllows(access.duty, act, access.strategy.status ?? 'draft');
  return refusal ? refuse(refusal) : ok(access);
}
