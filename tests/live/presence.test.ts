import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cleanState } from '#server/live/presence.ts';
import { Raw } from './raw.ts';
import { BOARD, pause, Room, until, type Client } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*');
});
afterEach(() => room.close());

const seen = (client: Client, clientId: number): Record<string, unknown> | undefined =>
  client.provider.awareness?.getStates().get(clientId);

describe('presence', () => {
  test('[P11] a client says where it is, never who; one connection speaks for one client id', async () => {
    const alice = room.join(room.person('alice', { name: 'Alice' }));
    const bob = room.join(room.person('bob', { name: 'Bob' }));
    await until('in', () => alice.provider.synced && bob.provider.synced);
    alice.provider.setAwarenessField('cursor', { x: 1, y: 2 });
    await until('seen', () => seen(bob, alice.doc.clientID)?.['cursor'] !== undefined);
    const mallory = await Raw.join(room, room.person('mallory', { name: 'Mallory' }));
    const ghosts = Array.from({ length: 50 }, (_, index): [number, number, unknown] => [
      1_000 + index,
      1,
      { user: { name: 'ghost' } },
    ]);
    mallory.presence([[alice.doc.clientID, 999, { user: { name: 'forged' } }]]);
    mallory.presence([
      [55, 1, { user: { name: 'Alice', role: 'facilitator' }, cursor: { x: NaN, y: 1 }, html: '<img onerror=x>' }],
      ...ghosts,
    ]);
    mallory.presence([[alice.doc.clientID, 1000, null]]);
    mallory.presence([[56, 1, {}]]);
    await until('seen', () => seen(bob, 55) !== undefined);
    await pause(50);
    expect(seen(bob, 55)).toEqual({ user: { name: 'Mallory', organisation: 'Body', kind: 'participant' } });
    expect([...(bob.provider.awareness?.getStates().keys() ?? [])].sort()).toEqual(
      [55, alice.doc.clientID, bob.doc.clientID].sort(),
    );
    for (const client of [alice, bob])
      expect(seen(client, alice.doc.clientID)).toMatchObject({ cursor: { x: 1, y: 2 } });
    expect(seen(bob, alice.doc.clientID)?.['user']).toMatchObject({ name: 'Alice' });
    mallory.close();
    await until('gone', () => seen(bob, 55) === undefined, 1_000);
  });

  test('[P11] somebody who loses the connection is back on the others’ screens when they are back', async () => {
    const alice = room.join(room.person('alice'));
    const bob = room.join(room.person('bob'));
    await until('in', () => alice.provider.synced && bob.provider.synced);
    alice.provider.setAwarenessField('typing', true);
    await until('seen', () => seen(bob, alice.doc.clientID)?.['typing'] === true);
    alice.provider.configuration.websocketProvider.webSocket?.close();
    await until('gone', () => seen(bob, alice.doc.clientID) === undefined);
    await until('back', () => seen(bob, alice.doc.clientID)?.['typing'] === true);
  });

  test('[P11] where presence is not allowed none travels; when it is allowed again everybody is there', async () => {
    const alice = room.join(room.person('alice'));
    const bob = room.join(room.person('bob'));
    await until('in', () => alice.provider.synced && bob.provider.synced);
    alice.provider.setAwarenessField('typing', true);
    await until('seen', () => seen(bob, alice.doc.clientID) !== undefined);
    room.access.allow(BOARD, '*', { presence: false });
    await room.live.reconsider([BOARD]);
    await until('gone', () => seen(bob, alice.doc.clientID) === undefined);
    alice.provider.setAwarenessField('typing', false);
    const late = room.join(room.person('late'));
    await until('in', () => late.provider.synced);
    await pause(50);
    expect(late.provider.awareness?.getStates().size).toBe(1);
    expect(seen(bob, alice.doc.clientID)).toBeUndefined();
    room.access.allow(BOARD, '*', { presence: true });
    await room.live.reconsider([BOARD]);
    await until('back', () => seen(late, alice.doc.clientID)?.['typing'] === false);
  });

  test('[P11] a fast cursor is thinned, and its last place always arrives', async () => {
    const alice = await Raw.join(room, room.person('alice'));
    const bob = room.join(room.person('bob'));
    await until('in', () => bob.provider.synced);
    for (let index = 1; index <= 200; index += 1) alice.presence([[9, index, { cursor: { x: index, y: 0 } }]]);
    await until('last place', () => (seen(bob, 9)?.['cursor'] as { x: number } | undefined)?.x === 200);
    alice.close();
  });

  test('[P11] the room knows who is here', async () => {
    room.access.allow('room/w1', '*', { write: false, workshopId: 'w1' });
    const a = await Raw.join(room, room.person('a'), 'room/w1');
    const b = room.joinYjs(room.person('b'), 'room/w1');
    await until('both', () => room.presence.here.length === 2);
    a.close();
    b.provider.disconnect();
    await until('none', () => room.presence.here.length === 0);
  });

  test('[P11] only known fields in known shapes travel', () => {
    const person = { personId: 'p', kind: 'account', name: 'N', organisation: null, organisationId: null } as const;
    const user = { name: 'N', organisation: null, kind: 'account' };
    const said = {
      user: { name: 'x', personId: 'y', color: '#00ff00' },
      cursor: { x: 1, y: 2, zone: 'z', more: 1 },
      editing: 'n1',
      typing: true,
      drag: { noteId: 'n1', at: ['z', 1, 2, 3], more: 1 },
      more: 'x',
    };
    expect(cleanState(said, 'board', person)).toEqual({
      user: { ...user, colour: '#00ff00', color: '#00ff00' },
      cursor: { x: 1, y: 2, zone: 'z' },
      editing: 'n1',
      typing: true,
      drag: { noteId: 'n1', at: ['z', 1, 2] },
    });
    expect(
      cleanState(
        { cursor: { x: '1', y: 2 }, editing: '<b>', typing: 'yes', drag: { noteId: 'n', at: 'z' } },
        'board',
        person,
      ),
    ).toEqual({ user });
    for (const odd of [null, 1, 'x', [], { user: null, cursor: [] }])
      expect(cleanState(odd, 'board', person)).toEqual({ user });
    expect(cleanState({ cursor: { anchor: { type: null }, head: {} }, typing: true }, 'draft', person)).toEqual({
      user,
      cursor: { anchor: { type: null }, head: {} },
    });
    expect(cleanState(said, 'room', person)).toEqual({ user: { ...user, colour: '#00ff00', color: '#00ff00' } });
  });
});
