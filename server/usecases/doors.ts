/**
 * Who may pass to a workshop by command: members look, crew works, those who lead decide. What is not theirs to see is
 * `not-found`; what they see and may not do is `forbidden`; who has shown nothing is asked to sign in.
 */
import { isCrew, isStaff, mayLead, participantIn, type AccountIdentity, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type { Store } from '../store/port.ts';
import type { Workshop } from '../store/workshops.ts';

/** Who has shown nothing is asked who they are, whether there is anything or not. */
export function isNobody(caller: Caller): boolean {
  return caller.account === null && caller.participants.length + caller.screens.length === 0;
}

/** Members, crew and the workshop's projector. */
export async function lookIn(store: Store, caller: Caller, workshopId: string): Promise<Result<Workshop>> {
  if (isNobody(caller)) return refuse('join-needed');
  const workshop = await store.workshops.byId(workshopId);
  if (!workshop) return refuse('not-found');
  const seen = isCrew(caller) || participantIn(caller, workshopId) !== null || caller.screens.includes(workshopId);
  return seen ? ok(workshop) : refuse('not-found');
}

async function workIn(
  store: Store,
  caller: Caller,
  workshopId: string,
  may: (caller: Caller) => boolean,
): Promise<Result<Workshop>> {
  const account = accountOf(caller, may);
  if (!account.ok) return account;
  const workshop = await store.workshops.byId(workshopId);
  return workshop ? ok(workshop) : refuse('not-found');
}

/** Facilitators and admins. */
export const leadIn = (store: Store, caller: Caller, workshopId: string): Promise<Result<Workshop>> =>
  workIn(store, caller, workshopId, mayLead);

/** Anybody with an account. */
export const crewIn = (store: Store, caller: Caller, workshopId: string): Promise<Result<Workshop>> =>
  workIn(store, caller, workshopId, isCrew);

/** Staff and admins. */
export const staffIn = (store: Store, caller: Caller, workshopId: string): Promise<Result<Workshop>> =>
  workIn(store, caller, workshopId, isStaff);

/** The caller's account, where it may do this. */
export function accountOf(caller: Caller, may: (caller: Caller) => boolean): Result<AccountIdentity> {
  if (!caller.account) return refuse(isNobody(caller) ? 'sign-in-needed' : 'forbidden');
  return may(caller) ? ok(caller.account) : refuse('forbidden');
}
