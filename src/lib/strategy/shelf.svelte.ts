/**
 * The snapshots that a draft rests on: what the page was rendered with, and the whole of one when somebody asks where a
 * passage comes from. A snapshot never changes, so each is fetched once.
 */
import { SvelteMap } from 'svelte/reactivity';
import { traceOf, type Trace } from '#core/strategy/trace.ts';
import type { Snapshot } from '#core/strategy/snapshot.ts';
import { api } from '$lib/http/api.ts';

/** What is known of a snapshot without fetching it. */
export interface KnownSnapshot {
  readonly id: string;
  readonly title: string;
  readonly hash: string;
  readonly workshopId: string | null;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

export interface WholeSnapshot {
  readonly snapshot: Snapshot;
  readonly trace: Trace;
}

export class Shelf {
  readonly #known = new SvelteMap<string, KnownSnapshot>();
  /** A sentence where it could not be fetched. */
  readonly #whole = new SvelteMap<string, WholeSnapshot | string>();
  readonly #asked = new Set<string>();

  learn(snapshots: readonly KnownSnapshot[]): void {
    for (const each of snapshots) this.#known.set(each.id, each);
  }

  /** Asks for it where it is not known yet. Reactive. */
  known(id: string): KnownSnapshot | null {
    const known = this.#known.get(id);
    if (!known) this.#ask(id);
    return known ?? null;
  }

  /** The whole of it; null while it comes, a sentence where it does not. Reactive. */
  whole(id: string): WholeSnapshot | string | null {
    const whole = this.#whole.get(id);
    if (whole === undefined) this.#ask(id);
    return whole ?? null;
  }

  retry(id: string): void {
    this.#asked.delete(id);
    this.#whole.delete(id);
  }

  #ask(id: string): void {
    if (this.#asked.has(id)) return;
    this.#asked.add(id);
    void this.#fetch(id);
  }

  async #fetch(id: string): Promise<void> {
    const answer = await api<Snapshot>('GET', `/snapshots/${encodeURIComponent(id)}`);
    if (!answer.ok) {
      this.#whole.set(id, answer.failure.message);
      return;
    }
    const snapshot = answer.value;
    this.#whole.set(id, { snapshot, trace: traceOf(snapshot) });
    const { title, hash, takenAt, workshop } = snapshot;
    if (!this.#known.has(id)) this.#known.set(id, { id, title, hash, takenAt, workshopId: workshop.id });
  }
}
