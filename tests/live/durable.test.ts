import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { GroupCommit } from '#server/live/log.ts';
import { MemoryLog } from '#server/live/memory.ts';
import { mergeLog } from '#server/live/restore.ts';
import type { Append } from '#server/live/ports.ts';
import { sqliteEngine } from '../contract/stores.ts';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, textOf, until } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*');
});
afterEach(() => room.close());

/** The document as the log alone tells it. */
async function stored(document = BOARD): Promise<Y.Doc> {
  const { state, updates } = await room.log.load(document);
  const doc = new Y.Doc();
  if (state) Y.applyUpdateV2(doc, state);
  for (const { update } of updates) Y.applyUpdate(doc, update);
  return doc;
}

describe('saved before seen', () => {
  test('[P2] when an edit is acknowledged, and when a peer sees it, it is in the log', async () => {
    const a = await Raw.join(room, room.person('a'));
    const b = await Raw.join(room, room.person('b'));
    room.log.delay = 30;
    const order: string[] = [];
    b.doc.on('update', () => order.push(`seen ${room.log.rows.length}`));
    const answered = a.write(updateOf(a.doc, (doc) => addNote(doc, 'x', 'n1')));
    await pause(15);
    expect([room.log.rows.length, notes(b.doc).length, a.statuses.length]).toEqual([0, 0, 0]);
    expect(await answered).toBe(1);
    expect(room.log.rows.length).toBe(1);
    await until('seen', () => order.length > 0);
    expect(order).toEqual(['seen 1']);
    for (const one of [a, b]) one.close();
  });

  test('[P3] a failed append is not acknowledged and not seen; the client brings it again when the store answers', async () => {
    const a = room.join(room.person('a'));
    const y = room.joinYjs(room.person('y'));
    const b = await Raw.join(room, room.person('b'));
    await until('in', () => a.provider.synced && y.provider.synced);
    addNote(a.doc, 'before', 'n0');
    await until('all', () => notes(y.doc).length === 1 && notes(b.doc).length === 1);
    room.log.failure = new Error('disk full');
    addNote(a.doc, 'while', 'n1');
    addNote(y.doc, 'while', 'n2');
    await pause(150);
    expect(a.provider.hasUnsyncedChanges).toBe(true);
    expect(a.statuses.filter((status) => status === 0)).toEqual([]);
    expect(notes(b.doc)).toEqual(['n0']);
    expect(room.log.rows.length).toBe(1);
    room.log.failure = null;
    await until('both are back', () => notes(b.doc).length === 3 && !a.provider.hasUnsyncedChanges);
    expect(notes(await stored())).toEqual(['n0', 'n1', 'n2']);
    b.close();
  });

  test('[P2] a process that dies takes nothing with it that was acknowledged', async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < 5; round += 1) {
      const writers = await Promise.all(
        Array.from({ length: 6 }, (_, index) => Raw.join(room, room.person(`p${round}-${index}`))),
      );
      await Promise.all(
        writers.map(async (writer, index) => {
          for (let step = 0; step < 8; step += 1) {
            const id = `r${round}w${index}s${step}`;
            if ((await writer.write(updateOf(writer.doc, (doc) => addNote(doc, id, id))).catch(() => null)) === 1)
              acknowledged.add(id);
          }
        }),
      );
      // One more each, whose answer never comes.
      for (const writer of writers)
        writer.sync(
          2,
          updateOf(writer.doc, (doc) => addNote(doc, 'late')),
        );
      for (const writer of writers) writer.close();
      await room.crash();
      if (round === 2) await room.log.compact(BOARD, (await import('#server/live/restore.ts')).mergeLog);
    }
    const reader = await Raw.join(room, room.person('reader'));
    expect(acknowledged.size).toBe(240);
    for (const id of acknowledged) expect(textOf(reader.doc, id)).toBe(id);
    reader.close();
  });

  test('[P2] the same on a real store', async () => {
    const engine = sqliteEngine();
    const store = await engine.open();
    const real = await new Room(store.log).open();
    real.access.allow(BOARD, '*', { recordAuthors: true });
    const token = real.person('a');
    const a = real.join(token);
    const y = real.joinYjs(real.person('y'));
    await until('in', () => a.provider.synced && y.provider.synced);
    for (let index = 0; index < 50; index += 1) addNote(index % 2 === 0 ? a.doc : y.doc, `note ${index}`, `n${index}`);
    await until('saved', () => !a.provider.hasUnsyncedChanges && notes(a.doc).length === 50);
    real.access.allow(BOARD, '*', { write: false });
    await real.live.reconsider([BOARD]);
    addNote(a.doc, 'refused', 'refused');
    await until('refused', () => a.statuses.includes(0));
    real.access.allow(BOARD, '*');
    await real.crash();
    const again = real.join(token, BOARD, a.doc);
    const reader = await Raw.join(real, real.person('reader'));
    await until('answered', () => again.statuses.length > 0);
    expect(again.statuses).toEqual([0]);
    expect(notes(reader.doc).length).toBe(50);
    expect((await store.notes.authorsOf('b1')).length).toBe(50);
    reader.close();
    await real.close();
    await engine.stop();
  });

  test('[P16] a long log is compacted behind everybody’s back, and a closed document opens from it', async () => {
    const a = await Raw.join(room, room.person('a'));
    await a.write(updateOf(a.doc, (doc) => addNote(doc, 'x', 'n1')));
    await until('echo', () => notes(a.doc).length === 1);
    for (let index = 0; index < 520; index += 1)
      await room.live.edit(
        BOARD,
        (doc) => void doc.getMap<Y.Map<unknown>>('notes').get('n1')?.set('at', ['z', index, 0]),
      );
    await until('compacted', () => room.log.states.has(BOARD));
    expect(room.log.rows.length).toBeLessThan(60);
    a.close();
    await until('closed', () => room.live.counts().documents === 0);
    const b = await Raw.join(room, room.person('b'));
    expect(b.doc.getMap<Y.Map<unknown>>('notes').get('n1')?.get('at')).toEqual(['z', 519, 0]);
    b.close();
  });

  test('[P2] a document loaded from the log reaches its first reader once', async () => {
    await room.live.edit(BOARD, (doc) => void addNote(doc, 'x'.repeat(2000), 'n1'));
    await until('closed', () => room.live.counts().documents === 0);
    const a = await Raw.join(room, room.person('a'));
    await pause(50);
    expect(a.heard.filter((frame) => frame === '0/1' || frame === '0/2')).toEqual(['0/1']);
    a.close();
  });
});

