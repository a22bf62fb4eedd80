import { HocuspocusProvider } from '@hocuspocus/provider';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, textOf, until } from './room.ts';

let room: Room;
let peer: Raw;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*');
  peer = await Raw.join(room, room.person('peer'));
});
afterEach(async () => {
  peer.close();
  await room.close();
});

const lock = async (isLocked: boolean): Promise<void> => {
  room.access.allow(BOARD, '*', { write: !isLocked });
  await room.live.reconsider([BOARD]);
};

describe('a locked board', () => {
  test('[P5] each write has one answer, in order; step 1 of the server follows its step 2; readers synchronise', async () => {
    await peer.write(updateOf(peer.doc, (doc) => addNote(doc, 'before', 'n0')));
    await lock(true);
    const reader = await Raw.join(room, room.person('reader'));
    expect(reader.scope).toBe('readonly');
    expect(notes(reader.doc)).toEqual(['n0']);
    await until('step 1', () => reader.heard.includes('0/0'));
    expect(reader.heard.indexOf('0/0')).toBeGreaterThan(reader.heard.indexOf('0/1'));
    expect(await reader.write(new Uint8Array([0, 0]), 1)).toBe(1);
    expect(await reader.write(Y.encodeStateAsUpdate(reader.doc), 1)).toBe(1);
    for (const id of ['x1', 'x2', 'x3'])
      reader.sync(
        2,
        updateOf(reader.doc, (doc) => addNote(doc, id, id)),
      );
    reader.sync(1, Y.encodeStateAsUpdate(reader.doc));
    await until('an answer to each', () => reader.statuses.length === 6);
    expect(reader.statuses).toEqual([1, 1, 0, 0, 0, 1]);
    expect(reader.notices).toEqual([1, 2, 3].map(() => ({ refused: 'board-locked' })));
    expect(notes(peer.doc)).toEqual(['n0']);
    reader.close();
  });

  test('[P6] what was refused does not come back after the unlock: not by the same client, not by another, not after a restart', async () => {
    const token = room.person('a');
    const a = room.join(token);
    const y = room.joinYjs(room.person('y'));
    await until('in', () => a.provider.synced && y.provider.synced);
    const kept = addNote(a.doc, 'kept');
    await until('saved', () => !a.provider.hasUnsyncedChanges && notes(y.doc).length === 1);
    await lock(true);
    addNote(a.doc, 'refused', 'r1');
    addNote(y.doc, 'refused', 'r2');
    a.doc.getMap('notes').delete(kept);
    await until('told', () => a.statuses.filter((status) => status === 0).length === 2 && y.closes.length > 0);
    expect(y.closes[0]).toBe(4409);
    expect(y.provider.shouldConnect).toBe(false);
    await lock(false);
    addNote(a.doc, 'after', 'r3');
    a.provider.forceSync();
    y.provider.connect();
    await until('refused again', () => y.closes.length > 1 && a.statuses.filter((status) => status === 0).length >= 4);
    // Somebody else who got hold of that replica brings it no further.
    expect(await peer.write(Y.encodeStateAsUpdate(a.doc), 1)).toBe(0);
    await room.crash();
    const back = room.join(token, BOARD, a.doc);
    await until('back', () => back.statuses.length > 0);
    expect(back.statuses).toEqual([0]);
    const fresh = room.join(token);
    await until('fresh', () => fresh.provider.synced && notes(fresh.doc).length === 1);
    expect(textOf(fresh.doc, kept)).toBe('kept');
    addNote(fresh.doc, 'welcome', 'ok');
    await until('saved', () => !fresh.provider.hasUnsyncedChanges);
    expect(notes(fresh.doc)).toEqual([kept, 'ok'].sort());
  });

  test('[P6] a deletion that was refused does not come back either', async () => {
    await peer.write(updateOf(peer.doc, (doc) => addNote(doc, 'stays', 'n0')));
    const a = room.join(room.person('a'));
    await until('in', () => a.provider.synced && notes(a.doc).length === 1);
    await lock(true);
    a.doc.getMap('notes').delete('n0');
    await until('told', () => a.statuses.includes(0));
    await lock(false);
    a.provider.configuration.websocketProvider.webSocket?.close();
    const before = a.statuses.length;
    await until('back', () => a.statuses.length > before);
    await pause(50);
    expect(notes(peer.doc)).toEqual(['n0']);
    expect(a.statuses.at(-1)).toBe(0);
  });

  test('[P6] the room document takes nothing from anybody', async () => {
    room.access.allow('room/w1', '*', { write: false, whyNot: 'by-command-only', workshopId: 'w1' });
    const raw = await Raw.join(room, room.person('a'), 'room/w1');
    expect(await raw.write(updateOf(raw.doc, (doc) => doc.getMap('room').set('status', 'closed')))).toBe(0);
    expect(raw.notices).toEqual([{ refused: 'by-command-only' }]);
    room.access.allow('room/w1', '*', { write: true, workshopId: 'w1' });
    const wrong = await Raw.join(room, room.person('b'), 'room/w1');
    expect(await wrong.write(updateOf(wrong.doc, (doc) => doc.getMap('room').set('status', 'closed')))).toBe(0);
    expect(await room.live.read('room/w1', (doc) => doc.getMap('room').size)).toBe(0);
    for (const one of [raw, wrong]) one.close();
  });
});

