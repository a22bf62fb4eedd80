/** The exam of `store.accounts`, `store.participants` and `store.notes`: secrets as hashes, one use a link, names here only. */
import { describe, expect, test } from 'vitest';
import type { Account } from '#server/store/accounts.ts';
import { isUniqueViolation } from '#server/store/db.ts';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const account = (id: string, over: Partial<Account> = {}): Account => ({
  id,
  email: `${id}@ashar.test`,
  name: 'Катчылык',
  role: 'staff',
  status: 'active',
  passwordHash: null,
  createdAt: 1,
  ...over,
});

export function registerPeopleContract(open: () => Promise<Store>): void {
  describe('people', () => {
    test('[R40] an address belongs to one account, whatever its case', async () => {
      const store = await open();
      await store.accounts.insert(account('one'), 'same@ashar.test');
      const second = store.accounts.insert(account('two'), 'same@ashar.test');
      await expect(second.catch((error: unknown) => isUniqueViolation(error))).resolves.toBe(true);
      expect(await store.accounts.count()).toBe(1);
      expect((await store.accounts.byEmail('same@ashar.test'))?.id).toBe('one');
    });

    test('[R41] a link is used once, however many try at the same moment, and not after its time or for another purpose', async () => {
      const store = await open();
      await store.accounts.insert(account('one'), 'one@ashar.test');
      await store.accounts.insertLink({ tokenHash: 'h', accountId: 'one', kind: 'invite', expiresAt: 100 });
      expect(await store.accounts.linkedAccount('h', ['entry'], 50)).toBeNull();
      expect(await store.accounts.linkedAccount('h', ['invite'], 100)).toBeNull();
      expect((await store.accounts.linkedAccount('h', ['invite'], 99))?.id).toBe('one');
      const tries = await Promise.all(Array.from({ length: 10 }, () => store.accounts.useLink('h', 50)));
      expect(tries.filter(Boolean)).toHaveLength(1);
      expect(await store.accounts.linkedAccount('h', ['invite'], 50)).toBeNull();
    });

    test('[R42] a token opens its account until it is revoked; sessions end one by one or all at once', async () => {
      const store = await open();
      await store.accounts.insert(account('one'), 'one@ashar.test');
      await store.accounts.insertToken('t', 'one', 1);
      expect((await store.accounts.byToken('t'))?.id).toBe('one');
      await store.accounts.revokeTokensOf('one', 2);
      expect(await store.accounts.byToken('t')).toBeNull();
      for (const idHash of ['a', 'b', 'c'])
        await store.accounts.insertSession({
          idHash,
          accountId: 'one',
          expiresAt: 10,
          createdAt: 1,
          device: null,
          seenAt: null,
        });
      await store.accounts.deleteSession('a');
      await store.accounts.extendSession('b', 99);
      await store.accounts.deleteSessionsBefore(10);
      expect((await store.accounts.sessionsOf('one')).map(({ idHash, expiresAt }) => [idHash, expiresAt])).toEqual([
        ['b', 99],
      ]);
      await store.accounts.deleteSessionsOf('one');
      expect(await store.accounts.session('b')).toBeNull();
    });

    test('[R43] several devices may hold tokens of one person; a removed person is known as removed', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      const person = {
        id: 'p',
        workshopId,
        name: 'Ң',
        organisationId: null,
        language: 'ky' as const,
        joinedAt: 1,
        removedAt: null,
      };
      await store.participants.insert(person, 'first');
      await store.participants.insertToken('p', 'second', 2);
      expect(await store.participants.byTokens(['first'])).toMatchObject([person]);
      expect(await store.participants.byTokens(['second', 'unknown'])).toMatchObject([person]);
      await store.participants.dropToken('first');
      expect(await store.participants.byTokens(['first'])).toEqual([]);
      await store.participants.setRecovery('p', 'code');
      expect((await store.participants.byRecovery(workshopId, 'code'))?.id).toBe('p');
      expect(await store.participants.byRecovery('another', 'code')).toBeNull();
      await store.participants.remove('p', 5);
      expect((await store.participants.byTokens(['second']))[0]?.removedAt).toBe(5);
      expect(await store.participants.byRecovery(workshopId, 'code')).toBeNull();
      expect(await store.participants.countIn(workshopId)).toBe(0);
    });

    test('[B40] a command is remembered by board, person and key; what was remembered first stays', async () => {
      const store = await open();
      expect(await store.notes.rememberCommand('board', 'p', 'k', 'n1')).toBe('n1');
      expect(await store.notes.rememberCommand('board', 'p', 'k', 'n2')).toBe('n1');
      expect(await store.notes.rememberCommand('board', 'q', 'k', 'n3')).toBe('n3');
      await store.notes.recordAuthors('board', [{ noteId: 'n1', personId: 'p', organisationId: 'o' }]);
      await store.notes.recordAuthors('board', [{ noteId: 'n1', personId: 'q', organisationId: null }]);
      expect(await store.notes.authorsOf('board')).toEqual([{ noteId: 'n1', personId: 'p', organisationId: 'o' }]);
    });
  });
}