describe('the server’s own writes', () => {
  test('[P15] are durable when they resolve, reach everybody, and cannot be forged', async () => {
    const a = await Raw.join(room, room.person('a'));
    await room.live.edit(BOARD, (doc) => void addNote(doc, 'from the server', 's1'));
    expect(notes(await stored())).toEqual(['s1']);
    await until('seen', () => notes(a.doc).length === 1);
    const [server] = [...(await stored()).store.clients.keys()];
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'forged', 'f1'), server))).toBe(0);
    expect(room.log.rows.map(({ personId }) => personId)).toEqual([null]);
    a.close();
  });

  test('[P15] one that fails changes nothing and says so; one that throws likewise', async () => {
    await room.live.edit(BOARD, (doc) => void addNote(doc, 'x', 's1'));
    room.log.failure = new Error('disk full');
    await expect(room.live.edit(BOARD, (doc) => void addNote(doc, 'x', 's2'))).rejects.toThrow('did not take');
    room.log.failure = null;
    const broken = room.live.edit(BOARD, (doc) => {
      addNote(doc, 'x', 's3');
      throw new Error('rule');
    });
    await expect(broken).rejects.toThrow('rule');
    await room.live.edit(BOARD, (doc) => void addNote(doc, 'x', 's4'));
    expect(await room.live.read(BOARD, notes)).toEqual(['s1', 's4']);
    expect(notes(await stored())).toEqual(['s1', 's4']);
  });

  test('[P15] reading opens nothing and sees what is saved', async () => {
    await room.live.edit('board/other', (doc) => void addNote(doc, 'x', 's1'));
    await until('closed', () => room.live.counts().documents === 0);
    expect(await room.live.read('board/other', notes)).toEqual(['s1']);
    expect(room.live.counts().documents).toBe(0);
  });
});

