/** Writes acts of accounts into the audit log: who, what, to what; ids and words from closed lists, never a text or a name. */
import type { Caller } from '#core/people/caller.ts';
import type { Deps } from './deps.ts';

export interface Act {
  readonly act: string;
  readonly subject?: string | null | undefined;
  readonly detail?: string | null | undefined;
}

const MOST = 200;

/** @param actor null: somebody who is not signed in (a failed sign-in); then nothing is told about them. */
export async function record(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  actor: Caller['account'] | { readonly accountId: string; readonly role: string },
  { act, subject = null, detail = null }: Act,
): Promise<void> {
  await store.audit.append({
    at: now(),
    actorId: actor?.accountId ?? '',
    actorRole: actor?.role ?? '',
    act,
    subject: subject?.slice(0, MOST) ?? null,
    detail: detail?.slice(0, MOST) ?? null,
  });
}
