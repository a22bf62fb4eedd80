/** The exam of `store.strategies`: lists that page and search, tombstones, inserts that happen once, versions. */
import { describe, expect, test } from 'vitest';
import { fold } from '#core/people/names.ts';
import type { Store } from '#server/store/port.ts';
import type { Strategy } from '#server/store/strategies.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const strategy = (id: string, title: string, createdAt: number): Strategy => ({
  id,
  title,
  periodStart: 2020,
  periodEnd: 2025,
  languages: ['ky', 'ru'],
  createdBy: 'account',
  createdAt,
  archivedAt: null,
});

export function registerStrategiesContract(open: () => Promise<Store>): void {
  describe('strategies', () => {
    test('[N41] strategies are listed newest first, page by page, and found without the Kyrgyz keys', async () => {
      const store = await open();
      const all = ['Өнүгүү стратегиясы', 'Стратегия развития', 'Үчүнчү 100%_иш'].map((title, n) =>
        strategy(`s${n}`, title, n < 2 ? 1 : 2),
      );
      for (const one of all) await store.strategies.insert(one, fold(one.title));
      const list = async (search: string, after: string | null, limit = 10, archived = false) =>
        (await store.strategies.list({ search: fold(search), archived, after, limit })).map(({ id }) => id);
      expect(await list('', null)).toEqual(['s2', 's1', 's0']);
      expect(await list('', null, 2)).toEqual(['s2', 's1']);
      expect(await list('', 's1')).toEqual(['s0']);
      expect(await list('онугуу', null)).toEqual(['s0']);
      expect(await list('ничего такого', null)).toEqual([]);
      await store.strategies.archive('s1', 5);
      expect(await list('', null)).toEqual(['s2', 's0']);
      expect(await list('', null, 10, true)).toEqual(['s1']);
      expect(await store.strategies.byId('s0')).toEqual({ ...all[0], status: 'draft' });
    });

    test('[N42] a deleted strategy is a tombstone: no query sees it, its id is never used again', async () => {
      const store = await open();
      const one = strategy('gone', 'Стратегия', 1);
      await store.strategies.insert(one, 'стратегия');
      await store.strategies.remove('gone', 2);
      expect(await store.strategies.byId('gone')).toBe(null);
      await expect(store.strategies.insert(one, 'стратегия')).rejects.toThrow();
    });

    test('[N43] a snapshot is recorded in a draft once, whoever presses at the same time', async () => {
      const store = await open();
      await store.strategies.insert(strategy('s', 'Стратегия', 1), 'стратегия');
      const record = (id: string) =>
        store.strategies.recordInsert({ id, strategyId: 's', snapshotId: 'snap', accountId: 'account', insertedAt: 3 });
      const done = await Promise.all(['a', 'b', 'c', 'd'].map(record));
      expect(done.filter(Boolean)).toHaveLength(1);
      expect(await store.strategies.inserts('s')).toHaveLength(1);
      await store.strategies.forgetInsert('s', 'snap');
      expect(await record('e')).toBe(true);
    });

    test('[N70] of two who move a strategy on at once one is told that it moved already', async () => {
      const store = await open();
      await store.strategies.insert(strategy('s', 'Стратегия', 1), 'стратегия');
      const done = await Promise.all([1, 2, 3].map(() => store.strategies.changeStatus('s', 'draft', 'adopted')));
      expect(done.filter(Boolean)).toHaveLength(1);
    });

    test('[N44] versions belong to their strategy, and living workshops are known by it', async () => {
      const store = await open();
      for (const id of ['s', 'other']) await store.strategies.insert(strategy(id, 'Стратегия', 1), 'стратегия');
      const version = { strategyId: 's', title: 'К общему собранию', accountId: 'account', content: '[]' };
      await store.strategies.insertVersion({ id: 'v1', createdAt: 1, ...version });
      await store.strategies.insertVersion({ id: 'v2', createdAt: 2, ...version });
      expect((await store.strategies.versions('s')).map(({ id }) => id)).toEqual(['v2', 'v1']);
      expect(await store.strategies.version('s', 'v1')).toMatchObject({ content: '[]' });
      expect(await store.strategies.version('other', 'v1')).toBe(null);
      expect(await store.strategies.publicVersion('key')).toBe(null);
      await store.strategies.publishVersion('v1', 'key');
      expect(await store.strategies.publicVersion('key')).toMatchObject({ id: 'v1', status: 'draft', adoption: null });
      await expect(store.strategies.publishVersion('v2', 'key')).rejects.toThrow();
      const { workshopId } = await insertWorkshop(store, [], [], 's');
      expect(await store.strategies.workshopIds('s')).toEqual([workshopId]);
      await store.workshops.remove(workshopId, 9);
      expect(await store.strategies.workshopIds('s')).toEqual([]);
    });
  });
}
