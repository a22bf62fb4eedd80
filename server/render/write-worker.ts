/** The thread in which documents are written: takes a job, tells how far it is, answers with the bytes. */
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { writeJob, type Job } from './write.ts';

export interface Order {
  readonly id: number;
  readonly job: Job;
}
export type Told =
  | { readonly id: number; readonly share: number }
  | { readonly id: number; readonly body: Uint8Array | string }
  | { readonly id: number; readonly fault: string };

try {
  // On Linux this is the thread's own: the room's edits come first, a document may take a second longer.
  if (process.platform === 'linux') setPriority(0, 15);
} catch {
  // Where it may not be lowered, the document competes as before.
}

const tell = (told: Told): void => parentPort?.postMessage(told);

parentPort?.on('message', ({ id, job }: Order) => {
  writeJob(job, (share) => tell({ id, share })).then(
    (body) => tell({ id, body }),
    (error: unknown) => tell({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
