import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Doors } from '#server/live/upgrade.ts';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, until } from './room.ts';

let room: Room;
beforeEach(() => {
  room = new Room();
  room.access.allow(BOARD, '*');
});
afterEach(() => room.close());

/** The HTTP status of an upgrade: 101 where it is let in. */
function knock(path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const ws = new WebSocket(room.url(path), { headers });
    ws.once('open', () => {
      ws.terminate();
      resolve(101);
    });
    ws.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    ws.once('error', () => undefined);
  });
}

describe('who may knock', () => {
  const cookie = 'session=token-a';
  const cases = (port: number): [string, Record<string, string>, number][] => [
    ['no origin, no cookie (a script)', {}, 101],
    ['no origin, with a cookie', { cookie }, 403],
    ['our own origin', { origin: `http://127.0.0.1:${port}`, cookie }, 101],
    ['null', { origin: 'null' }, 403],
    ['another site', { origin: 'https://evil.example', cookie }, 403],
    ['another site without a cookie', { origin: 'https://evil.example' }, 403],
    ['ours as a suffix', { origin: `http://evil-127.0.0.1:${port}` }, 403],
    ['ours as a prefix', { origin: `http://127.0.0.1:${port}.evil.example` }, 403],
    ['another port', { origin: 'http://127.0.0.1:1', cookie }, 403],
    ['https instead of http', { origin: `https://127.0.0.1:${port}` }, 403],
    ['with a user name', { origin: `http://127.0.0.1:${port}@evil.example` }, 403],
    ['an empty one', { origin: '' }, 403],
    [
      'a forwarded host that nobody vouches for',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      403,
    ],
  ];

  test('[P12] a foreign or null origin is refused at every door', async () => {
    await room.open();
    for (const path of ['/live', `/yjs/${BOARD}`])
      for (const [what, headers, status] of cases(room.port))
        expect([path, what, await knock(path, headers)]).toEqual([path, what, status]);
    expect(await knock('/elsewhere')).toBe(404);
    expect(await knock('/yjs/%E0%A4%A')).toBe(404);
    expect(await knock(`/yjs/${BOARD}?token=token-a`, { cookie })).toBe(101);
  });

  test('[P12] behind a proxy, its word for host and scheme counts; with ORIGIN set, that alone', async () => {
    const proxied = {
      origin: 'https://ashar.example',
      'x-forwarded-host': 'ashar.example',
      'x-forwarded-proto': 'https',
    };
    await room.open({ origin: null, trustProxy: 1 });
    expect(await knock('/live', proxied)).toBe(101);
    expect(await knock('/live', { ...proxied, 'x-forwarded-host': 'ashar.example, other.example' })).toBe(403);
    expect(await knock('/live', { ...proxied, origin: 'https://evil.example' })).toBe(403);
    await room.close();
    room = new Room();
    await room.open({ origin: 'https://ashar.example', trustProxy: 0 } satisfies Doors);
    expect(await knock('/live', { origin: 'https://ashar.example' })).toBe(101);
    expect(await knock('/live', { origin: `http://127.0.0.1:${room.port}` })).toBe(403);
  });

  test('[P12] an empty token is the session’s cookie, from our own pages only', async () => {
    await room.open();
    room.person('a');
    const own = { origin: `http://127.0.0.1:${room.port}`, cookie: 'session=token-a' };
    const inside = new Raw(room, BOARD, { headers: own });
    await inside.opened();
    inside.auth('');
    await until('in', () => inside.scope === 'read-write');
    const none = new Raw(room, BOARD);
    await none.opened();
    none.auth('');
    await until('refused', () => none.denied === 'sign-in-needed');
    for (const one of [inside, none]) one.close();
  });
});

