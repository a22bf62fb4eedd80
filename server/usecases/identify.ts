/**
 * From what a request or socket shows (bearer token, cookies, projector key) to a Caller. A bearer token stands alone:
 * with one, cookies are not looked at, so that no page of another site can lend its reader's identity.
 */
import { type Caller, type Language } from '#core/people/caller.ts';
import { readCookies } from '#core/people/cookies.ts';
import { hashOf, markOf } from '../auth/secrets.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Account } from '../store/accounts.ts';
import type { Participant } from '../store/participants.ts';
import type { Store } from '../store/port.ts';
import { guestsByLinks } from './members.ts';

const TOKEN = /^[A-Za-z0-9_-]{10,128}$/;

function accountIdentity(account: Account | null): Caller['account'] {
  return account?.status === 'active' ? { accountId: account.id, role: account.role, name: account.name } : null;
}

function participantIdentities(
  people: readonly (Participant & { tokenHash: string })[],
  tokens: readonly string[],
): Caller['participants'] {
  const keys = new Map(tokens.map((token) => [hashOf(token), markOf(token, 'notes')]));
  return people
    .filter((person) => person.removedAt === null)
    .map((person) => ({
      participantId: person.id,
      workshopId: person.workshopId,
      organisationId: person.organisationId,
      name: person.name,
      language: person.language,
      noteKey: keys.get(person.tokenHash) ?? '',
    }));
}

export function identify(store: Store, sessions: Sessions) {
  const language: Language = 'ru';
  return {
    /** The caller behind a bearer or socket token; null: nobody. */
    async byToken(token: string): Promise<Caller | null> {
      if (!TOKEN.test(token)) return null;
      const hash = hashOf(token);
      const [person] = await store.participants.byTokens([hash]);
      if (person) {
        if (person.removedAt !== null) return null;
        return {
          account: null,
          participants: participantIdentities([person], [token]),
          screens: [],
          language: person.language,
        };
      }
      const account = accountIdentity(await store.accounts.byToken(hash));
      if (account) return { account, participants: [], screens: [], language };
      const guests = await guestsByLinks(store, [token]);
      if (guests.length > 0) return { account: null, participants: [], screens: [], guests, language };
      const screen = await store.workshops.byScreenKey(token);
      return screen ? { account: null, participants: [], screens: [screen.id], language } : null;
    },
    /** The caller behind a Cookie header; somebody unknown is a caller without identities. */
    async byCookies(header: string | null): Promise<Caller> {
      const shown = readCookies(header);
      const accountId = shown.session === null ? null : await sessions.accountOf(shown.session);
      const account = accountId === null ? null : accountIdentity(await store.accounts.byId(accountId));
      const people = await store.participants.byTokens(shown.participantTokens.map(hashOf));
      const screens: string[] = [];
      for (const key of shown.screenKeys) {
        const workshop = await store.workshops.byScreenKey(key);
        if (workshop) screens.push(workshop.id);
      }
      const guests = await guestsByLinks(store, shown.draftLinks);
      return {
        account,
        participants: participantIdentities(people, shown.participantTokens),
        screens,
        guests,
        language,
      };
    },
  };
}
