/**
 * Failures are counted, successes are free: a whole venue stands behind one address. A guesser of join codes is slowed by
 * address and, because addresses are cheap, by a count over all of them.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';

export interface FailureLimit {
  /** Seconds to wait before another try; 0: go on. */
  wait(key: string): Promise<number>;
  count(key: string): Promise<void>;
}

const ALL = 'all';

/** `perKey` failures in `seconds` for one key, and `overall` an hour for all keys together (0: no such bound). */
export function failureLimit(perKey: number, seconds: number, overall: number): FailureLimit {
  const own = new RateLimiterMemory({ points: perKey, duration: seconds });
  const total = overall > 0 ? new RateLimiterMemory({ points: overall, duration: 3600 }) : null;
  const left = async (limiter: RateLimiterMemory, key: string, points: number): Promise<number> => {
    const state = await limiter.get(key);
    return state !== null && state.consumedPoints >= points ? Math.ceil(state.msBeforeNext / 1000) : 0;
  };
  return {
    async wait(key) {
      return Math.max(await left(own, key, perKey), total ? await left(total, ALL, overall) : 0);
    },
    async count(key) {
      // `penalty` counts without ever rejecting.
      await own.penalty(key, 1);
      await total?.penalty(ALL, 1);
    },
  };
}

/** Wrong passwords: by address and account. */
export const passwordFailures = (): FailureLimit => failureLimit(10, 300, 0);

/**
 * Wrong join codes. Nine digits, 200 live codes: a guess is right with 2·10⁻⁷. 1,500 failures an hour over all addresses
 * make 5 million guesses, half a chance and more, take 139 days (STACK, trap 10); 100 an address in ten minutes leave a
 * full room its typing errors.
 */
export const codeFailures = (): FailureLimit => failureLimit(100, 600, 1500);
