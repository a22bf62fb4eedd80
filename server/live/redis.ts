/**
 * The bus on Redis: one channel for all instances of one store. Redis keeps nothing for us; when it is away for a while,
 * the instances read the log instead (peers.ts), and nobody's save waits for it.
 */
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { pack, unpack, type Bus, type Topic } from './bus.ts';

/** Milliseconds between two words to ourselves, and after how many without hearing one the bus counts as away. */
const BEAT_MS = 1_000;
const SILENT_MS = 3_500;
const NOTHING = new Uint8Array();

export interface RedisBus extends Bus {
  /** For counters that all instances share (limits). */
  readonly client: Redis;
  /** The store's name. */
  readonly store: string;
}

/** Returns at once: a server starts without Redis as well, and is alone until it comes. */
export function redisBus(url: string, storeName: string, logger: Logger): RedisBus {
  const id = randomBytes(8).toString('hex');
  const channel = `ashar:${storeName}`;
  const options = {
    // Away is away: what cannot be said now would only be said too late.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    retryStrategy: (times: number) => Math.min(times * 100, 1_000),
  };
  const client = new Redis(url, options);
  const listener = new Redis(url, { ...options, autoResubscribe: false });
  const hearers = new Map<Topic, ((body: Uint8Array, from: string) => void)[]>();
  const backs: (() => void)[] = [];
  let isUp = false;
  let lastBeat = 0;
  let isClosed = false;

  function turn(up: boolean, why: string): void {
    if (isUp === up || isClosed) return;
    isUp = up;
    if (up) logger.info('the bus between instances works');
    else logger.warn({ why }, 'the bus between instances is away: instances read the log instead');
  }

  function hear(bytes: Uint8Array): void {
    const message = unpack(bytes);
    if (message === null) return;
    if (message.from === id) {
      if (message.topic !== 'beat') return;
      lastBeat = Date.now();
      if (isUp) return;
      turn(true, 'heard');
      for (const back of backs) calmly(back);
      return;
    }
    for (const each of hearers.get(message.topic) ?? []) calmly(() => each(message.body, message.from));
  }

  /** What a peer says is taken for true but not for well-formed: another version may run over there. */
  function calmly(step: () => void): void {
    try {
      step();
    } catch (error) {
      logger.warn({ err: error }, 'a word of another instance was not understood');
    }
  }

  async function publish(topic: Topic, body: Uint8Array): Promise<number> {
    if (isClosed || client.status !== 'ready') return 0;
    try {
      return Math.max(0, (await client.publish(channel, Buffer.from(pack(id, topic, body)))) - 1);
    } catch {
      return 0;
    }
  }

  for (const [name, connection] of [
    ['says', client],
    ['hears', listener],
  ] as const)
    connection.on('error', (error: Error) => turn(false, `${name}: ${error.message}`));
  for (const connection of [client, listener]) connection.on('close', () => turn(false, 'closed'));
  listener.on('messageBuffer', (_channel: Buffer, bytes: Buffer) => hear(new Uint8Array(bytes)));
  listener.on('ready', () => {
    // Whatever was said while we did not listen is lost: the next beat counts as a return.
    turn(false, 'subscribing');
    listener.subscribe(channel).then(
      () => void publish('beat', NOTHING),
      () => listener.disconnect(true),
    );
  });
  const beating = setInterval(() => {
    if (Date.now() - lastBeat > SILENT_MS) turn(false, 'silent');
    void publish('beat', NOTHING);
  }, BEAT_MS);
  beating.unref();

  return {
    id,
    client,
    store: storeName,
    get isUp() {
      return isUp;
    },
    publish,
    on(topic, each) {
      hearers.set(topic, [...(hearers.get(topic) ?? []), each]);
    },
    onReturn: (back) => void backs.push(back),
    async close() {
      clearInterval(beating);
      await publish('bye', NOTHING);
      isClosed = true;
      client.disconnect();
      listener.disconnect();
    },
  };
}
