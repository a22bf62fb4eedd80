/** Accounts, the links that invite and reset them, their sessions and API tokens. Secrets arrive here as hashes only. */
import type { Role } from '#core/people/caller.ts';
import type { Queries } from './db.ts';

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: 'invited' | 'active' | 'deactivated';
  readonly passwordHash: string | null;
  readonly createdAt: number;
}

export interface StoredSession {
  readonly idHash: string;
  readonly accountId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  role: string;
  status: string;
  password_hash: string | null;
  created_at: number;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role as Role,
  status: row.status as Account['status'],
  passwordHash: row.password_hash,
  createdAt: row.created_at,
});

const toSession = (row: {
  id_hash: string;
  account_id: string;
  expires_at: number;
  created_at: number;
}): StoredSession => ({
  idHash: row.id_hash,
  accountId: row.account_id,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
});

export function accountStore(db: Queries) {
  const select = () => db.selectFrom('accounts').selectAll();
  return {
    async count(): Promise<number> {
      const row = await db
        .selectFrom('accounts')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    async list(): Promise<Account[]> {
      return (await select().orderBy('created_at').execute()).map(toAccount);
    },
    async byId(id: string): Promise<Account | null> {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row ? toAccount(row) : null;
    },
    async byEmail(emailNorm: string): Promise<Account | null> {
      const row = await select().where('email_norm', '=', emailNorm).executeTakeFirst();
      return row ? toAccount(row) : null;
    },
    /** Throws a unique violation (store/db `isUniqueViolation`) where the address is taken. */
    async insert(account: Account, emailNorm: string): Promise<void> {
      await db
        .insertInto('accounts')
        .values({
          id: account.id,
          email: account.email,
          email_norm: emailNorm,
          name: account.name,
          role: account.role,
          status: account.status,
          password_hash: account.passwordHash,
          created_at: account.createdAt,
        })
        .execute();
    },
    async change(id: string, to: Partial<Pick<Account, 'name' | 'role' | 'status' | 'passwordHash'>>): Promise<void> {
      const { passwordHash, ...rest } = to;
      const values = passwordHash === undefined ? rest : { ...rest, password_hash: passwordHash };
      await db.updateTable('accounts').set(values).where('id', '=', id).execute();
    },

    async insertLink(link: { tokenHash: string; accountId: string; kind: string; expiresAt: number }): Promise<void> {
      await db
        .insertInto('account_links')
        .values({
          token_hash: link.tokenHash,
          account_id: link.accountId,
          kind: link.kind,
          expires_at: link.expiresAt,
          used_at: null,
        })
        .execute();
    },
    async linkedAccount(tokenHash: string, kinds: readonly string[], now: number): Promise<Account | null> {
      const link = await db
        .selectFrom('account_links')
        .select('account_id')
        .where('token_hash', '=', tokenHash)
        .where('kind', 'in', [...kinds])
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return link ? this.byId(link.account_id) : null;
    },
    /** Uses a link up: true for exactly one caller, however many try at once. */
    async useLink(tokenHash: string, now: number): Promise<boolean> {
      const used = await db
        .updateTable('account_links')
        .set({ used_at: now })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
    async dropLinks(accountId: string): Promise<void> {
      await db.deleteFrom('account_links').where('account_id', '=', accountId).where('used_at', 'is', null).execute();
    },

    async session(idHash: string): Promise<StoredSession | null> {
      const row = await db.selectFrom('sessions').selectAll().where('id_hash', '=', idHash).executeTakeFirst();
      return row ? toSession(row) : null;
    },
    async sessionsOf(accountId: string): Promise<StoredSession[]> {
      return (await db.selectFrom('sessions').selectAll().where('account_id', '=', accountId).execute()).map(toSession);
    },
    async insertSession(session: StoredSession): Promise<void> {
      await db
        .insertInto('sessions')
        .values({
          id_hash: session.idHash,
          account_id: session.accountId,
          expires_at: session.expiresAt,
          created_at: session.createdAt,
        })
        .execute();
    },
    async extendSession(idHash: string, expiresAt: number): Promise<void> {
      await db.updateTable('sessions').set({ expires_at: expiresAt }).where('id_hash', '=', idHash).execute();
    },
    async deleteSession(idHash: string): Promise<void> {
      await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
    },
    async deleteSessionsOf(accountId: string): Promise<void> {
      await db.deleteFrom('sessions').where('account_id', '=', accountId).execute();
    },
    async deleteSessionsBefore(now: number): Promise<void> {
      await db.deleteFrom('sessions').where('expires_at', '<=', now).execute();
    },

    async insertToken(tokenHash: string, accountId: string, now: number): Promise<void> {
      await db
        .insertInto('account_tokens')
        .values({ token_hash: tokenHash, account_id: accountId, created_at: now, revoked_at: null })
        .execute();
    },
    async byToken(tokenHash: string): Promise<Account | null> {
      const row = await select()
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('account_tokens')
              .select('token_hash')
              .where('token_hash', '=', tokenHash)
              .where('revoked_at', 'is', null)
              .whereRef('account_tokens.account_id', '=', 'accounts.id'),
          ),
        )
        .executeTakeFirst();
      return row ? toAccount(row) : null;
    },
    async revokeTokensOf(accountId: string, now: number): Promise<void> {
      await db
        .updateTable('account_tokens')
        .set({ revoked_at: now })
        .where('account_id', '=', accountId)
        .where('revoked_at', 'is', null)
        .execute();
    },

    async meta(key: string): Promise<string | null> {
      const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
      return row?.value ?? null;
    },
    async setMeta(key: string, value: string): Promise<void> {
      await db
        .insertInto('meta')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
    },
  };
}
