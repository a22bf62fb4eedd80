import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, until } from './room.ts';

const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const FRAMES = 4_000;

/** mulberry32. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

let room: Room;
const rejections: unknown[] = [];
const note = (error: unknown): void => void rejections.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  room = await new Room().open();
  room.access.allow(BOARD, '*');
  room.access.allow('room/w1', '*', { write: false });
});
afterAll(async () => {
  await room.close();
  process.off('unhandledRejection', note);
});

test(`[P13] ${FRAMES} malformed frames end their own socket at most (seed ${SEED})`, async () => {
  const roll = chance(SEED);
  const honest = await Raw.join(room, room.person('honest'));
  await honest.write(updateOf(honest.doc, (doc) => addNote(doc, 'stays', 'stays')));
  const samples: Uint8Array[] = [];
  const good = updateOf(honest.doc, (doc) => addNote(doc, 'sample', 'sample'));
  const named = (document: string, ...rest: (number | Uint8Array)[]): Uint8Array =>
    new Uint8Array(
      Buffer.concat([
        Buffer.from([document.length]),
        Buffer.from(document),
        ...rest.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))),
      ]),
    );
  for (const document of [BOARD, 'room/w1', '__proto__', 'board/none', ''])
    for (const type of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 77])
      for (const sub of [0, 1, 2, 3]) samples.push(named(document, type, sub, good.length & 127, good));
  const token = room.person('fuzz');
  let answered = 0;
  const send = async (door: string): Promise<void> => {
    const ws = new WebSocket(room.url(door));
    ws.on('error', () => undefined);
    ws.on('message', () => (answered += 1));
    await new Promise((resolve) => ws.once('open', resolve));
    if (door === '/live' && roll(4) > 0) ws.send(named(BOARD, 2, 0, token.length, new TextEncoder().encode(token)));
    await pause(2);
    for (let index = 0; index < 50 && ws.readyState === ws.OPEN; index += 1) {
      const sample = Uint8Array.from(samples[roll(samples.length)] ?? []);
      for (let change = roll(4); change > 0; change -= 1) sample[roll(sample.length)] = roll(256);
      const cut = roll(3) === 0 ? sample.subarray(0, roll(sample.length)) : sample;
      ws.send(roll(10) === 0 ? Uint8Array.from({ length: roll(64) }, () => roll(256)) : cut);
      if (index % 10 === 0) await pause(1);
    }
    await pause(5);
    ws.terminate();
  };
  for (let sent = 0; sent < FRAMES; sent += 200)
    await Promise.all(['/live', '/live', '/live', `/yjs/${BOARD}?token=${token}`].map(send));
  expect(answered).toBeGreaterThan(0);
  const begun = performance.now();
  expect(await honest.write(updateOf(honest.doc, (doc) => addNote(doc, 'x', 'after')))).toBe(1);
  expect(performance.now() - begun).toBeLessThan(500);
  await until('seen', () => notes(honest.doc).includes('after'));
  const reader = await Raw.join(room, room.person('reader'));
  expect(Y.encodeStateVector(reader.doc)).toEqual(Y.encodeStateVector(honest.doc));
  expect(notes(reader.doc)).toContain('stays');
  expect(rejections).toEqual([]);
  for (const raw of [honest, reader]) raw.close();
}, 30_000);
