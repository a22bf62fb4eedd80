/**
 * The room as everybody sees it: the stage, the lock, the time, who is here, the rounds. Follows `room/<workshopId>`,
 * which only the server writes; before it arrives, the page shows what it was rendered with.
 */
import { untrack } from 'svelte';
import { EMPTY_ROOM, readRoom, type Room } from '#core/room/room.ts';
import type { LiveDocument } from './document.svelte.ts';

export class LiveRoom {
  #current = $state.raw<Room>(EMPTY_ROOM);

  /** Call where effects live (a layout's script). */
  constructor(document: () => LiveDocument | null, rendered: () => Room) {
    this.#current = untrack(rendered);
    $effect(() => {
      const live = document();
      if (!live?.loaded) return;
      const doc = live.doc;
      const read = () => (this.#current = readRoom(doc));
      untrack(read);
      doc.on('update', read);
      return () => doc.off('update', read);
    });
  }

  get current(): Room {
    return this.#current;
  }
}
