/**
 * Which table a note came from, for the notes that a table brought to the shared board. Where notes come from is beside the
 * document: it is asked for once the room says that there is something, and again when that grew.
 */
import { untrack } from 'svelte';
import { api } from '$lib/http/api.ts';
import type { WorkshopLive } from '$lib/live/workshop.svelte.ts';

interface SeenOrigin {
  readonly itemId: string;
  /** Name of the table; left out: it came from elsewhere. */
  readonly table?: string;
}

export class NoteOrigins {
  #tables = $state.raw<ReadonlyMap<string, string>>(new Map());

  /** Call where effects live. */
  constructor(live: WorkshopLive, boardId: string) {
    $effect(() => {
      if ((live.room.current.marks[boardId] ?? 0) > 0) untrack(() => void this.#ask(boardId));
    });
  }

  async #ask(boardId: string): Promise<void> {
    const seen = await api<readonly SeenOrigin[]>('GET', `/boards/${boardId}/origins`);
    if (seen.ok)
      this.#tables = new Map(
        seen.value.flatMap(({ itemId, table }) => (table === undefined ? [] : [[itemId, table] as const])),
      );
  }

  tableOf(noteId: string): string | undefined {
    return this.#tables.get(noteId);
  }
}
