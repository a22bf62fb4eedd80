import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, textOf, until } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*');
});
afterEach(() => room.close());

describe('people at one board', () => {
  test('[P1] stock clients of both protocols converge, and see each other under the names the server knows', async () => {
    const a = room.join(room.person('a', { name: 'A', organisation: 'Union' }));
    const b = room.join(room.person('b', { name: 'B' }));
    const y = room.joinYjs(room.person('y', { name: 'Y' }));
    const z = room.joinYjs(room.person('z', { name: 'Z' }));
    await until('all are in', () => a.provider.synced && b.provider.synced && y.provider.synced && z.provider.synced);
    const clients = [a, b, y, z];
    const ids = clients.map((client, index) => addNote(client.doc, `note ${index}`));
    await until('all have all', () => clients.every((client) => notes(client.doc).length === 4));
    for (const client of clients)
      expect(ids.map((id) => textOf(client.doc, id))).toEqual(['note 0', 'note 1', 'note 2', 'note 3']);
    await until('a has been told that all is saved', () => !a.provider.hasUnsyncedChanges);

    a.provider.setAwarenessField('cursor', { x: 3, y: 4, zone: 'z', evil: '<b>' });
    a.provider.setAwarenessField('user', { name: 'Somebody else', colour: '#aa0000' });
    y.provider.awareness.setLocalStateField('cursor', { x: 5, y: 6 });
    const aSeen = {
      cursor: { x: 3, y: 4, zone: 'z' },
      user: { name: 'A', organisation: 'Union', kind: 'participant', colour: '#aa0000', color: '#aa0000' },
    };
    await until('z sees a', () =>
      JSON.stringify(z.provider.awareness.getStates().get(a.doc.clientID) ?? {}).includes('#aa0000'),
    );
    expect(z.provider.awareness.getStates().get(a.doc.clientID)).toEqual(aSeen);
    await until('b sees y', () => b.provider.awareness?.getStates().get(y.doc.clientID)?.['cursor'] !== undefined);
    expect(b.provider.awareness?.getStates().get(y.doc.clientID)?.['user']).toEqual({
      name: 'Y',
      organisation: 'Body',
      kind: 'participant',
    });
    y.provider.destroy();
    await until('b no longer sees y', () => !b.provider.awareness?.getStates().has(y.doc.clientID), 1_000);
  });

  test('[P1] whoever joins while others write has everything as soon as they are told so', async () => {
    const writer = await Raw.join(room, room.person('w'));
    let written = 0;
    const joined: number[] = [];
    const writing = (async () => {
      for (; written < 60; written += 1)
        expect(await writer.write(updateOf(writer.doc, (doc) => addNote(doc, 'x', `n${written}`)))).toBe(1);
    })();
    await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await pause(index * 5);
        const before = written;
        const client = room.join(room.person(`p${index}`));
        await until('in', () => client.provider.synced);
        expect(notes(client.doc).length).toBeGreaterThanOrEqual(before);
        expect(client.doc.store.pendingStructs).toBeNull();
        joined.push(index);
        await until('all', () => notes(client.doc).length === 60, 10_000);
      }),
    );
    await writing;
    expect(joined.length).toBe(40);
    writer.close();
  });
});
