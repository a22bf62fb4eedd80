/**
 * "Follow me" on one page: whoever leads tells where they look, a few times a second at most; everybody else's board goes
 * there until they end it for themselves or a leader ends it for all.
 */
import { untrack } from 'svelte';
import type { LedView, RoomFollow } from '#core/room/view.ts';
import { api } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { WorkshopLive } from './workshop.svelte.ts';

/** Milliseconds between two moves that are told: the eye follows, and the room document grows slowly. */
const EVERY = 350;

export class Following {
  readonly #live: WorkshopLive;
  /** The following that this browser leads; null: none. */
  #mine = $state<number | null>(null);
  /** The one that this person has ended for themselves. */
  #left = $state<number | null>(null);
  /** Where this person looks. */
  #view: LedView | null = null;
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Call where effects live. */
  constructor(live: WorkshopLive) {
    this.#live = live;
    $effect(() => {
      // Another leader has begun, or ended it: this browser tells nothing any more.
      const call = this.#room?.call ?? null;
      untrack(() => {
        if (this.#mine !== null && call !== null && call > this.#mine) {
          this.#mine = null;
          toast(m.follow_taken_over(), { key: 'follow' });
        }
      });
    });
    $effect(() => () => clearTimeout(this.#timer));
  }

  get #room(): RoomFollow | null {
    return this.#live.room.current.follow;
  }

  /** Whether everybody follows this browser. */
  get leads(): boolean {
    return this.#mine !== null && this.#room?.call === this.#mine;
  }

  /** Whether there is something to follow here, followed or not. */
  get offered(): RoomFollow | null {
    return this.leads ? null : this.#room;
  }

  /** What this page shows because somebody leads it there; null: its own choice. */
  get view(): RoomFollow | null {
    const { offered } = this;
    return offered && offered.call !== this.#left ? offered : null;
  }

  leave(): void {
    this.#left = this.#room?.call ?? null;
  }

  again(): void {
    this.#left = null;
  }

  /** This person looks elsewhere now. */
  look(view: LedView): void {
    this.#view = view;
    if (this.#mine !== null) this.#timer ??= setTimeout(() => void this.#tell(), EVERY);
  }

  async begin(): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const begun = await this.#put({ view });
    if (begun === null) return;
    this.#mine = begun;
    this.#told = JSON.stringify(view);
    toast(m.follow_begun(), { tone: 'good', key: 'follow' });
  }

  /** For everybody. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#mine = null;
    await this.#put({ view: null });
  }

  async #tell(): Promise<void> {
    const call = this.#mine;
    const said = JSON.stringify(this.#view);
    if (call !== null && said !== this.#told) {
      this.#told = said;
      const path = `/workshops/${this.#live.view.id}/follow` as const;
      const done = await api('PUT', path, { view: this.#view, call });
      // Told again by the next move where the connection is away; ended where somebody has ended it.
      if (!done.ok && done.failure.code === 'changed-meanwhile') this.#mine = null;
    }
    this.#timer = undefined;
    if (this.#mine !== null && JSON.stringify(this.#view) !== this.#told)
      this.#timer = setTimeout(() => void this.#tell(), EVERY);
  }

  async #put(body: { view: LedView | null }): Promise<number | null> {
    const done = await api<{ call: number }>('PUT', `/workshops/${this.#live.view.id}/follow`, body);
    if (done.ok) return done.value.call;
    toast(done.failure.message, { tone: 'warn', key: 'follow' });
    return null;
  }
}
