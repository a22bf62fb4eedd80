/** Two instances with a real Redis between them: what is done on one holds on the other, and Redis may go away. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Here } from '#server/live/here.ts';
import { redisBus, type RedisBus } from '#server/live/redis.ts';
import { createLive, type LiveServer } from '#server/live/server.ts';
import { attachLive } from '#server/live/upgrade.ts';
import { redisMissing, startRedis, type RedisProcess } from '../contract/redis.ts';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, textOf, until } from './room.ts';

const missing = redisMissing();
if (missing) console.warn(missing);

let redis: RedisProcess;
let room: Room;
let stores = 0;
const open: { close(): Promise<void> }[] = [];

interface Instance {
  readonly live: LiveServer;
  readonly bus: RedisBus;
  readonly room: Room;
  readonly here: Here;
  readonly changed: string[];
}

async function instance(storeName: string): Promise<Instance> {
  const bus = redisBus(redis.url, storeName, pino({ level: 'silent' }));
  const changed: string[] = [];
  const here = new Here(bus, (workshopId) => changed.push(workshopId));
  const live = createLive({
    log: room.log,
    access: room.access,
    presence: here,
    logger: pino({ level: 'silent' }),
    bus,
    changedElsewhere: (document) => changed.push(document),
  });
  const server = createServer();
  attachLive(server, live, { origin: null, trustProxy: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  open.push({
    async close() {
      here.close();
      await live.close();
      await bus.close();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  await until('the bus', () => bus.isUp);
  return { live, bus, here, changed, room: { url: (path: string) => `ws://127.0.0.1:${port}${path}` } as Room };
}

describe.skipIf(missing !== null)('instances beside each other', () => {
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  let one: Instance;
  let other: Instance;
  beforeEach(async () => {
    room = new Room();
    room.access.allow(BOARD, '*');
    stores += 1;
    [one, other] = await Promise.all([instance(`s${stores}`), instance(`s${stores}`)]);
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  test('[P62] what is saved on one is seen on the other, and read there at once by command', async () => {
    const a = await Raw.join(one.room, room.person('a'));
    const b = await Raw.join(other.room, room.person('b'));
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'from one', 'n1')))).toBe(1);
    expect(await other.live.read(BOARD, (doc) => textOf(doc, 'n1'))).toBe('from one');
    await until('seen', () => textOf(b.doc, 'n1') === 'from one');
    await other.live.edit(BOARD, (doc) => void addNote(doc, 'by the server', 'n2'));
    await until('seen back', () => notes(a.doc).length === 2);
    expect(other.changed).toContain(BOARD);
    expect(room.log.rows.length).toBe(2);
    for (const raw of [a, b]) raw.close();
  });

  test('[P62] names and cursors travel between instances, and go with their instance', async () => {
    const a = await Raw.join(one.room, room.person('a'));
    a.presence([[11, 1, { typing: true }]]);
    await pause(50);
    const b = await Raw.join(other.room, room.person('b'));
    await until('heard on arrival', () => b.heard.includes('1'));
    // What somebody shows over there nobody can take here.
    expect(await b.write(updateOf(b.doc, (doc) => addNote(doc, 'forged', 'n1'), 11))).toBe(0);
    for (const raw of [a, b]) raw.close();
  });

  test('[P63] who loses a right loses it on every instance before the command is answered', async () => {
    const token = room.person('b');
    const b = await Raw.join(other.room, token);
    room.access.allow(BOARD, 'b', { write: false });
    await one.live.reconsider([BOARD]);
    expect(await b.write(updateOf(b.doc, (doc) => addNote(doc, 'late', 'n1')))).toBe(0);
    const again = await Raw.join(other.room, room.person('c'));
    room.access.people.delete('token-c');
    await one.live.cut('c');
    await until('out', () => again.closeCode !== null);
    expect(again.closeCode).toBe(4403);
    expect(room.log.rows.length).toBe(0);
    const d = await Raw.join(other.room, room.person('d'));
    await one.live.forget(BOARD);
    await until('gone', () => d.closeCode !== null || d.closed !== null);
    for (const raw of [b, again, d]) raw.close();
  });

  test('[P63] a client id that was refused on one is refused on the other', async () => {
    room.access.allow(BOARD, 'a', { write: false });
    const token = room.person('a');
    const a = await Raw.join(one.room, token);
    const watcher = await Raw.join(other.room, room.person('w'));
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'no', 'n1'), 77))).toBe(0);
    room.access.allow(BOARD, 'a');
    await pause(100);
    const moved = await Raw.join(other.room, token);
    expect(await moved.write(updateOf(moved.doc, (doc) => addNote(doc, 'no', 'n1'), 77))).toBe(0);
    for (const raw of [a, watcher, moved]) raw.close();
  });

  test('[P64] who is in a room is counted over all instances, each person once', async () => {
    const person = (id: string) => ({
      personId: id,
      kind: 'participant' as const,
      name: null,
      organisation: null,
      organisationId: null,
    });
    one.here.joined('w', person('p'));
    other.here.joined('w', person('p'));
    other.here.joined('w', person('q'));
    const ids = (each: Instance): string[] =>
      each.here
        .in('w')
        .map(({ personId }) => personId)
        .sort();
    await until('both know', () => ids(one).length === 2 && ids(other).length === 2);
    other.here.left('w', person('q'));
    await until('gone', () => ids(one).join() === 'p');
    await other.bus.close();
    await until('its people went with it', () => one.changed.includes('w'));
  });

  test('[P65] without Redis boards open, nothing is lost, and everybody is level soon after it returns', async () => {
    const a = await Raw.join(one.room, room.person('a'));
    const b = await Raw.join(other.room, room.person('b'));
    await redis.away();
    await until('noticed', () => !one.bus.isUp && !other.bus.isUp, 6_000);
    expect(await a.write(updateOf(a.doc, (doc) => addNote(doc, 'alone', 'n1')))).toBe(1);
    const started = Date.now();
    room.access.allow('board/new', '*');
    const fresh = await Raw.join(other.room, room.person('c'), 'board/new');
    expect(Date.now() - started).toBeLessThan(2_000);
    await until('read from the log', () => textOf(b.doc, 'n1') === 'alone', 6_000);
    await redis.resume();
    await until('back', () => one.bus.isUp && other.bus.isUp, 6_000);
    expect(await b.write(updateOf(b.doc, (doc) => addNote(doc, 'together', 'n2')))).toBe(1);
    await until('over the bus', () => notes(a.doc).length === 2);
    for (const raw of [a, b, fresh]) raw.close();
  });
});
