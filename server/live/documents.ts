/**
 * The documents that are open in this process: fetched before anybody is let in (a failing store refuses the person, not
 * the load), guarded while open, compacted behind everybody's back.
 */
import type { Document } from '@hocuspocus/server';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import { DocumentGuard, type GuardEvents } from './guard.ts';
import { SharedState } from './joining.ts';
import type { GroupCommit } from './log.ts';
import type { LogReading, UpdateLog } from './ports.ts';
import { mergeLog, restore } from './restore.ts';
import { parseName } from './values.ts';

/** Log rows after which an open document is compacted, and those that make it worth while when it closes. */
const COMPACT_OPEN = 500;
const COMPACT_CLOSED = 20;

interface Stored extends LogReading {
  readonly refusedClients: readonly number[];
}

export class Documents {
  readonly #log: UpdateLog;
  readonly #commit: GroupCommit;
  readonly #logger: Logger;
  readonly #events: GuardEvents;
  /** Documents whose state could not be read: nobody is let in, and nothing is written over what is left of them. */
  readonly #damaged = new Set<string>();
  readonly #fetched = new Map<string, Promise<Stored>>();
  readonly #guards = new Map<string, DocumentGuard>();
  readonly #states = new Map<string, SharedState>();
  readonly #compacting = new Map<string, Promise<void>>();

  constructor(log: UpdateLog, commit: GroupCommit, logger: Logger, events: GuardEvents) {
    this.#log = log;
    this.#commit = commit;
    this.#logger = logger;
    this.#events = events;
  }

  all(): readonly DocumentGuard[] {
    return [...this.#guards.values()];
  }

  names(): readonly string[] {
    return [...this.#guards.keys()];
  }

  guard(name: string): DocumentGuard | null {
    return this.#guards.get(name) ?? null;
  }

  /** What those who join an open document are sent. */
  state(name: string): SharedState | null {
    return this.#states.get(name) ?? null;
  }

  /** Fetches a document that is about to be opened. Rejects where the store does not answer. */
  async fetch(name: string): Promise<void> {
    if (this.#guards.has(name)) return;
    if (this.#damaged.has(name)) throw new Error(`the stored state of ${name} cannot be read`);
    const fetched = this.#fetched.get(name) ?? this.#read(name);
    this.#fetched.set(name, fetched);
    // Whoever fetched and never opened must not leave an old copy behind.
    fetched.catch(() => this.#fetched.delete(name));
    await fetched;
  }

  async #read(name: string): Promise<Stored> {
    const [loaded, refusedClients] = await Promise.all([this.#log.load(name), this.#log.refusedClients(name)]);
    return { ...loaded, refusedClients };
  }

  /** Fills a document that Hocuspocus has just made, and puts its guard before it. What cannot be read stays in the log. */
  async open(document: Document): Promise<void> {
    const { name } = document;
    const stored = await (this.#fetched.get(name) ?? this.#read(name));
    this.#fetched.delete(name);
    const { unreadable, isDamaged } = restore(
      document,
      stored.state,
      stored.updates.map(({ update }) => update),
    );
    if (unreadable > 0) this.#logger.error({ document: name, rows: unreadable }, 'rows of the log cannot be read');
    if (isDamaged) {
      this.#damaged.add(name);
      this.#logger.error({ document: name }, 'the stored state of a document cannot be read; nobody is let in');
      return;
    }
    const bytes = stored.updates.reduce((sum, { update }) => sum + update.length, stored.state?.length ?? 0);
    const kind = parseName(name)?.kind ?? 'room';
    const guard = new DocumentGuard(
      { name, kind, doc: document, mark: stored.mark, bytes, refusedClients: stored.refusedClients },
      this.#log,
      this.#commit,
      this.#events,
    );
    guard.rowsSinceCompaction = stored.updates.length;
    this.#guards.set(name, guard);
    this.#states.set(name, new SharedState(name, document));
  }

  /** The document as it is now, without opening it for anybody: the caller destroys it. */
  async copy(name: string): Promise<Y.Doc> {
    const { state, updates } = await this.#log.load(name);
    const doc = new Y.Doc();
    restore(
      doc,
      state,
      updates.map(({ update }) => update),
    );
    return doc;
  }

  /** The document is no longer in memory. */
  closed(name: string): void {
    const guard = this.#guards.get(name);
    this.#guards.delete(name);
    this.#states.delete(name);
    this.#fetched.delete(name);
    guard?.close();
    if (guard && guard.rowsSinceCompaction >= COMPACT_CLOSED) this.#compact(name);
  }

  /** After a write: compacts where the log has grown long. */
  written(guard: DocumentGuard): void {
    if (guard.rowsSinceCompaction < COMPACT_OPEN) return;
    guard.rowsSinceCompaction = 0;
    this.#compact(guard.name);
  }

  /** Resolves when no compaction is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#compacting.values());
  }

  /** Works on the database alone: never what this process holds in memory. A failure costs nothing but space. */
  #compact(name: string): void {
    if (this.#compacting.has(name)) return;
    const done = this.#log
      .compact(name, mergeLog)
      .catch((error: unknown) => this.#logger.warn({ err: error, document: name }, 'compaction failed'))
      .finally(() => this.#compacting.delete(name));
    this.#compacting.set(name, done);
  }
}