describe('group commit', () => {
  const edit = (document: string): Append => ({
    document,
    update: new Uint8Array([0, 0]),
    personId: null,
    claims: [],
    createdNotes: [],
  });

  test('[P4] what comes within a moment, or while a transaction is under way, is one transaction, in order', async () => {
    const log = new MemoryLog();
    log.delay = 10;
    const commit = new GroupCommit(log);
    const first = Array.from({ length: 20 }, () => commit.append(edit('a')));
    await pause(6);
    const second = Array.from({ length: 30 }, () => commit.append(edit('b')));
    const seqs = await Promise.all([...first, ...second]);
    expect(log.batches).toEqual([20, 30]);
    expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    await commit.idle();
    expect(commit.pending).toBe(0);
  });

  test('[P4] a document that cannot be written takes no other with it, and what waits behind its edit is refused too', async () => {
    class OneFails extends MemoryLog {
      override append(edits: readonly Append[]): Promise<readonly number[]> {
        if (edits.some(({ document }) => document === 'gone'))
          return pause(5).then(() => Promise.reject(new Error('gone')));
        return super.append(edits);
      }
    }
    const commit = new GroupCommit(new OneFails());
    const early = [commit.append(edit('gone')), commit.append(edit('fine')), commit.append(edit('gone'))];
    await pause(5);
    const late = [commit.append(edit('gone')), commit.append(edit('fine'))];
    const results = await Promise.allSettled([...early, ...late]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });
});

describe('the end', () => {
  test('[P17] on the way down what was received is saved and answered, then every socket is told to come back', async () => {
    const writers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => Raw.join(room, room.person(`p${index}`))),
    );
    room.log.delay = 40;
    for (const [index, writer] of writers.entries())
      writer.sync(
        2,
        updateOf(writer.doc, (doc) => addNote(doc, 'x', `n${index}`)),
      );
    await pause(30);
    const begun = Date.now();
    await room.live.close();
    expect(Date.now() - begun).toBeLessThan(5_000);
    await until('closed', () => writers.every(({ closeCode }) => closeCode === 1012));
    const saved = writers.filter(({ statuses }) => statuses[0] === 1).length;
    expect(saved).toBe(20);
    expect(notes(await stored()).length).toBe(20);
  });
});

describe('what comes after a bad moment', () => {
  test('[P66] an edit that comes from a queue before what it builds on waits for the first sync, and both are saved', async () => {
    const raw = await Raw.join(room, room.person('a'));
    const doc = new Y.Doc();
    addNote(doc, 'lost on the way', 'n1');
    const vector = Y.encodeStateVector(doc);
    addNote(doc, 'from the queue', 'n2');
    const queued = raw.write(Y.encodeStateAsUpdate(doc, vector));
    await pause(50);
    expect(raw.statuses).toEqual([]);
    raw.sync(1, Y.encodeStateAsUpdate(doc));
    expect(await queued).toBe(1);
    await until('both', () => raw.statuses.length === 2);
    expect([raw.statuses, notes(await stored())]).toEqual([
      [1, 1],
      ['n1', 'n2'],
    ]);
    raw.close();
  });

  test('[P67] a row of the log that cannot be read costs that row and what builds on it, never the board', async () => {
    const a = await Raw.join(room, room.person('a'));
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'whole', 'n1')))).toBe(1);
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'broken', 'n2'), 4711))).toBe(1);
    a.close();
    room.log.rows[1] = { ...(room.log.rows[1] as (typeof room.log.rows)[0]), update: new Uint8Array([1, 1, 255, 255]) };
    await room.crash();
    const b = await Raw.join(room, room.person('b'));
    expect(notes(b.doc)).toEqual(['n1']);
    expect(await b.write(updateOf(b.doc, (doc) => addNote(doc, 'after', 'n3')))).toBe(1);
    await expect(room.log.compact(BOARD, mergeLog)).rejects.toThrow();
    expect(room.log.rows.length).toBe(3);
    b.close();
  });
});
