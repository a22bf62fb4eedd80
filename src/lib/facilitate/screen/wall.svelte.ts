/**
 * What stands on the wall now: a vote that is open comes before all; its result stays until the room goes on to another
 * stage; else it is what the stage is about.
 */
import { slideOf } from '#core/stage/files.ts';
import type { Material, RoomRound, RoomTables, StageKind } from '#core/room/room.ts';
import type { Language } from '#core/people/caller.ts';
import { untrack } from 'svelte';
import { language } from '$lib/i18n/language.svelte.ts';
import { fetchWords } from '$lib/i18n/words-loading.ts';
import type { WorkshopLive, WorkshopView } from '$lib/live/workshop.svelte.ts';

export type Shown = 'vote' | 'result' | 'door' | 'board' | 'materials' | 'tables' | 'slide';

/** Stages that are about what was decided. */
const ABOUT_RESULTS: readonly StageKind[] = ['vote', 'review', 'close'];

export class Wall {
  readonly #live: WorkshopLive;
  /** The stage in which this wall last showed an open vote. */
  #votedIn = $state<string | null>(null);

  /** Call where effects live. */
  constructor(live: WorkshopLive) {
    this.#live = live;
    $effect(() => {
      // Who leads has chosen: the first of them is the wall's own.
      const [first] = live.room.current.wall;
      if (first !== undefined && first !== untrack(() => language.current)) void language.choose(first);
    });
    $effect(() => {
      if (this.second) void fetchWords(this.second).catch(() => undefined);
    });
    $effect(() => {
      if (this.#open) this.#votedIn = this.#stageId;
    });
  }

  get #stageId(): string {
    return this.#live.room.current.stage?.id ?? '';
  }
  get #open(): RoomRound | undefined {
    return this.#live.room.current.rounds.find(({ status }) => status === 'open' || status === 'closing');
  }
  get #closed(): RoomRound | undefined {
    return this.#live.room.current.rounds.findLast(({ result }) => result !== null);
  }

  get round(): RoomRound | null {
    return this.#open ?? this.#closed ?? null;
  }

  /** The picture that who leads shows; null: none. */
  get slide(): Material | null {
    const { stage, slide } = this.#live.room.current;
    return slideOf(stage, slide);
  }

  /** The tables, while the room works there; null: it works on one board. */
  get tables(): RoomTables | null {
    const { stage, tables } = this.#live.room.current;
    const here = tables !== null && (stage?.boardId ?? tables.boardId) === tables.boardId;
    return here && tables.tables.some(({ state }) => state === 'open') ? tables : null;
  }

  get shows(): Shown {
    const { stage, status } = this.#live.room.current;
    if (this.#open) return 'vote';
    if (this.slide) return 'slide';
    if (stage?.view && !(stage.view === 'result' && !this.#closed)) return stage.view;
    const about =
      status === 'closed' || (stage !== null && ABOUT_RESULTS.includes(stage.kind)) || this.#votedIn === this.#stageId;
    if (this.#closed && about) return 'result';
    if (stage === null || stage.kind === 'welcome') return 'door';
    return this.tables ? 'tables' : 'board';
  }

  /** The language that stands beside the first; null: one is enough. */
  get second(): Language | null {
    const { wall } = this.#live.room.current;
    const { languages } = this.#live.view;
    const others = (wall.length > 0 ? wall : languages).filter((one) => one !== language.current);
    return others[0] ?? null;
  }

  get board(): WorkshopView['boards'][number] | null {
    const { boards } = this.#live.view;
    const { focus, follow, stage } = this.#live.room.current;
    const id = focus?.boardId ?? follow?.boardId ?? stage?.boardId;
    return boards.find((board) => board.id === id) ?? boards[0] ?? null;
  }
}
