/**
 * The room as everybody sees it: the stage, the lock, the time, who is here, the rounds. Follows `room/<workshopId>`,
 * which only the server writes; before it arrives, the page shows what it was rendered with.
 */
import { untrack } from 'svelte';
import { EMPTY_ROOM, readRoom, type Room } from '#core/room/room.ts';
import { roundIn } from '#core/voting/words.ts';
import { language } from '$lib/i18n/language.svelte.ts';
import type { LiveDocument } from './document.svelte.ts';

export class LiveRoom {
  #current = $state.raw<Room>(EMPTY_ROOM);
  /** The room's own word has arrived, in place of what the page was rendered with. */
  isHeard = $state(false);

  /** Call where effects live (a layout's script). */
  constructor(document: () => LiveDocument | null, rendered: () => Room) {
    this.#current = untrack(rendered);
    $effect(() => {
      const live = document();
      if (!live?.loaded) return;
      const doc = live.doc;
      const read = () => {
        this.#current = readRoom(doc);
        this.isHeard = this.#current.revision !== null;
      };
      untrack(read);
      doc.on('update', read);
      return () => doc.off('update', read);
    });
  }

  /** Rounds in the person's language, where they were translated. */
  readonly #inLanguage = $derived.by(() => {
    const { rounds } = this.#current;
    return rounds.some(({ words }) => words)
      ? { ...this.#current, rounds: rounds.map((round) => roundIn(round, language.current)) }
      : this.#current;
  });

  get current(): Room {
    return this.#inLanguage;
  }
}
