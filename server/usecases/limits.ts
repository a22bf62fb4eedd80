/**
 * Failures are counted, successes are free: a whole venue stands behind one address. A guesser of join codes is slowed by
 * address and, because addresses are cheap, by a count over all of them.
 */
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';

export interface FailureLimit {
  /** Seconds to wait before another try; 0: go on. */
  wait(key: string): Promise<number>;
  count(key: string): Promise<void>;
}

/** Where all instances count together. While Redis is away each counts for itself. */
export interface SharedCount {
  readonly client: Redis;
  /** The store that the instances share: another one's guessers are not ours. */
  readonly name: string;
}

const ALL = 'all';

function limiter(shared: SharedCount | null, kind: string, points: number, duration: number): RateLimiterAbstract {
  const own = new RateLimiterMemory({ points, duration });
  if (shared === null) return own;
  const keyPrefix = `ashar:${shared.name}:${kind}`;
  return new RateLimiterRedis({
    ...{ storeClient: shared.client, keyPrefix, points, duration },
    ...{ insuranceLimiter: own, rejectIfRedisNotReady: true },
  });
}

/** `perKey` failures in `seconds` for one key, and `overall` an hour for all keys together (0: no such bound). */
export function failureLimit(
  kind: string,
  [perKey, seconds, overall]: readonly [perKey: number, seconds: number, overall: number],
  shared: SharedCount | null = null,
): FailureLimit {
  const own = limiter(shared, kind, perKey, seconds);
  const total = overall > 0 ? limiter(shared, `${kind}-all`, overall, 3600) : null;
  const left = async (counted: RateLimiterAbstract, key: string, points: number): Promise<number> => {
    const state = await counted.get(key);
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
export const passwordFailures = (shared: SharedCount | null = null): FailureLimit =>
  failureLimit('passwords', [10, 300, 0], shared);

/**
 * Wrong join codes. Nine digits, 200 live codes: a guess is right with 2·10⁻⁷. 1,500 failures an hour over all addresses
 * make 5 million guesses, half a chance and more, take 139 days (STACK, trap 10); 100 an address in ten minutes leave a
 * full room its typing errors.
 */
export const codeFailures = (shared: SharedCount | null = null): FailureLimit =>
  failureLimit('codes', [100, 600, 1500], shared);
