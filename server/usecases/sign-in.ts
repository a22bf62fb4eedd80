/**
 * Coming in with an account: address and password, the second factor where the account has one, the link of an operator.
 * Every way in makes a new session, and each success and failure is written down.
 */
import { TOTP } from 'otpauth';
import { fold } from '#core/people/names.ts';
import { ok, refuse, type RefusalCode, type Result } from '#core/result.ts';
import { hashOf, verifyPassword } from '../auth/secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Account } from '../store/accounts.ts';
import { accountView, MOST_PASSWORD, type AccountView } from './accounts-view.ts';
import type { Deps } from './deps.ts';
import type { FailureLimit } from './limits.ts';
import { record } from './recording.ts';

/** Seconds of one step (RFC 6238), and how many steps a phone's clock may be off. */
const PERIOD = 30;
const WINDOW = 1;

export interface SignInMore {
  /** Six digits of the second factor, or a recovery code. */
  readonly code?: string | undefined;
  readonly device?: string | null | undefined;
}

/** The step that a code of six digits belongs to; null: none near `now` (epoch milliseconds). */
export function stepOf(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = new TOTP({ secret, digits: 6, period: PERIOD }).validate({
    token: code,
    timestamp: now,
    window: WINDOW,
  });
  return delta === null ? null : Math.floor(now / 1000 / PERIOD) + delta;
}

export function signingIn(deps: Deps, sessions: Sessions, failures: FailureLimit) {
  const { store, now } = deps;

  /** Whether a code is right; what is right once is used up. */
  async function secondFactor(account: Account, code: string): Promise<boolean> {
    const plain = code.replace(/[\s-]/g, '');
    const step = stepOf(account.totpSecret ?? '', plain, now());
    if (step !== null) return store.accounts.useTotp(account.id, step);
    return /^\d{10}$/.test(plain) && store.accounts.useCode(account.id, hashOf(plain), now());
  }

  async function begin(account: Account, by: string, device: string | null | undefined): Promise<string> {
    await record(deps, { accountId: account.id, role: account.role }, { act: 'account.signedIn', detail: by });
    return sessions.start(account.id, device ?? null);
  }

  async function failed(account: Account, code: RefusalCode): Promise<Result<never>> {
    await record(deps, null, { act: 'account.signInFailed', subject: account.id, detail: code });
    return refuse(code);
  }

  return {
    secondFactor,
    async signIn(
      email: string,
      password: string,
      address: string,
      { code, device }: SignInMore = {},
    ): Promise<Result<{ session: string; account: AccountView }>> {
      const key = `${address} ${fold(email).slice(0, 200)}`;
      const wait = await failures.wait(key);
      if (wait > 0) return refuse('too-many-requests', { seconds: wait });
      const account = await store.accounts.byEmail(fold(email));
      const right = await verifyPassword(password.slice(0, MOST_PASSWORD), account?.passwordHash ?? null);
      if (!account || !right) {
        await failures.count(key);
        return account ? failed(account, 'wrong-credentials') : refuse('wrong-credentials');
      }
      if (account.status === 'deactivated') return failed(account, 'account-deactivated');
      if (account.totpSecret) {
        if (code === undefined || code === '') return refuse('second-factor-needed');
        if (!(await secondFactor(account, code))) {
          await failures.count(key);
          return failed(account, 'second-factor-wrong');
        }
      }
      return ok({ session: await begin(account, 'password', device), account: accountView(account) });
    },

    /** The session ends, and with it what it opened: sockets too, within a second or two. */
    async signOut(sessionId: string): Promise<void> {
      const accountId = await sessions.accountOf(sessionId);
      await sessions.end(sessionId);
      if (accountId !== null) await store.revocations.add(accountId, now());
    },

    /** A link that signs in, made by whoever runs the process. */
    async enter(secret: string, device: string | null = null): Promise<Result<{ session: string }>> {
      const account = await store.accounts.linkedAccount(hashOf(secret), ['entry'], now());
      if (account?.status !== 'active') return refuse('link-unknown');
      return ok({ session: await begin(account, 'link', device) });
    },

    /**
     * Somebody whom the provider of OpenID Connect vouches for. Accounts are not made this way: it is the account that is
     * bound to this subject, or the one with the address that the provider says it verified.
     */
    async byProvider(
      who: { readonly subject: string; readonly email: string | null; readonly verified: boolean },
      device: string | null,
    ): Promise<Result<{ session: string }>> {
      const bound = await store.accounts.byProvider(who.subject);
      const account =
        bound ?? (who.email !== null && who.verified ? await store.accounts.byEmail(fold(who.email)) : null);
      if (!account) return refuse('account-unknown');
      if (account.status === 'deactivated') return failed(account, 'account-deactivated');
      if (!bound) await store.accounts.bindProvider(account.id, who.subject);
      if (account.status === 'invited') await store.accounts.change(account.id, { status: 'active' });
      return ok({ session: await begin(account, 'provider', device) });
    },
  };
}
