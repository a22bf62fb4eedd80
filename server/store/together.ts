/**
 * Many small commands at once. SQLite takes one writer at a time and every commit waits for the disk:
 * five hundred ballots in one second would wait five hundred times. What arrives while one transaction runs goes together
 * into the next, each piece seeing what those before it did. PostgreSQL commits side by side; there the crowd waits here, in
 * order, instead of at the pool of connections, which gives up on whoever waits five seconds.
 */
import type { Repositories, Store } from './port.ts';

type Work<T> = (repositories: Repositories) => Promise<T>;

interface Waiting {
  readonly work: Work<unknown>;
  readonly done: (value: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** So many pieces hold the connection for some tens of milliseconds; others read in between. */
const MOST = 64;

/** Connections of PostgreSQL that a crowd may take; the others are left to those who only look. */
const SIDE_BY_SIDE = 8;

function gate(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = most;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((pass) => waiting.push(pass));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Pieces of work must decide by what they read in the transaction: after a failure of one, the others run again alone. */
export function together(store: Store): <T>(work: Work<T>) => Promise<T> {
  if (store.kind === 'postgres') {
    const through = gate(SIDE_BY_SIDE);
    return (work) => through(() => store.transaction(work));
  }
  const queue: Waiting[] = [];
  let running = false;

  async function runAll(batch: readonly Waiting[]): Promise<void> {
    try {
      const values = await store.transaction(async (repositories) => {
        const all: unknown[] = [];
        for (const { work } of batch) all.push(await work(repositories));
        return all;
      });
      batch.forEach(({ done }, at) => done(values[at]));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 && only) only.failed(error);
      // One of them broke and nothing was written: each gets a transaction of its own, and the broken one its error.
      else for (const each of batch) await runAll([each]);
    }
  }

  async function drain(): Promise<void> {
    running = true;
    while (queue.length > 0) await runAll(queue.splice(0, MOST));
    running = false;
  }

  return <T>(work: Work<T>) =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, done: (value) => resolve(value as T), failed: reject });
      if (!running) void drain();
    });
}
