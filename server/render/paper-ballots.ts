/**
 * Numbered paper ballots as PDF: one sheet a page with its number, code and QR, the options in an order of their own, and
 * what to do in one sentence. Written in a worker, because a stack of them takes seconds and the room must not wait.
 */
import { Worker } from 'node:worker_threads';
import type { Language } from '#core/people/caller.ts';
import type { Method } from '#core/voting/types.ts';

export interface PaperBallots {
  readonly roundId: string;
  readonly workshop: string;
  readonly title: string;
  readonly language: Language;
  readonly method: Method;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly sheets: readonly { readonly number: number; readonly code: string }[];
  /** Where the desk enters a sheet; its number and code are added. */
  readonly deskUrl: string;
}

/** Rejects where the PDF could not be written. */
export function renderPaperBallots(ballots: PaperBallots): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./paper-worker.ts', import.meta.url), { workerData: ballots });
    worker.once('message', (pdf: Uint8Array) => resolve(pdf));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the PDF was not written (${code})`)));
  });
}
