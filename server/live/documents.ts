/**
 * The documents that are open in this process: fetched before anybody is let in (a failing store refuses the person, not
 * the load), guarded while open, compacted behind everybody's back.
 */
import type { Document } from '@hocuspocus/server';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import { DocumentGuard } from './guard.ts';
import { SharedState } from './joining.ts';
import type { GroupCommit } from './log.ts';
import type { UpdateLog } from './ports.ts';
import { parseName } from './values.ts';

/** Log rows after which an open document is compacted, and those that make it worth while when it closes. */
const COMPACT_OPEN = 500;
const COMPACT_CLOSED = 20;

interface Stored {
  readonly state: Uint8Array | null;
  readonly updates: readonly { readonly seq: number; readonly update: Uint8Array }[];
  readonly upTo: number;
  readonly refusedClients: readonly number[];
}

/** Brings stored state and updates into a document, as one change. */
function restore(doc: Y.Doc, state: Uint8Array | null, updates: readonly Uint8Array[]): void {
  doc.transact(() => {
    if (state) Y.applyUpdateV2(doc, state);
    for (const update of updates) Y.applyUpdate(doc, update);
  });
}

/** One state for state and updates: what compaction keeps. */
export function mergeLog(state: Uint8Array | null, updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  restore(doc, state, updates);
  const merged = Y.encodeStateAsUpdateV2(doc);
  doc.destroy();
  return merged;
}

export class Documents {
  readonly #log: UpdateLog;
  readonly #commit: GroupCommit;
  readonly #logger: Logger;
  readonly #fetched = new Map<string, Promise<Stored>>();
  readonly #guards = new Map<string, DocumentGuard>();
  readonly #states = new Map<string, SharedState>();
  readonly #compacting = new Map<string, Promise<void>>();

  constructor(log: UpdateLog, commit: GroupCommit, logger: Logger) {
    this.#log = log;
    this.#commit = commit;
    this.#logger = logger;
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

  /** Fills a document that Hocuspocus has just made, and puts its guard before it. */
  async open(document: Document): Promise<void> {
    const { name } = document;
    const stored = await (this.#fetched.get(name) ?? this.#read(name));
    this.#fetched.delete(name);
    restore(
      document,
      stored.state,
      stored.updates.map(({ update }) => update),
    );
    const last = stored.updates.at(-1)?.seq ?? stored.upTo;
    const bytes = stored.updates.reduce((sum, { update }) => sum + update.length, stored.state?.length ?? 0);
    const kind = parseName(name)?.kind ?? 'room';
    const guard = new DocumentGuard(
      { name, kind, doc: document, seq: Math.max(last, stored.upTo), bytes, refusedClients: stored.refusedClients },
      this.#log,
      this.#commit,
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
