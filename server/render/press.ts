/**
 * The press: documents are written one after another in one worker thread, so that the room's own thread never waits for
 * them and two cores are never both taken. A job that is called off ends its worker; the next one gets a new one.
 */
import { Worker } from 'node:worker_threads';
import type { Job, OnShare } from './write.ts';
import type { Order, Told } from './write-worker.ts';

/** Waiting jobs beyond this are not taken: somebody presses again and again. */
const LONGEST_QUEUE = 24;
/** No document takes so long; whatever does would keep everybody else's waiting. */
const LONGEST_MS = 240_000;

export class PressBusy extends Error {}
export class JobCancelled extends Error {}

interface Waiting {
  readonly job: Job;
  readonly onShare: OnShare;
  readonly resolve: (body: Uint8Array | string) => void;
  readonly reject: (error: Error) => void;
  readonly signal: AbortSignal | undefined;
}

export interface Press {
  /** Rejects with PressBusy, JobCancelled, or the fault of the writer. */
  write(
    job: Job,
    options?: { readonly signal?: AbortSignal | undefined; readonly onShare?: OnShare },
  ): Promise<Uint8Array | string>;
}

export function openPress(): Press {
  const queue: Waiting[] = [];
  let busy = false;
  let worker: Worker | null = null;
  let count = 0;

  function threadFor(): Worker {
    worker ??= new Worker(new URL('./write-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 2048 },
    });
    return worker;
  }

  function next(): void {
    const waiting = queue.shift();
    if (busy || waiting === undefined) {
      if (waiting) queue.unshift(waiting);
      return;
    }
    busy = true;
    const id = ++count;
    const thread = threadFor();
    thread.ref();
    const end = (settle: () => void, broken: boolean): void => {
      clearTimeout(timer);
      thread.off('message', hear).off('error', fail).off('exit', leave);
      waiting.signal?.removeEventListener('abort', cancel);
      if (broken) {
        worker = null;
        // What it still says is nobody's.
        thread.on('error', () => {});
        void thread.terminate();
      } else thread.unref();
      busy = false;
      settle();
      next();
    };
    const hear = (told: Told): void => {
      if (told.id !== id) return;
      if ('share' in told) waiting.onShare(told.share);
      else if ('body' in told) end(() => waiting.resolve(told.body), false);
      else end(() => waiting.reject(new Error(told.fault)), false);
    };
    const fail = (error: Error): void => end(() => waiting.reject(error), true);
    const leave = (code: number): void => end(() => waiting.reject(new Error(`the writer ended (${code})`)), true);
    const cancel = (): void => end(() => waiting.reject(new JobCancelled('called off')), true);
    const timer = setTimeout(
      () => end(() => waiting.reject(new Error('the document took too long')), true),
      LONGEST_MS,
    );
    waiting.signal?.addEventListener('abort', cancel, { once: true });
    thread.on('message', hear).once('error', fail).once('exit', leave);
    thread.postMessage({ id, job: waiting.job } satisfies Order);
  }

  return {
    write(job, { signal, onShare = () => {} } = {}) {
      if (signal?.aborted) return Promise.reject(new JobCancelled('called off'));
      if (queue.length >= LONGEST_QUEUE) return Promise.reject(new PressBusy('too many documents'));
      return new Promise((resolve, reject) => {
        const waiting: Waiting = { job, onShare, resolve, reject, signal };
        queue.push(waiting);
        signal?.addEventListener(
          'abort',
          () => {
            const at = queue.indexOf(waiting);
            if (at >= 0) queue.splice(at, 1);
            if (at >= 0) reject(new JobCancelled('called off'));
          },
          { once: true },
        );
        next();
      });
    },
  };
}
