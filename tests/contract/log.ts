/** The exam of `store.log`: durable in order, all or nothing, compacted from the store alone, numbers never used twice. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Append } from '#server/live/ports.ts';
import type { Store } from '#server/store/port.ts';

const edit = (document: string, update: Uint8Array, over: Partial<Append> = {}): Append => ({
  document,
  update,
  personId: null,
  claims: [],
  createdNotes: [],
  ...over,
});

const merge = (state: Uint8Array | null, updates: readonly Uint8Array[]): Uint8Array => {
  const doc = new Y.Doc();
  if (state) Y.applyUpdateV2(doc, state);
  for (const update of updates) Y.applyUpdate(doc, update);
  return Y.encodeStateAsUpdateV2(doc);
};

/** The text of a document as the log would load it. */
async function loaded(store: Store, document: string): Promise<string> {
  const { state, updates } = await store.log.load(document);
  const doc = new Y.Doc();
  if (state) Y.applyUpdateV2(doc, state);
  for (const { update } of updates) Y.applyUpdate(doc, update);
  return doc.getText('t').toString();
}

function typist(): (letter: string) => Uint8Array {
  const doc = new Y.Doc();
  return (letter) => {
    const before = Y.encodeStateVector(doc);
    doc.getText('t').insert(doc.getText('t').length, letter);
    return Y.encodeStateAsUpdate(doc, before);
  };
}

export function registerLogContract(
  open: () => Promise<Store>,
  again: (store: Store) => Promise<Store> = (store) => Promise.resolve(store),
): void {
  describe('the update log', () => {
    test('[P40] what was appended is loaded in order, document by document', async () => {
      const store = await open();
      const type = typist();
      const seqs = await store.log.append([
        edit('board/a', type('Ө')),
        edit('board/a', type('ң')),
        edit('board/b', typist()('x')),
      ]);
      expect([...seqs].sort((a, b) => a - b)).toEqual(seqs);
      expect(await loaded(store, 'board/a')).toBe('Өң');
      expect(await loaded(store, 'board/b')).toBe('x');
      const unknown = await store.log.load('board/unknown');
      expect([unknown.state, unknown.updates]).toEqual([null, []]);
    });

    test('[P41] a batch is durable as a whole or not at all', async () => {
      const store = await open();
      const broken = { ...edit('board/a', typist()('b')), document: null as unknown as string };
      await expect(store.log.append([edit('board/a', typist()('a')), broken])).rejects.toThrow();
      expect(await loaded(store, 'board/a')).toBe('');
    });

    test('[P42] compaction keeps everything, may run twice or beside appends, and no number is used again', async () => {
      const store = await open();
      const type = typist();
      const before = await store.log.append([edit('board/a', type('1')), edit('board/a', type('2'))]);
      await store.log.compact('board/a', merge);
      await store.log.compact('board/a', merge);
      expect((await store.log.load('board/a')).updates).toEqual([]);
      expect(await loaded(store, 'board/a')).toBe('12');
      const after = await store.log.append([edit('board/a', type('3'))]);
      expect(after[0]).toBeGreaterThan(before[1] ?? 0);
      const rest = ['4', '5', '6'].map((letter) => type(letter));
      await Promise.all([
        store.log.compact('board/a', merge),
        ...rest.map((update) => store.log.append([edit('board/a', update)])),
      ]);
      await store.log.compact('board/a', merge);
      expect(await loaded(store, 'board/a')).toBe('123456');
    });

    test('[P43] a Yjs client id belongs to the first who wrote with it; refused ids are remembered', async () => {
      const store = await open();
      await store.log.append([edit('board/a', typist()('a'), { personId: 'p', claims: [4_000_000_000] })]);
      const late = [edit('board/a', typist()('b'), { personId: 'q', claims: [4_000_000_000] })];
      await expect(store.log.append(late)).rejects.toThrow();
      expect(await loaded(store, 'board/a')).toBe('a');
      await store.log.append([edit('board/a', typist()('c'), { personId: 'p', claims: [4_000_000_000] })]);
      expect(await store.log.ownerOf('board/a', 4_000_000_000)).toBe('p');
      expect(await store.log.ownerOf('board/b', 4_000_000_000)).toBeNull();
      await store.log.refuseClients('board/a', [7, 8]);
      await store.log.refuseClients('board/a', [8, 4_294_967_295]);
      expect([...(await store.log.refusedClients('board/a'))].sort((a, b) => a - b)).toEqual([7, 8, 4_294_967_295]);
    });

    test('[P60] a reader who comes back sees everything that was committed since, compacted or not', async () => {
      const store = await open();
      const type = typist();
      const doc = new Y.Doc();
      let mark = (await store.log.load('board/a')).mark;
      const read = async (): Promise<string> => {
        const reading = await store.log.since('board/a', mark);
        mark = reading.mark;
        if (reading.state) Y.applyUpdateV2(doc, reading.state);
        for (const { update } of reading.updates) Y.applyUpdate(doc, update);
        return doc.getText('t').toString();
      };
      await store.log.append([edit('board/a', type('1')), edit('board/b', typist()('x'))]);
      expect(await read()).toBe('1');
      await store.log.append([edit('board/a', type('2'))]);
      await store.log.compact('board/a', merge);
      expect(await read()).toBe('12');
      await store.log.append([edit('board/a', type('3'))]);
      await store.log.compact('board/a', merge);
      await store.log.append([edit('board/a', type('4'))]);
      expect(await read()).toBe('1234');
      expect((await store.log.since('board/a', mark)).state).toBeNull();
    });

    test('[P60] many writers, compaction and a reader at once, through two instances: the reader misses nothing', async () => {
      const one = await open();
      const other = await again(one);
      const typists = Array.from({ length: 6 }, () => typist());
      let mark = (await one.log.load('board/a')).mark;
      const doc = new Y.Doc();
      const read = async (): Promise<void> => {
        const reading = await other.log.since('board/a', mark);
        mark = reading.mark;
        if (reading.state) Y.applyUpdateV2(doc, reading.state);
        for (const { update } of reading.updates) Y.applyUpdate(doc, update);
      };
      let isWriting = true;
      const reading = (async () => {
        while (isWriting) {
          await read();
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
      })();
      await Promise.all(
        typists.map(async (type, index) => {
          const { log } = index % 2 === 0 ? one : other;
          for (let at = 0; at < 30; at += 1) {
            await log.append([edit('board/a', type('x')), edit(`board/other-${index}`, typist()('y'))]);
            if (at % 10 === 9) await log.compact('board/a', merge);
          }
        }),
      );
      isWriting = false;
      await reading;
      await read();
      const { state, updates } = await one.log.load('board/a');
      const whole = new Y.Doc();
      if (state) Y.applyUpdateV2(whole, state);
      for (const { update } of updates) Y.applyUpdate(whole, update);
      expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(whole));
      expect([...Y.decodeStateVector(Y.encodeStateVector(doc)).values()].length).toBe(6);
      expect(doc.store.pendingStructs).toBeNull();
    });

    test('[P44] who created a note is recorded with the edit that created it', async () => {
      const store = await open();
      await store.log.append([edit('board/a', typist()('a'), { personId: 'p', createdNotes: ['n'] })]);
      expect((await store.notes.authorsOf('a')).map(({ noteId, personId }) => [noteId, personId])).toEqual([
        ['n', 'p'],
      ]);
    });
  });
}
