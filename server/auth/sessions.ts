/**
 * Sessions of accounts. Lucia runs their life (sliding expiry); our adapter stores SHA-256 of the id, so a leaked table
 * logs nobody in, and adds an end that no sliding moves. Nothing outside this file knows Lucia.
 */
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { newSecret } from '#core/ids.ts';
import type { Repositories } from '../store/port.ts';
import type { StoredSession } from '../store/accounts.ts';
import { hashOf } from './secrets.ts';

const IDLE_DAYS = 14;
const ABSOLUTE_MS = 90 * 24 * 3600 * 1000;

export interface Sessions {
  /** A new session; the returned id goes into the cookie and is stored nowhere. */
  start(accountId: string): Promise<string>;
  /** The account behind a cookie; null: unknown, expired or revoked. */
  accountOf(sessionId: string): Promise<string | null>;
  end(sessionId: string): Promise<void>;
  endAllOf(accountId: string): Promise<void>;
}

function adapterOn(accounts: Repositories['accounts']): Adapter {
  const toLucia = (session: StoredSession, id: string): DatabaseSession => ({
    id,
    userId: session.accountId,
    expiresAt: new Date(session.expiresAt),
    attributes: {},
  });
  return {
    async getSessionAndUser(id) {
      const session = await accounts.session(hashOf(id));
      if (!session || session.createdAt + ABSOLUTE_MS < Date.now()) return [null, null];
      return [toLucia(session, id), { id: session.accountId, attributes: {} }];
    },
    // Ids are not known to the store; Lucia asks for a list only where one is shown, and we show hashes there.
    getUserSessions: async (accountId) =>
      (await accounts.sessionsOf(accountId)).map((session) => toLucia(session, session.idHash)),
    setSession: (session) =>
      accounts.insertSession({
        idHash: hashOf(session.id),
        accountId: session.userId,
        expiresAt: session.expiresAt.getTime(),
        createdAt: Date.now(),
      }),
    updateSessionExpiration: (id, expiresAt) => accounts.extendSession(hashOf(id), expiresAt.getTime()),
    deleteSession: (id) => accounts.deleteSession(hashOf(id)),
    deleteUserSessions: (accountId) => accounts.deleteSessionsOf(accountId),
    deleteExpiredSessions: () => accounts.deleteSessionsBefore(Date.now()),
  };
}

export function sessionsOn(accounts: Repositories['accounts']): Sessions {
  const lucia = new Lucia(adapterOn(accounts), { sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd') });
  return {
    async start(accountId) {
      const id = newSecret() + newSecret();
      await lucia.createSession(accountId, {}, { sessionId: id });
      return id;
    },
    async accountOf(sessionId) {
      const { session } = await lucia.validateSession(sessionId);
      return session?.userId ?? null;
    },
    end: (sessionId) => lucia.invalidateSession(sessionId),
    endAllOf: (accountId) => lucia.invalidateUserSessions(accountId),
  };
}
