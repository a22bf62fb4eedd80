/** The exam of `store.workshops`: whole or not at all, found in every alphabet, one of two leaders wins, tombstones. */
import { describe, expect, test } from 'vitest';
import { fold } from '#core/people/names.ts';
import type { Store } from '#server/store/port.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

export function registerWorkshopsContract(open: () => Promise<Store>): void {
  describe('workshops', () => {
    test('[R44] a workshop is found by id, code, link and projector key, until it is deleted: then by nothing', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store, [{ name: 'ГАМСУМО', seats: 5 }]);
      const workshop = await store.workshops.byId(workshopId);
      expect(workshop?.heldOn).toBe('2020-03-09');
      expect((await store.workshops.byCode(workshop?.joinCode ?? ''))?.id).toBe(workshopId);
      expect((await store.workshops.byLink(workshop?.linkToken ?? ''))?.id).toBe(workshopId);
      expect((await store.workshops.byScreenKey(workshop?.screenKey ?? ''))?.id).toBe(workshopId);
      expect((await store.workshops.organisations(workshopId)).map(({ name, seats }) => [name, seats])).toEqual([
        ['ГАМСУМО', 5],
      ]);
      await store.workshops.remove(workshopId, 9);
      expect(await store.workshops.byId(workshopId)).toBeNull();
      expect(await store.workshops.byCode(workshop?.joinCode ?? '')).toBeNull();
      expect(await store.workshops.list({ search: '', archived: false, after: null, limit: 10 })).toEqual([]);
    });

    test('[L40] search finds ң ө ү where only н о у were typed, in any case, and takes no wildcard', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      await store.workshops.change(workshopId, { title: 'Өнүгүү стратегиясы', titleNorm: fold('Өнүгүү стратегиясы') });
      const found = async (query: string) =>
        (await store.workshops.list({ search: fold(query), archived: false, after: null, limit: 10 })).length;
      expect(await found('ӨНҮГҮҮ')).toBe(1);
      expect(await found('онугуу')).toBe(1);
      expect(await found('Стратегия')).toBe(1);
      expect(await found('бюджет')).toBe(0);
      expect(await found('%бюджет%')).toBe(0);
    });

    test('[S40] of two leaders who saw the same state one wins and the other is told', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      const state = {
        stageId: null,
        startedAt: 1,
        endsAt: 2,
        locked: true,
        private: false,
        anonymous: false,
        revision: 0,
      };
      const tries = await Promise.all([
        store.workshops.setStage(workshopId, state, 0),
        store.workshops.setStage(workshopId, state, 0),
      ]);
      expect(tries.sort()).toEqual([false, true]);
      expect((await store.workshops.byId(workshopId))?.revision).toBe(1);
    });

    test('[R45] lists go on after the last one seen; archived ones stand apart', async () => {
      const store = await open();
      const ids: string[] = [];
      for (let made = 0; made < 5; made++) ids.push((await insertWorkshop(store)).workshopId);
      const seen: string[] = [];
      let after: string | null = null;
      for (;;) {
        const page = await store.workshops.list({ search: '', archived: false, after, limit: 2 });
        if (page.length === 0) break;
        seen.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id ?? null;
      }
      expect([...seen].sort()).toEqual([...ids].sort());
      await store.workshops.archive(ids[0] ?? '', 7);
      expect(await store.workshops.list({ search: '', archived: false, after: null, limit: 10 })).toHaveLength(4);
      expect((await store.workshops.list({ search: '', archived: true, after: null, limit: 10 }))[0]?.archivedAt).toBe(
        7,
      );
    });

    test('[R46] two people of one new organisation make one organisation', async () => {
      const store = await open();
      const { workshopId } = await insertWorkshop(store);
      await Promise.all(
        ['a', 'b', 'c'].map((id) =>
          store.workshops.insertOrganisation(
            workshopId,
            { id, name: 'Айыл өкмөтү', seats: null },
            fold('Айыл өкмөтү'),
            0,
          ),
        ),
      );
      expect(await store.workshops.organisations(workshopId)).toHaveLength(1);
      expect((await store.workshops.organisationByName(workshopId, fold('айыл окмоту')))?.name).toBe('Айыл өкмөтү');
    });
  });
}
