/**
 * Accounts of the secretariat and of facilitators: the first one through the set-up link, further ones by invitation,
 * forgotten passwords by a reset link (no e-mail server is assumed: links are handed over by a person), deactivation.
 */
import { newId, newSecret } from '#core/ids.ts';
import { checkEmail, checkName, fold } from '#core/people/names.ts';
import type { Caller, Role } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { hashOf, hashPassword } from '../auth/secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Account } from '../store/accounts.ts';
import { isUniqueViolation } from '../store/db.ts';
import { accountView, checkPassword, type AccountView } from './accounts-view.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';
import type { FailureLimit } from './limits.ts';
import { ownAccount } from './own-account.ts';
import { signingIn } from './sign-in.ts';

const DAY = 24 * 3600 * 1000;
const LINK_LIFE = { invite: 14 * DAY, reset: 2 * DAY, entry: DAY };
type LinkKind = keyof typeof LINK_LIFE;
const PASSWORD_LINKS: readonly LinkKind[] = ['invite', 'reset'];
const SETUP = 'setup-token-hash';

export function accounts(deps: Deps, sessions: Sessions, failures: FailureLimit) {
  const { store, config, now, log } = deps;
  const { secondFactor, ...ways } = signingIn(deps, sessions, failures);

  /** Inserts an account or says why not. */
  async function create(input: {
    email: string;
    name: string;
    role: Role;
    password: string | null;
  }): Promise<Result<Account>> {
    const email = checkEmail(input.email);
    if (!email.ok) return email;
    const name = checkName(input.name);
    if (!name.ok) return name;
    if (input.password !== null) {
      const password = checkPassword(input.password);
      if (!password.ok) return password;
    }
    const account: Account = {
      id: newId(),
      email: email.value,
      name: name.value,
      role: input.role,
      status: input.password === null ? 'invited' : 'active',
      passwordHash: input.password === null ? null : await hashPassword(input.password),
      createdAt: now(),
    };
    try {
      await store.accounts.insert(account, fold(account.email));
    } catch (error) {
      if (isUniqueViolation(error)) return refuse('email-taken');
      throw error;
    }
    return ok(account);
  }

  async function link(accountId: string, kind: LinkKind): Promise<string> {
    const secret = newSecret();
    await store.accounts.dropLinks(accountId);
    await store.accounts.insertLink({ tokenHash: hashOf(secret), accountId, kind, expiresAt: now() + LINK_LIFE[kind] });
    return secret;
  }

  /** Another role; refused where nobody would be left to manage accounts. Its sessions end, its sockets are asked again. */
  async function giveRole(account: Account, role: Role): Promise<Result<null>> {
    if (account.role === role) return ok(null);
    if (account.role === 'admin' && (await lastAdmin(account.id))) return refuse('last-admin');
    await store.accounts.change(account.id, { role });
    await sessions.endAllOf(account.id);
    await store.revocations.add(account.id, now());
    return ok(null);
  }

  async function lastAdmin(id: string): Promise<boolean> {
    const all = await store.accounts.list();
    return !all.some((one) => one.role === 'admin' && one.status === 'active' && one.id !== id);
  }

  return {
    ...ways,
    ...ownAccount(deps, sessions, secondFactor),
    /** A fresh one-time set-up secret while there is no account; null afterwards. The previous one stops working. */
    async setupSecret(): Promise<string | null> {
      if ((await store.accounts.count()) > 0) return null;
      const secret = config.setupToken ?? newSecret();
      await store.accounts.setMeta(SETUP, hashOf(secret));
      return secret;
    },
    isSetUp: async (): Promise<boolean> => (await store.accounts.count()) > 0,
    async setupOpen(secret: string): Promise<boolean> {
      return (await store.accounts.count()) === 0 && (await store.accounts.meta(SETUP)) === hashOf(secret);
    },
    /** The first account, an administrator, signed in at once. */
    async setUp(
      secret: string,
      input: { email: string; name: string; password: string },
    ): Promise<Result<{ session: string }>> {
      if ((await store.accounts.count()) > 0) return refuse('already-set-up');
      if ((await store.accounts.meta(SETUP)) !== hashOf(secret)) return refuse('link-unknown');
      const created = await create({ ...input, role: 'admin' });
      if (!created.ok) return created;
      log.info({ account: created.value.id }, 'first account created');
      return ok({ session: await sessions.start(created.value.id) });
    },
    async list(caller: Caller): Promise<Result<AccountView[]>> {
      const admin = accountOf(caller, 'account.manage');
      return admin.ok ? ok((await store.accounts.list()).map(accountView)) : admin;
    },
    /** Invites by link: the answer holds the secret of `/invite/<secret>`, shown once to whoever hands it over. */
    async invite(
      caller: Caller,
      input: { email: string; name: string; role: Role },
    ): Promise<Result<{ account: AccountView; secret: string }>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const created = await create({ ...input, password: null });
      if (!created.ok) return created;
      return ok({ account: accountView(created.value), secret: await link(created.value.id, 'invite') });
    },
    async resetLink(caller: Caller, accountId: string): Promise<Result<{ secret: string }>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const account = await store.accounts.byId(accountId);
      if (!account) return refuse('not-found');
      if (account.status === 'deactivated') return refuse('account-deactivated');
      return ok({ secret: await link(account.id, account.status === 'invited' ? 'invite' : 'reset') });
    },
    /** Whose link this is, for the page that asks for the new password. */
    async linkOwner(secret: string): Promise<Result<{ name: string; email: string }>> {
      const account = await store.accounts.linkedAccount(hashOf(secret), PASSWORD_LINKS, now());
      return account ? ok({ name: account.name, email: account.email }) : refuse('link-unknown');
    },
    /** Sets the password by an invitation or reset link, which is used up; every older session ends. */
    async followLink(
      secret: string,
      password: string,
      device: string | null = null,
    ): Promise<Result<{ session: string }>> {
      const account = await store.accounts.linkedAccount(hashOf(secret), PASSWORD_LINKS, now());
      if (!account || account.status === 'deactivated') return refuse('link-unknown');
      const checked = checkPassword(password);
      if (!checked.ok) return checked;
      if (!(await store.accounts.useLink(hashOf(secret), now()))) return refuse('link-unknown');
      await store.accounts.change(account.id, { passwordHash: await hashPassword(password), status: 'active' });
      await sessions.endAllOf(account.id);
      await store.revocations.add(account.id, now());
      return ok({ session: await sessions.start(account.id, device) });
    },
    async deactivate(caller: Caller, accountId: string): Promise<Result<null>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const account = await store.accounts.byId(accountId);
      if (!account) return refuse('not-found');
      if (account.role === 'admin' && (await lastAdmin(accountId))) return refuse('last-admin');
      await store.accounts.change(accountId, { status: 'deactivated' });
      await store.accounts.dropLinks(accountId);
      await store.accounts.revokeTokensOf(accountId, now());
      await sessions.endAllOf(accountId);
      await store.revocations.add(accountId, now());
      return ok(null);
    },
    async reactivate(caller: Caller, accountId: string): Promise<Result<null>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const account = await store.accounts.byId(accountId);
      if (!account) return refuse('not-found');
      await store.accounts.change(accountId, { status: account.passwordHash === null ? 'invited' : 'active' });
      return ok(null);
    },

    async changeRole(caller: Caller, accountId: string, role: Role): Promise<Result<null>> {
      const admin = accountOf(caller, 'account.manage');
      if (!admin.ok) return admin;
      const account = await store.accounts.byId(accountId);
      return account ? giveRole(account, role) : refuse('not-found');
    },
    async roleByOperator(email: string, role: Role): Promise<Result<null>> {
      const account = await store.accounts.byEmail(fold(email));
      return account ? giveRole(account, role) : refuse('not-found');
    },

    /** For the command line, which runs with the operator's rights. */
    createByOperator: create,
    linkByOperator: (accountId: string): Promise<string> => link(accountId, 'invite'),
    /** A link that signs in, as often as one likes for a day; only who runs the process can make one. */
    entryByOperator: (accountId: string): Promise<string> => link(accountId, 'entry'),
    async tokenByOperator(email: string): Promise<Result<{ token: string }>> {
      const account = await store.accounts.byEmail(fold(email));
      if (!account) return refuse('not-found');
      const token = newSecret() + newSecret();
      await store.accounts.insertToken(hashOf(token), account.id, now());
      return ok({ token });
    },
  };
}
