/**
 * Who may pass to a workshop by command, as core/people/policy has it. What is not theirs to see is `not-found`; what they
 * see and may not do is `forbidden`; who has shown nothing is asked who they are.
 */
import type { AccountIdentity, Caller } from '#core/people/caller.ts';
import { objection, standingsOf, type Action } from '#core/people/policy.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Store } from '../store/port.ts';
import type { Workshop } from '../store/workshops.ts';

/** Who has shown nothing is asked who they are, whether there is anything or not. */
export function isNobody(caller: Caller): boolean {
  return caller.account === null && caller.participants.length + caller.screens.length === 0;
}

/** Whether the table lets the caller do this, in this workshop or (null) outside any. */
export function allowed(caller: Caller, action: Action, workshopId: string | null = null): Result<null> {
  const refusal = objection(standingsOf(caller, workshopId), action);
  return refusal ? refuse(refusal) : ok(null);
}

/** The workshop, where the caller may do this in it now. */
export async function passTo(
  store: Store,
  caller: Caller,
  workshopId: string,
  action: Action,
): Promise<Result<Workshop>> {
  const standings = standingsOf(caller, workshopId);
  const refusal = objection(standings, action);
  if (refusal) return refuse(refusal);
  const workshop = await store.workshops.byId(workshopId);
  if (!workshop) return refuse('not-found');
  const inState = objection(standings, action, workshop.status);
  return inState ? refuse(inState) : ok(workshop);
}

/** Members, crew and the workshop's projector. */
export const lookIn = (store: Store, caller: Caller, workshopId: string): Promise<Result<Workshop>> =>
  passTo(store, caller, workshopId, 'workshop.see');

/** The caller's account, where it may do this. */
export function accountOf(caller: Caller, action: Action): Result<AccountIdentity> {
  const refusal = objection(standingsOf(caller), action);
  if (refusal) return refuse(refusal);
  return caller.account ? ok(caller.account) : refuse('sign-in-needed');
}
