/**
 * Hears whose rights changed, whoever changed them: this process, another instance, the command line. Each second and a half
 * at most lies between a revocation and the moment when the person's sockets are asked again; what they send meanwhile was
 * still theirs to send.
 */
import type { Logger } from 'pino';
import type { Store } from '../store/port.ts';

const EVERY_MS = 700;
/** Numbers may become visible out of order on PostgreSQL: a few old ones are read again, and known ones passed over. */
const OVERLAP = 50;
const MOST_KNOWN = 1000;

/** @param review asks again for every socket of a person. Returns what ends the watch. */
export function watchRevocations(
  { revocations }: Pick<Store, 'revocations'>,
  review: (personId: string) => Promise<void>,
  log: Logger,
): () => Promise<void> {
  let end: number | null = null;
  const known = new Set<number>();
  let isLooking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const first = end === null;
    end ??= await revocations.end();
    for (const { seq, personId } of await revocations.since(Math.max(0, end - OVERLAP))) {
      if (known.has(seq)) continue;
      known.add(seq);
      end = Math.max(end, seq);
      if (!first) await review(personId);
    }
    for (const seq of known) if (known.size > MOST_KNOWN && seq < end - OVERLAP) known.delete(seq);
  }

  const timer = setInterval(() => {
    isLooking ??= look()
      // The store is away: nobody's rights can change meanwhile, and the next look reads all of it.
      .catch((error: unknown) => log.debug({ err: error }, 'revocations could not be read'))
      .finally(() => {
        isLooking = null;
      });
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await isLooking;
  };
}
