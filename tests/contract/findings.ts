/** The exam of what stands beside a board: bonds with their anchors, findings, marks of change, denied likeness. */
import { describe, expect, test } from 'vitest';
import type { Store } from '#server/store/port.ts';

export function registerFindingsContract(open: () => Promise<Store>): void {
  describe('bonds and findings', () => {
    test('[B61] a bond keeps the notes that lay in the group it was made to', async () => {
      const { notes } = await open();
      await notes.recordOrigins('tows', [
        { itemId: 'o', source: 'bond', fromBoard: 'swot', fromItem: 'g', anchors: ['a', 'b'] },
        { itemId: 'o', source: 'bond', fromBoard: 'swot', fromItem: 'n', anchors: [] },
        { itemId: 'o', source: 'seed', fromBoard: 'swot', fromItem: 's' },
      ]);
      const kept = await notes.originsOf('tows');
      expect(kept.map(({ fromItem, anchors }) => [fromItem, anchors]).sort()).toEqual([
        ['g', ['a', 'b']],
        ['n', undefined],
        ['s', undefined],
      ]);
      await notes.dropBonds('tows', 'o');
      expect((await notes.originsOf('tows')).map(({ fromItem }) => fromItem)).toEqual(['s']);
    });

    test('[S83] a finding is kept once an action, its time as a number', async () => {
      const { findings } = await open();
      const finding = { noteId: 'a', evidence: 'https://stat.kg', cause: 'Ң Ө Ү', verdict: null, confirmedAt: null };
      await findings.put('board', finding);
      await findings.put('board', { ...finding, verdict: 'Выполнено', confirmedAt: 1_583_700_000_000 });
      expect(await findings.of('board')).toEqual([
        { ...finding, verdict: 'Выполнено', confirmedAt: 1_583_700_000_000 },
      ]);
      expect(await findings.of('other')).toEqual([]);
    });

    test('[B62] marks grow one by one, also in a transaction and at once', async () => {
      const store = await open();
      for (let time = 0; time < 3; time += 1) await store.transaction(({ findings }) => findings.mark('a'));
      await Promise.all([store.findings.mark('b'), store.findings.mark('b')]);
      expect(await store.findings.marks(['a', 'b', 'c'])).toEqual({ a: 3, b: 2 });
      expect(await store.findings.marks([])).toEqual({});
    });

    test('[B65] likeness is denied once, whatever the order of the notes', async () => {
      const { findings } = await open();
      await findings.setUnlike('board', ['b', 'a']);
      await findings.setUnlike('board', ['a', 'b']);
      expect([...(await findings.unlike('board'))]).toEqual(['a b']);
    });
  });
}
