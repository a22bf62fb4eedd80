/** The memory log sits the exam of the stores, so that what the live path's tests prove holds on a store too. */
import { MemoryLog } from '#server/live/memory.ts';
import type { Store } from '#server/store/port.ts';
import { registerLogContract } from '../contract/log.ts';

registerLogContract(() => {
  const log = new MemoryLog();
  const authorsOf = (board: string): Promise<unknown> =>
    Promise.resolve(log.createdNotes.filter(({ document }) => document === `board/${board}`));
  return Promise.resolve({ log, notes: { authorsOf } } as unknown as Store);
});
