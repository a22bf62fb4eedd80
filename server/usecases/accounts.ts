/**
 * Accounts of the secretariat and of facilitators: the first one through the set-up link, further ones by invitation,
 * forgotten passwords by a reset link (no e-mail server is assumed: links are handed over by a person), deactivation.
 */
import { newId, newSecret } from '#core/ids.ts';
import { checkEmail, checkName, fold } from '#core/people/names.ts';
import type { Caller, Role } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { hashOf, hashPassword, verifyPassword } from '../auth/secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Account } from '../store/accounts.ts';
import { isUniqueViolation } from '../store/db.ts';
import type { Deps } from './deps.ts';
import type { FailureLimit } from './limits.ts';

const LEAST_PASSWORD = 10;
const MOST_PASSWORD = 200;
const DAY = 24 * 3600 * 1000;
const LINK_LIFE = { invite: 14 * DAY, reset: 2 * DAY, entry: DAY };
type LinkKind = keyof typeof LINK_LIFE;
const PASSWORD_LINKS: readonly LinkKind[] = ['invite', 'reset'];
const SETUP = 'setup-token-hash';

export interface AccountView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: Account['status'];
}

const view = ({ id, email, name, role, status }: Account): AccountView => ({ id, email, name, role, status });
const isAdmin = (caller: Caller): boolean => caller.account?.role === 'admin';

function checkPassword(password: string): Result<string> {
  const length = [...password].length;
  if (length < LEAST_PASSWORD) return refuse('password-too-short', { limit: LEAST_PASSWORD });
  return length > MOST_PASSWORD ? refuse('too-large', { limit: MOST_PASSWORD }) : ok(password);
}

export function accounts({ store, live, config, now, log }: Deps, sessions: Sessions, failures: FailureLimit) {
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

  return {
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
    async signIn(
      email: string,
      password: string,
      address: string,
    ): Promise<Result<{ session: string; account: AccountView }>> {
      const key = `${address} ${fold(email).slice(0, 200)}`;
      const wait = await failures.wait(key);
      if (wait > 0) return refuse('too-many-requests', { seconds: wait });
      const account = await store.accounts.byEmail(fold(email));
      const right = await verifyPassword(password.slice(0, MOST_PASSWORD), account?.passwordHash ?? null);
      if (!account || !right) {
        await failures.count(key);
        return refuse('wrong-credentials');
      }
      if (account.status === 'deactivated') return refuse('account-deactivated');
      return ok({ session: await sessions.start(account.id), account: view(account) });
    },
    signOut: (sessionId: string): Promise<void> => sessions.end(sessionId),

    async list(caller: Caller): Promise<Result<AccountView[]>> {
      return isAdmin(caller) ? ok((await store.accounts.list()).map(view)) : refuse('forbidden');
    },
    /** Invites by link: the answer holds the secret of `/invite/<secret>`, shown once to whoever hands it over. */
    async invite(
      caller: Caller,
      input: { email: string; name: string; role: Role },
    ): Promise<Result<{ account: AccountView; secret: string }>> {
      if (!isAdmin(caller)) return refuse('forbidden');
      const created = await create({ ...input, password: null });
      if (!created.ok) return created;
      return ok({ account: view(created.value), secret: await link(created.value.id, 'invite') });
    },
    async resetLink(caller: Caller, accountId: string): Promise<Result<{ secret: string }>> {
      if (!isAdmin(caller)) return refuse('forbidden');
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
    async followLink(secret: string, password: string): Promise<Result<{ session: string }>> {
      const account = await store.accounts.linkedAccount(hashOf(secret), PASSWORD_LINKS, now());
      if (!account || account.status === 'deactivated') return refuse('link-unknown');
      const checked = checkPassword(password);
      if (!checked.ok) return checked;
      if (!(await store.accounts.useLink(hashOf(secret), now()))) return refuse('link-unknown');
      await store.accounts.change(account.id, { passwordHash: await hashPassword(password), status: 'active' });
      await sessions.endAllOf(account.id);
      await live.cut(account.id);
      return ok({ session: await sessions.start(account.id) });
    },
    async deactivate(caller: Caller, accountId: string): Promise<Result<null>> {
      if (!isAdmin(caller)) return refuse('forbidden');
      const all = await store.accounts.list();
      const account = all.find((one) => one.id === accountId);
      if (!account) return refuse('not-found');
      const otherAdmins = all.filter((one) => one.role === 'admin' && one.status === 'active' && one.id !== accountId);
      if (account.role === 'admin' && otherAdmins.length === 0) return refuse('last-admin');
      await store.accounts.change(accountId, { status: 'deactivated' });
      await store.accounts.dropLinks(accountId);
      await store.accounts.revokeTokensOf(accountId, now());
      await sessions.endAllOf(accountId);
      await live.cut(accountId);
      return ok(null);
    },
    async reactivate(caller: Caller, accountId: string): Promise<Result<null>> {
      if (!isAdmin(caller)) return refuse('forbidden');
      const account = await store.accounts.byId(accountId);
      if (!account) return refuse('not-found');
      await store.accounts.change(accountId, { status: account.passwordHash === null ? 'invited' : 'active' });
      return ok(null);
    },

    /** For the command line, which runs with the operator's rights. */
    createByOperator: create,
    linkByOperator: (accountId: string): Promise<string> => link(accountId, 'invite'),
    /** A link that signs in, as often as one likes for a day; only who runs the process can make one. */
    entryByOperator: (accountId: string): Promise<string> => link(accountId, 'entry'),
    async enter(secret: string): Promise<Result<{ session: string }>> {
      const account = await store.accounts.linkedAccount(hashOf(secret), ['entry'], now());
      if (account?.status !== 'active') return refuse('link-unknown');
      return ok({ session: await sessions.start(account.id) });
    },
    async tokenByOperator(email: string): Promise<Result<{ token: string }>> {
      const account = await store.accounts.byEmail(fold(email));
      if (!account) return refuse('not-found');
      const token = newSecret() + newSecret();
      await store.accounts.insertToken(hashOf(token), account.id, now());
      return ok({ token });
    },
  };
}