describe('who is let in', () => {
  test('[P12] no token, a wrong one, or somebody else’s document: refused at both doors, and nothing is opened', async () => {
    await room.open();
    room.access.allow('board/private', 'b');
    const token = room.person('a');
    for (const [asked, document, reason, code] of [
      ['', BOARD, 'sign-in-needed', 4401],
      ['wrong', BOARD, 'sign-in-needed', 4401],
      [token, 'board/private', 'not-found', 4403],
      [token, 'board/unknown', 'not-found', 4403],
      [token, 'c/x', 'not-found', 4403],
      [token, 'board/__proto__', 'not-found', 4403],
    ] as const) {
      const raw = await Raw.join(room, asked, document);
      expect([document, raw.denied]).toEqual([document, reason]);
      // What is sent all the same is answered, never saved.
      if (document !== 'c/x') expect(await raw.write(updateOf(raw.doc, (doc) => addNote(doc, 'x')))).toBe(0);
      raw.close();
      const y = room.joinYjs(asked, document);
      await until('refused', () => y.closes.length > 0);
      expect([document, y.closes[0], y.provider.shouldConnect]).toEqual([document, code, false]);
    }
    expect(room.live.counts().documents).toBe(0);
    expect(room.log.rows).toEqual([]);
  });

  test('[P14] a person has 8 sockets, a socket 8 documents; everybody else is unaffected', async () => {
    await room.open();
    const token = room.person('a');
    const many = await Promise.all(Array.from({ length: 8 }, () => Raw.join(room, token)));
    const ninth = await Raw.join(room, token);
    expect(ninth.denied).toBe('too-many-requests');
    many[0]?.close();
    await pause(50);
    const again = await Raw.join(room, token);
    expect(again.scope).toBe('read-write');
    const other = await Raw.join(room, room.person('b'));
    for (let index = 0; index < 12; index += 1) {
      room.access.allow(`board/d${index}`, '*');
      other.auth('token-b', `board/d${index}`);
    }
    await until('seven more are open', () => room.live.counts().documents === 8);
    await pause(50);
    expect(room.live.counts().documents).toBe(8);
    for (const raw of [...many, ninth, again, other]) raw.close();
  });

  test('[P14] who leaves while being let in leaves nothing behind', async () => {
    await room.open();
    const token = room.person('a');
    const { load } = room.log;
    const { identify } = room.access;
    for (const slow of ['identify', 'load']) {
      room.access.identify = (...args) =>
        pause(slow === 'identify' ? 30 : 0).then(() => identify.apply(room.access, args));
      room.log.load = (...args) => pause(slow === 'load' ? 30 : 0).then(() => load.apply(room.log, args));
      for (let index = 0; index < 10; index += 1) {
        const raw = new Raw(room);
        await raw.opened();
        raw.auth(token);
        await pause(10);
        raw.close();
      }
      await pause(100);
    }
    const all = await Promise.all(Array.from({ length: 8 }, () => Raw.join(room, token)));
    expect(all.map(({ scope }) => scope)).toEqual(all.map(() => 'read-write'));
    for (const raw of all) raw.close();
    await until('nothing is left', () => room.live.counts().sockets === 0 && room.live.counts().documents === 0);
  });

  test('[P14] who never says who they are is cut; messages beyond 300 at once are too many; so are a thousand step 1', async () => {
    await room.open();
    const silent = new Raw(room);
    await silent.opened();
    const flood = await Raw.join(room, room.person('a'));
    const calm = await Raw.join(room, room.person('b'));
    for (let index = 0; index < 290; index += 1) calm.presence([[1, index + 1, { cursor: { x: index, y: 0 } }]]);
    for (let index = 0; index < 400; index += 1) flood.presence([[2, index + 1, {}]]);
    await until('cut', () => flood.closeCode === 4429);
    const greedy = await Raw.join(room, room.person('c'));
    for (let index = 0; index < 100; index += 1) greedy.step1();
    await until('cut', () => greedy.closeCode === 4429);
    expect(await calm.write(updateOf(calm.doc, (doc) => addNote(doc, 'x')))).toBe(1);
    const big = await Raw.join(room, room.person('d'));
    big.ws.send(new Uint8Array(2 * 1024 * 1024));
    await until('too big', () => big.closeCode === 1009);
    await until('deadline', () => silent.closeCode === 4408, 12_500);
    for (const raw of [silent, flood, calm, greedy, big]) raw.close();
  });
});

describe('a reader that stops reading', () => {
  test('[P14] is cut when it does not go on within 5 s; a slow one that reads is not', async () => {
    await room.open();
    await room.live.edit(BOARD, (doc) => {
      for (let index = 0; index < 450; index += 1) addNote(doc, 'x'.repeat(2000));
    });
    const [stuck, slow] = [await Raw.join(room, room.person('a')), await Raw.join(room, room.person('b'))];
    stuck.ws.pause();
    const reading = setInterval(() => (slow.ws.isPaused ? slow.ws.resume() : slow.ws.pause()), 20);
    for (let index = 0; index < 19; index += 1) {
      for (const raw of [stuck, slow]) raw.sync(0, new Uint8Array([0]));
      await pause(20);
    }
    await until('cut', () => room.live.counts().sockets === 1, 10_000);
    clearInterval(reading);
    slow.ws.resume();
    expect(await slow.write(new Uint8Array([0, 0]), 1)).toBe(1);
    for (const raw of [stuck, slow]) raw.close();
  });
});

describe('silence', () => {
  test('[P18] clients that hear nothing else hear something at least every 20 s', async () => {
    await room.open();
    room.access.allow(BOARD, '*', { presence: false });
    const a = await Raw.join(room, room.person('a'));
    const y = room.joinYjs(room.person('y'));
    await until('in', () => y.provider.synced);
    const lastHeard = y.provider.wsLastMessageReceived;
    await until('something', () => y.provider.wsLastMessageReceived > lastHeard && a.heard.at(-1) === '1', 20_000);
    expect([y.provider.synced, notes(y.doc).length]).toEqual([true, 0]);
    a.close();
  });
});
