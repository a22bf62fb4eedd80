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
/** When a session was last used is written down so often at most. */
const SEEN_MS = 5 * 60 * 1000;
/** So much of the hash names a session on a screen. */
const SHOWN = 16;

/** A session as its owner sees it; the id names it and opens nothing. */
export interface ShownSession {
  readonly id: string;
  readonly device: string | null;
  readonly startedAt: number;
  readonly seenAt: number;
  /** The one that asks. */
  readonly current: boolean;
}

export interface Sessions {
  /** A new session; the returned id goes into the cookie and is stored nowhere. */
  start(accountId: string, device?: string | null): Promise<string>;
  /** The account behind a cookie; null: unknown, expired or revoked. */
  accountOf(sessionId: string): Promise<string | null>;
  /** Latest used first. */
  of(accountId: string, current?: string | null): Promise<ShownSession[]>;
  end(sessionId: string): Promise<void>;
  /** Ends the one that a screen names so; false: there is none of this account. */
  endShown(accountId: string, id: string): Promise<boolean>;
  endAllOf(accountId: string): Promise<void>;
}

function adapterOn(accounts: Repositories['accounts'], now: () => number): Adapter {
  // Lucia reads the machine's clock; ours is the App's.
  const ahead = (): number => now() - Date.now();
  const toLucia = (session: StoredSession, id: string): DatabaseSession => ({
    id,
    userId: session.accountId,
    expiresAt: new Date(session.expiresAt - ahead()),
    attributes: { device: session.device },
  });
  return {
    async getSessionAndUser(id) {
      const session = await accounts.session(hashOf(id));
      if (!session || session.createdAt + ABSOLUTE_MS < now() || session.expiresAt <= now()) return [null, null];
      if ((session.seenAt ?? session.createdAt) + SEEN_MS < now()) await accounts.seenSession(session.idHash, now());
      return [toLucia(session, id), { id: session.accountId, attributes: {} }];
    },
    // Ids are not known to the store; Lucia asks for a list only where one is shown, and we show hashes there.
    getUserSessions: async (accountId) =>
      (await accounts.sessionsOf(accountId)).map((session) => toLucia(session, session.idHash)),
    setSession: (session) =>
      accounts.insertSession({
        idHash: hashOf(session.id),
        accountId: session.userId,
        expiresAt: session.expiresAt.getTime() + ahead(),
        createdAt: now(),
        device: (session.attributes as { device?: string | null }).device ?? null,
        seenAt: now(),
      }),
    updateSessionExpiration: (id, expiresAt) => accounts.extendSession(hashOf(id), expiresAt.getTime() + ahead()),
    deleteSession: (id) => accounts.deleteSession(hashOf(id)),
    deleteUserSessions: (accountId) => accounts.deleteSessionsOf(accountId),
    deleteExpiredSessions: () => accounts.deleteSessionsBefore(now()),
  };
}

export function sessionsOn(accounts: Repositories['accounts'], now: () => number = () => Date.now()): Sessions {
  const lucia = new Lucia(adapterOn(accounts, now), { sessionExpiresIn: new TimeSpan(IDLE_DAYS, 'd') });
  const live = async (accountId: string): Promise<StoredSession[]> =>
    (await accounts.sessionsOf(accountId)).filter(
      ({ expiresAt, createdAt }) => expiresAt > now() && createdAt + ABSOLUTE_MS > now(),
    );
  return {
    async start(accountId, device = null) {
      const id = newSecret() + newSecret();
      await lucia.createSession(accountId, { device } as object, { sessionId: id });
      return id;
    },
    async accountOf(sessionId) {
      const { session } = await lucia.validateSession(sessionId);
      return session?.userId ?? null;
    },
    async of(accountId, current = null) {
      const own = current === null ? null : hashOf(current);
      const shown = (await live(accountId)).map((session) => ({
        id: session.idHash.slice(0, SHOWN),
        device: session.device,
        startedAt: session.createdAt,
        seenAt: session.seenAt ?? session.createdAt,
        current: session.idHash === own,
      }));
      return shown.sort((a, b) => b.seenAt - a.seenAt);
    },
    end: (sessionId) => lucia.invalidateSession(sessionId),
    async endShown(accountId, id) {
      const found = (await live(accountId)).find(({ idHash }) => idHash.slice(0, SHOWN) === id);
      if (found) await accounts.deleteSession(found.idHash);
      return found !== undefined;
    },
    endAllOf: (accountId) => lucia.invalidateUserSessions(accountId),
  };
}