describe('a fresh replica', () => {
  test('[P6] on the same socket, at once, while the last write of the old one is still being saved', async () => {
    const old = room.join(room.person('a'));
    await until('in', () => old.provider.synced);
    room.log.delay = 60;
    const id = addNote(old.doc, 'last words');
    const { websocketProvider } = old.provider.configuration;
    await pause(5);
    old.provider.destroy();
    const doc = new Y.Doc();
    const fresh = new HocuspocusProvider({ websocketProvider, name: BOARD, document: doc, token: 'token-a' });
    fresh.attach();
    await until(
      'in again, with what was written last',
      () => fresh.isAuthenticated && fresh.synced && notes(doc).includes(id),
    );
    addNote(doc, 'first words');
    await until('saved', () => !fresh.hasUnsyncedChanges);
    fresh.destroy();
    doc.destroy();
  });
});

describe('rights that change', () => {
  test('[P10] a demotion holds for what is already on the way; a promotion needs no new connection', async () => {
    const a = await Raw.join(room, room.person('a'));
    room.log.delay = 20;
    const updates = Array.from({ length: 20 }, (_, index) => updateOf(a.doc, (doc) => addNote(doc, 'x', `k${index}`)));
    for (const update of updates) a.sync(2, update);
    await until('the first is saved', () => a.statuses.length > 0);
    await lock(true);
    const saved = a.statuses.filter((status) => status === 1).length;
    await until('all are answered', () => a.statuses.length === 20);
    const landed = a.statuses.filter((status) => status === 1).length;
    // The one that was being written when the lock fell may finish.
    expect(landed - saved).toBeLessThanOrEqual(1);
    await until('peer has what was saved', () => notes(peer.doc).length === landed);
    await lock(false);
    await until('told', () => a.scope === 'read-write');
    expect(await peer.write(updateOf(peer.doc, (doc) => addNote(doc, 'y', 'y1')))).toBe(1);
    expect(notes(peer.doc)).not.toContain('k19');
    a.close();
  });

  test('[P10] whoever was removed is out within a moment, with everything that was on the way, and stays out', async () => {
    const token = room.person('a');
    const a = await Raw.join(room, token);
    const y = room.joinYjs(token);
    await until('in', () => y.provider.synced);
    for (let index = 0; index < 20; index += 1)
      a.sync(
        2,
        updateOf(a.doc, (doc) => addNote(doc, 'x', `k${index}`)),
      );
    room.access.people.delete(token);
    const begun = Date.now();
    await room.live.cut('a');
    await until('out', () => a.closeCode !== null && y.closes.length > 0);
    expect(Date.now() - begun).toBeLessThan(1_000);
    expect([a.closeCode, y.closes[0]]).toEqual([4403, 4403]);
    await pause(100);
    const landed = notes(peer.doc).length;
    expect(landed).toBeLessThanOrEqual(1);
    const again = await Raw.join(room, token);
    expect(again.denied).toBe('sign-in-needed');
    again.close();
  });

  test('[P10] whoever loses a document is shown out of it; who keeps others keeps the socket', async () => {
    room.access.allow('board/b2', '*');
    const a = await Raw.join(room, room.person('a'));
    a.auth('token-a', 'board/b2');
    await pause(50);
    room.access.rights.delete(BOARD);
    await room.live.reconsider([BOARD]);
    await until('told', () => a.closed !== null);
    expect([a.closed, a.closeCode]).toEqual(['forbidden', null]);
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'x')))).toBe(0);
    room.access.rights.delete('board/b2');
    await room.live.reconsider(['board/b2']);
    await until('closed', () => a.closeCode === 4403);
  });

  test('[P10] a document that is deleted ends for everybody', async () => {
    await room.live.forget(BOARD);
    await until('closed', () => peer.closed === 'not-found');
    expect(room.live.counts().documents).toBe(0);
  });
});
