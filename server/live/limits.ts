/**
 * What one connection may ask of the server, and the buckets that count it. A whole venue sits behind one address, so
 * everything here is counted per connection or per person, never per address.
 */

export const LIMITS = {
  /** Bytes of one socket message (INTERFACE). */
  message: 1024 * 1024,
  /** Bytes of one edit. */
  update: 64 * 1024,
  /** Bytes of what a client brings along when it joins. */
  firstSync: 1024 * 1024,
  /** Bytes of a whole document. */
  document: 8 * 1024 * 1024,
  /** Yjs structs of one edit and of a first sync: decoding is linear in them. */
  updateStructs: 4_000,
  firstSyncStructs: 60_000,
  /** New Yjs client ids in one message: a replica that was opened offline several times brings several. */
  newClients: 64,
  /** Yjs client ids of a document: every joining client receives the list of them. */
  clients: 20_000,
  documentsPerSocket: 8,
  socketsPerPerson: 8,
  awareness: 4 * 1024,
  /** Milliseconds until the first document must be authenticated. */
  authDeadline: 10_000,
  unauthenticatedBytes: 256 * 1024,
  unauthenticatedMessages: 100,
  /** Unread bytes after which a reader must make progress, and above which it is cut at once. */
  unread: 4 * 1024 * 1024,
  unreadMost: 32 * 1024 * 1024,
  unreadMs: 5_000,
  /** Without a frame for so long the server says something: a page takes 9 s of silence for a dead connection. */
  quietMs: 4_000,
  pingMs: 10_000,
  shutdownMs: 8_000,
} as const;

/** A token bucket: `burst` at once, `rate` a second on average. */
export class Bucket {
  readonly #rate: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(rate: number, burst: number) {
    this.#rate = rate;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = performance.now();
  }

  /** Takes `cost` if it is there. */
  take(cost = 1): boolean {
    const now = performance.now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#rate);
    this.#at = now;
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }
}
