/**
 * Where notes of a board came from: a table, an area of another board (a seeded factor, an action that was not done), the
 * factors that an option rests on. It stands beside the document: it is asked for once the room says that there is
 * something, and again when that grew.
 */
import CornerDownRight from '@lucide/svelte/icons/corner-down-right';
import { untrack } from 'svelte';
import { api } from '$lib/http/api.ts';
import { language } from '$lib/i18n/language.svelte.ts';
import { wordsIn, type SomeWords } from '$lib/i18n/words.ts';
import type { WorkshopLive } from '$lib/live/workshop.svelte.ts';
import type { MenuItem } from '$lib/ui/menu.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';

interface SeenOrigin {
  readonly itemId: string;
  readonly source: string;
  /** Name of the table; left out: it came from elsewhere. */
  readonly table?: string;
  /** Title of the board, name of its area, and the words there, as far as they are still there. */
  readonly board?: SomeWords;
  readonly zone?: SomeWords;
  readonly text?: string;
}

const SHORT = 60;

export class NoteOrigins {
  #origins = $state.raw<ReadonlyMap<string, readonly SeenOrigin[]>>(new Map());

  /** Call where effects live. */
  constructor(live: WorkshopLive, boardId: string) {
    $effect(() => {
      if ((live.room.current.marks[boardId] ?? 0) > 0) untrack(() => void this.#ask(boardId));
    });
  }

  async #ask(boardId: string): Promise<void> {
    const seen = await api<readonly SeenOrigin[]>('GET', `/boards/${boardId}/origins`);
    if (!seen.ok) return;
    const found = new Map<string, SeenOrigin[]>();
    for (const one of seen.value) found.set(one.itemId, [...(found.get(one.itemId) ?? []), one]);
    this.#origins = found;
  }

  /** The mark on the note: its table, or the area that it came from; undefined: it was written here. */
  shortOf(noteId: string): string | undefined {
    const [first] = (this.#origins.get(noteId) ?? []).filter(({ source }) => source !== 'bond');
    if (!first) return undefined;
    return first.table ?? (wordsIn(first.zone ?? first.board ?? {}, language.current) || undefined);
  }

  /** All of it, one line an origin. */
  linesOf(noteId: string): readonly string[] {
    return (this.#origins.get(noteId) ?? []).map(({ table, board, zone, text }) => {
      const place = [board, zone].map((words) => (words ? wordsIn(words, language.current) : '')).filter(Boolean);
      const where = table ?? place.join(' · ');
      return text === undefined ? where : where === '' ? text : `${where}: ${text}`;
    });
  }

  /** Lines of the note's menu: each says where it came from, and in whole when it is pressed. */
  itemsOf(noteId: string): MenuItem[] {
    return this.linesOf(noteId)
      .filter((line) => line !== '')
      .map((line) => ({
        label: m.board_origin({ from: line.length > SHORT ? `${line.slice(0, SHORT)}…` : line }),
        icon: CornerDownRight,
        run: () => toast(m.board_origin({ from: line }), { key: 'origin', seconds: 15 }),
      }));
  }
}
