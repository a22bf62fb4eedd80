/**
 * The tables on the facilitator's page: how far each is, asked again now and then, because what is written at a table is in
 * no document that the page reads; and the commands, each one call of the API.
 */
import { untrack } from 'svelte';
import type { TableState } from '#core/stage/tables.ts';
import { api } from '$lib/http/api.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { Lead } from '../lead.svelte.ts';

export interface LedTable {
  readonly id: string;
  readonly name: string;
  readonly state: TableState;
  readonly people: number;
  readonly here: number;
  readonly ready: number;
  readonly boardId: string;
  readonly notes: number;
  readonly waiting: number;
  readonly seated: readonly string[];
}

interface Seen {
  readonly split: { readonly id: string; readonly boardId: string } | null;
  readonly tables: readonly LedTable[];
}

/** What the room is split by, as the API takes it. */
export interface AskedSplit {
  readonly boardId: string;
  readonly mode: string;
  readonly seating: string;
  readonly tables: readonly { readonly name: string; readonly zones?: readonly string[] }[];
  readonly seats?: Readonly<Record<string, number>>;
  readonly withNotes: boolean;
}

/** Milliseconds between two looks at what was written. */
const LOOK = 4_000;

export class LedTables {
  seen = $state.raw<Seen | null>(null);
  readonly #lead: Lead;

  /** Call where effects live. */
  constructor(lead: Lead) {
    this.#lead = lead;
    $effect(() => {
      const { tables } = lead.room;
      void [tables?.changes, tables?.tables.map(({ here, ready }) => `${here} ${ready}`).join()];
      if (tables === null) return void (this.seen = null);
      untrack(() => void this.look());
      const timer = setInterval(() => void this.look(), LOOK);
      return () => clearInterval(timer);
    });
  }

  get #path() {
    return `/workshops/${this.#lead.workshop.id}/tables`;
  }

  async look(): Promise<void> {
    const seen = await api<Seen>('GET', this.#path);
    if (seen.ok) this.seen = seen.value;
  }

  async split(asked: AskedSplit): Promise<boolean> {
    const done = await this.#lead.run('split', () => api('POST', this.#path, asked));
    if (done !== null) toast(m.table_done(), { tone: 'good' });
    return done !== null;
  }
  async move(participantId: string, tableId: string): Promise<void> {
    await this.#lead.run('seat', () => api('PUT', `${this.#path}/seats`, { participantId, tableId }));
    await this.look();
  }
  async rename(id: string, name: string): Promise<void> {
    await this.#lead.run('rename', () => api('PATCH', `${this.#path}/${id}`, { name }));
  }
  async back(id: string): Promise<void> {
    const done = await this.#lead.run(`back-${id}`, () => api<{ brought: number }>('POST', `${this.#path}/${id}/back`));
    if (done) toast(m.table_back_done({ count: done.brought }), { tone: 'good' });
    await this.look();
  }
  async end(): Promise<void> {
    const done = await this.#lead.run('end', () => api<{ brought: number }>('DELETE', this.#path));
    if (done) toast(m.table_back_done({ count: done.brought }), { tone: 'good' });
    await this.look();
  }
}
