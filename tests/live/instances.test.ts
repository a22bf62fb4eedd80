import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Extension } from '@hocuspocus/server';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { mergeLog } from '#server/live/restore.ts';
import { MemoryPresence } from '#server/live/memory.ts';
import { createLive } from '#server/live/server.ts';
import { attachLive } from '#server/live/upgrade.ts';
import { Raw, updateOf } from './raw.ts';
import { addNote, BOARD, notes, pause, Room, textOf, until } from './room.ts';

let room: Room;
beforeEach(async () => {
  room = await new Room().open();
  room.access.allow(BOARD, '*');
});
afterEach(() => room.close());

/** Another process on the same store, without a bus between them. */
async function second(
  extensions: readonly Extension[] = [],
): Promise<{ url(path: string): string; close(): Promise<void> }> {
  const live = createLive({
    log: room.log,
    access: room.access,
    presence: new MemoryPresence(),
    logger: pino({ level: 'silent' }),
    extensions,
  });
  const server = createServer();
  attachLive(server, live, { origin: null, trustProxy: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (path) => `ws://127.0.0.1:${port}${path}`,
    async close() {
      await live.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('two instances on one store', () => {
  test('[P7] what another instance acknowledged is in the log, and no forgery; also when it was compacted', async () => {
    for (const isCompacted of [false, true]) {
      const other = await second();
      const there = await Raw.join({ url: (path: string) => other.url(path) } as Room, room.person('watcher'));
      const here = await Raw.join(room, room.person('a'));
      const id = `n${String(isCompacted)}`;
      expect(await here.write(updateOf(here.doc, (doc) => addNote(doc, 'first', id), isCompacted ? 5001 : 5000))).toBe(
        1,
      );
      await until('echo', () => textOf(here.doc, id) === 'first');
      if (isCompacted) await room.log.compact(BOARD, mergeLog);
      // The same person goes on over there, before the bus has said a word.
      const moved = await Raw.join({ url: (path: string) => other.url(path) } as Room, 'token-a');
      expect(notes(moved.doc)).not.toContain(id);
      const next = updateOf(
        here.doc,
        (doc) => (doc.getMap<Y.Map<Y.Text>>('notes').get(id)?.get('text') as Y.Text).insert(5, ' second'),
        isCompacted ? 5001 : 5000,
      );
      expect(await moved.write(next)).toBe(1);
      await until('seen over there', () => textOf(there.doc, id) === 'first second');
      for (const raw of [here, there, moved]) raw.close();
      await other.close();
    }
  });
});

describe('hooks that fail', () => {
  test('[P13] an extension that throws in every hook ends nothing', async () => {
    const rejections: unknown[] = [];
    const note = (error: unknown): void => void rejections.push(error);
    process.on('unhandledRejection', note);
    const called = new Set<string>();
    const faulty = Object.fromEntries(
      [
        'onConfigure',
        'onConnect',
        'connected',
        'onChange',
        'onAwarenessUpdate',
        'onStoreDocument',
        'afterStoreDocument',
        'onDisconnect',
        'afterUnloadDocument',
        'beforeHandleMessage',
        'afterHandleMessage',
        'onStateless',
        'beforeBroadcastStateless',
        'onDestroy',
      ].map((name, index) => [
        name,
        (): Promise<never> => {
          called.add(name);
          if (index % 2 === 0) throw new Error(name);
          return Promise.reject(new Error(name));
        },
      ]),
    ) as Extension;
    const other = await second([faulty]);
    const raw = await Raw.join({ url: (path: string) => other.url(path) } as Room, room.person('a'));
    raw.presence([[1, 1, { typing: true }]]);
    expect(await raw.write(updateOf(raw.doc, (doc) => addNote(doc, 'x', 'n1')))).toBe(1);
    raw.close();
    await pause(100);
    await other.close();
    process.off('unhandledRejection', note);
    expect(rejections).toEqual([]);
    expect(called.size).toBeGreaterThan(8);
  });
});
