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
  /** Shared secret of the second factor (base32); null or left out: none. */
  readonly totpSecret?: string | null;
  /** Last step of it that was used: none is good twice. */
  readonly totpLast?: number;
}

export interface StoredSession {
  readonly idHash: string;
  readonly accountId: string;
  readonly expiresAt: number;
  readonly createdAt: number;
  /** Browser and system in two words. */
  readonly device: string | null;
  readonly seenAt: number | null;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  role: string;
  status: string;
  password_hash: string | null;
  created_at: number;
  totp_secret: string | null;
  totp_last: number;
}

const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role as Role,
  status: row.status as Account['status'],
  passwordHash: row.password_hash,
  createdAt: row.created_at,
  totpSecret: row.totp_secret,
  totpLast: row.totp_last,
});

const toSession = (row: {
  id_hash: string;
  account_id: string;
  expires_at: number;
  created_at: number;
  device: string | null;
  seen_at: number | null;
}): StoredSession => ({
  idHash: row.id_hash,
  accountId: row.account_id,
  expiresAt: row.expires_at,
  createdAt: row.created_at,
  device: row.device,
  seenAt: row.seen_at,
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
          device: session.device,
          seen_at: session.seenAt,
        })
        .execute();
    },
    async extendSession(idHash: string, expiresAt: number): Promise<void> {
      await db.updateTable('sessions').set({ expires_at: expiresAt }).where('id_hash', '=', idHash).execute();
    },
    async seenSession(idHash: string, at: number): Promise<void> {
      await db.updateTable('sessions').set({ seen_at: at }).where('id_hash', '=', idHash).execute();
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

    async setTotp(id: string, secret: string | null): Promise<void> {
      await db.updateTable('accounts').set({ totp_secret: secret, totp_last: 0 }).where('id', '=', id).execute();
    },
    /** Uses a step of the second factor up: true for exactly one caller, and never for an older step. */
    async useTotp(id: string, step: number): Promise<boolean> {
      const used = await db
        .updateTable('accounts')
        .set({ totp_last: step })
        .where('id', '=', id)
        .where('totp_last', '<', step)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
    async replaceCodes(accountId: string, hashes: readonly string[]): Promise<void> {
      await db.deleteFrom('account_codes').where('account_id', '=', accountId).execute();
      if (hashes.length > 0)
        await db
          .insertInto('account_codes')
          .values(hashes.map((code_hash) => ({ code_hash, account_id: accountId, used_at: null })))
          .execute();
    },
    async useCode(accountId: string, hash: string, now: number): Promise<boolean> {
      const used = await db
        .updateTable('account_codes')
        .set({ used_at: now })
        .where('account_id', '=', accountId)
        .where('code_hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return used.numUpdatedRows === 1n;
    },
    async byProvider(subject: string): Promise<Account | null> {
      const row = await select().where('oidc_subject', '=', subject).executeTakeFirst();
      return row ? toAccount(row) : null;
    },
    async bindProvider(id: string, subject: string): Promise<void> {
      await db.updateTable('accounts').set({ oidc_subject: subject }).where('id', '=', id).execute();
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
