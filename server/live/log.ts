/**
 * Group commit in front of the update log: edits that arrive within a moment, or while a transaction is under way, become
 * one transaction. Nobody sees an edit, and nobody is told it is saved, before its transaction is done.
 */
import type { Append, UpdateLog } from './ports.ts';

interface Waiting {
  readonly edit: Append;
  resolve(seq: number): void;
  reject(error: unknown): void;
}

export class GroupCommit {
  readonly #log: UpdateLog;
  readonly #gatherMs: number;
  readonly #most: number;
  #queue: Waiting[] = [];
  #underWay: Waiting[] = [];
  #running: Promise<void> | null = null;
  #failed = 0;

  constructor(log: UpdateLog, { gatherMs = 2, most = 1_000 } = {}) {
    this.#log = log;
    this.#gatherMs = gatherMs;
    this.#most = most;
  }

  /** Edits not yet durable. */
  get pending(): number {
    return this.#queue.length + this.#underWay.length;
  }

  /** Edits that were refused since the store last took one: people still hold them and were told so. */
  get failed(): number {
    return this.#failed;
  }

  /** Resolves with the edit's `seq` once it is durable; rejects when it is not in the log. */
  append(edit: Append): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ edit, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is waiting any more, saved or refused. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#gatherMs));
    while (this.#queue.length > 0) {
      this.#underWay = this.#queue.splice(0, this.#most);
      await this.#commit(this.#underWay);
      this.#underWay = [];
    }
    this.#running = null;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    const error = await this.#try(batch);
    if (error === null) return;
    // One document that cannot be written (deleted meanwhile) must not take the others with it: each once more, alone.
    const byDocument = Map.groupBy(batch, (waiting) => waiting.edit.document);
    for (const [document, waiting] of byDocument) {
      const again = byDocument.size === 1 ? error : await this.#try(waiting);
      if (again !== null) this.#refuse(document, waiting, again);
    }
  }

  /** null: all durable; else the reason why none is. */
  async #try(batch: readonly Waiting[]): Promise<unknown> {
    try {
      const seqs = await this.#log.append(batch.map((waiting) => waiting.edit));
      this.#failed = 0;
      batch.forEach((waiting, index) => waiting.resolve(seqs[index] ?? 0));
      return null;
    } catch (error) {
      return error ?? new Error('append failed');
    }
  }

  /** What waits behind a refused edit of the same document may build on it: refused as well. */
  #refuse(document: string, batch: readonly Waiting[], error: unknown): void {
    this.#failed += batch.length;
    for (const waiting of batch) waiting.reject(error);
    const after = this.#queue.filter((waiting) => waiting.edit.document === document);
    if (after.length === 0) return;
    this.#queue = this.#queue.filter((waiting) => waiting.edit.document !== document);
    for (const waiting of after) waiting.reject(error);
  }
}
