/**
 * What everybody with an account does about their own: the list of places where they are signed in, the second factor,
 * another password. An administrator ends anybody's sessions and takes a lost second factor off.
 */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { hashOf, hashPassword, verifyPassword } from '../auth/secrets.ts';
import type { Sessions, ShownSession } from '../auth/sessions.ts';
import type { Account } from '../store/accounts.ts';
import { checkPassword } from './accounts-view.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';
import { record } from './recording.ts';
import { stepOf } from './sign-in.ts';

const RECOVERY_CODES = 10;
const CODE_DIGITS = 10;
const ISSUER = 'Ashar';
/** 160 bits in base32 (RFC 4226). */
const SECRET = /^[A-Z2-7]{32}$/;

const recoveryCode = (): string => Array.from({ length: CODE_DIGITS }, () => String(randomInt(10))).join('');

export function ownAccount(
  deps: Deps,
  sessions: Sessions,
  secondFactor: (account: Account, code: string) => Promise<boolean>,
) {
  const { store, now } = deps;

  async function self(caller: Caller) {
    const account = accountOf(caller, 'account.own');
    if (!account.ok) return account;
    const own = await store.accounts.byId(account.value.accountId);
    return own ? ok(own) : refuse('not-found');
  }

  return {
    /** One's own sessions; with an id, those of that account, for administrators. */
    async sessions(caller: Caller, current: string | null, accountId?: string): Promise<Result<ShownSession[]>> {
      const own = accountOf(caller, accountId === undefined ? 'account.own' : 'account.manage');
      return own.ok ? ok(await sessions.of(accountId ?? own.value.accountId, current)) : own;
    },
    async endSession(caller: Caller, id: string): Promise<Result<null>> {
      const own = accountOf(caller, 'account.own');
      if (!own.ok) return own;
      if (!(await sessions.endShown(own.value.accountId, id))) return refuse('not-found');
      await store.revocations.add(own.value.accountId, now());
      return ok(null);
    },
    /** All sessions of an account, by an administrator, or all one's own. */
    async endSessionsOf(caller: Caller, accountId: string): Promise<Result<null>> {
      const own = accountOf(caller, caller.account?.accountId === accountId ? 'account.own' : 'account.manage');
      if (!own.ok) return own;
      await sessions.endAllOf(accountId);
      await store.revocations.add(accountId, now());
      return ok(null);
    },

    /** A secret to be scanned, kept nowhere until a code proves that it was. */
    async proposeSecondFactor(caller: Caller): Promise<Result<{ secret: string; uri: string }>> {
      const own = await self(caller);
      if (!own.ok) return own;
      const secret = new Secret({ size: 20 });
      const uri = new TOTP({ issuer: ISSUER, label: own.value.email, secret }).toString();
      return ok({ secret: secret.base32, uri });
    },
    /** The same again for a secret that was shown already, after a code that did not fit; null: it is none of ours. */
    proposalFor(caller: Caller, secret: string): { secret: string; uri: string } | null {
      if (!SECRET.test(secret)) return null;
      const totp = new TOTP({ issuer: ISSUER, label: caller.account?.name ?? '', secret });
      return { secret, uri: totp.toString() };
    },
    async hasSecondFactor(caller: Caller): Promise<Result<boolean>> {
      const own = await self(caller);
      return own.ok ? ok(Boolean(own.value.totpSecret)) : own;
    },
    /** Switches it on; the recovery codes are shown this once. */
    async confirmSecondFactor(caller: Caller, secret: string, code: string): Promise<Result<{ codes: string[] }>> {
      const own = await self(caller);
      if (!own.ok) return own;
      if (!SECRET.test(secret)) return refuse('malformed');
      const step = stepOf(secret, code.replace(/\s/g, ''), now());
      if (step === null) return refuse('second-factor-wrong');
      const codes = Array.from({ length: RECOVERY_CODES }, recoveryCode);
      await store.transaction(async ({ accounts }) => {
        await accounts.setTotp(own.value.id, secret);
        await accounts.useTotp(own.value.id, step);
        await accounts.replaceCodes(own.value.id, codes.map(hashOf));
      });
      await record(deps, caller.account, { act: 'account.secondFactorOn' });
      return ok({ codes });
    },
    async removeSecondFactor(caller: Caller, code: string): Promise<Result<null>> {
      const own = await self(caller);
      if (!own.ok) return own;
      if (!own.value.totpSecret) return ok(null);
      if (!(await secondFactor(own.value, code))) return refuse('second-factor-wrong');
      await store.accounts.setTotp(own.value.id, null);
      await store.accounts.replaceCodes(own.value.id, []);
      await record(deps, caller.account, { act: 'account.secondFactorOff' });
      return ok(null);
    },
    /** For somebody whose phone and codes are gone. */
    async dropSecondFactor(caller: Caller, accountId: string): Promise<Result<null>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      if (!(await store.accounts.byId(accountId))) return refuse('not-found');
      await store.accounts.setTotp(accountId, null);
      await store.accounts.replaceCodes(accountId, []);
      return ok(null);
    },

    /** Another password; every other session ends, and the answer is a new one for this browser. */
    async changePassword(
      caller: Caller,
      input: { readonly old: string; readonly next: string },
      device: string | null,
    ): Promise<Result<{ session: string }>> {
      const own = await self(caller);
      if (!own.ok) return own;
      if (!(await verifyPassword(input.old, own.value.passwordHash))) return refuse('password-wrong');
      const checked = checkPassword(input.next);
      if (!checked.ok) return checked;
      await store.accounts.change(own.value.id, { passwordHash: await hashPassword(checked.value) });
      await sessions.endAllOf(own.value.id);
      await store.revocations.add(own.value.id, now());
      await record(deps, caller.account, { act: 'account.passwordChanged' });
      return ok({ session: await sessions.start(own.value.id, device) });
    },
  };
}
