/**
 * What a desk stands on: the document it follows, what one has chosen, what is open for writing, and the one way in which
 * anything is done: an edit of the document under this person's own undo origin, or a command where that is the way.
 */
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type * as Y from 'yjs';
import * as edit from '#core/board/edit.ts';
import { NO_LOCKS, type Locks } from '#core/board/change.ts';
import type { Colour } from '#core/board/schema.ts';
import { refuse, type RefusalCode, type Result } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { Presence } from '$lib/live/presence.svelte.ts';
import type { MenuItem } from '$lib/ui/menu.ts';
import { toast } from '$lib/ui/toast.ts';
import { Board } from './board.svelte.ts';
import type { BoardCommands } from './commands.ts';
import type { DeskOptions } from './desk-options.ts';
import type { NoteView } from './note.svelte.ts';
import { showOthers } from './others.ts';
import type { BoardSource } from './source.ts';

export class DeskGround {
  readonly board: Board;
  readonly presence = new Presence();
  /** Ids of chosen notes and groups. */
  readonly selected = new SvelteSet<string>();
  /** The note that has, or last had, the keyboard. */
  focused = $state<string | null>(null);
  /** The note that is open for writing. */
  editing = $state<string | null>(null);
  /** The note that is open for rewording, where writing is by command. */
  rewording = $state<string | null>(null);
  /** The group whose name is open for writing. */
  naming = $state<string | null>(null);
  colour = $state<Colour>('yellow');
  canUndo = $state(false);
  canRedo = $state(false);
  /** The note at which Tab enters the board. */
  readonly tabStop = $derived.by(() => {
    const { notes, zones } = this.board;
    const focused = notes.find(({ id }) => id === this.focused);
    return focused?.id ?? zones.find((zone) => zone.count > 0)?.notes[0]?.id ?? null;
  });
  readonly origin = Symbol('own edits');
  protected readonly options: DeskOptions;
  protected steps: edit.BoardUndo | null = null;

  /** Call where effects live. */
  constructor(options: DeskOptions) {
    this.options = options;
    this.board = new Board(options.zones);
    $effect(() => {
      const source = options.source();
      if (!source?.loaded) return;
      const { doc } = source;
      // Following a document reads the very state that it writes: only another document may run this again.
      return untrack(() => this.#bind(doc));
    });
    $effect(() => {
      const awareness = options.source()?.awareness;
      return awareness ? untrack(() => this.presence.bind(awareness)) : undefined;
    });
    $effect(() => this.presence.onChange(() => showOthers(this.board, this.presence)));
    $effect(() => {
      if (this.refusal !== null) untrack(() => (this.editing = this.naming = this.rewording = null));
    });
  }

  #bind(doc: Y.Doc): () => void {
    const unbind = this.board.bind(doc);
    const undo = edit.createUndo(doc, this.origin);
    this.steps = undo;
    const note = () => {
      this.canUndo = undo.canUndo();
      this.canRedo = undo.canRedo();
    };
    note();
    const off = undo.onChange(note);
    return () => {
      off();
      undo.destroy();
      unbind();
    };
  }

  get source(): BoardSource | null {
    return this.options.source();
  }

  get refusal(): RefusalCode | null {
    return this.options.refusal();
  }

  /** The table that a note came from, to be told on it. */
  cameFrom(noteId: string): string | undefined {
    return this.options.cameFrom?.(noteId);
  }

  /** The document shown now. Reactive: another one after each re-opening. */
  get doc(): Y.Doc {
    return this.source?.doc ?? this.board.doc;
  }

  /** Whether a note is on this device only. In the moment before the server answers it is not worth saying. */
  isWaiting(id: string): boolean {
    return this.options.away() && (this.source?.isUnsent(id) ?? false);
  }

  get writable(): boolean {
    const source = this.source;
    return this.refusal === null && source !== null && source.loaded && !source.reopening;
  }

  /** Commands in place of edits, where nobody writes into the document itself; null: edits. */
  get byCommand(): BoardCommands | null {
    return this.options.commands?.() ?? null;
  }

  /** The chosen notes; without any, the one that has the keyboard. */
  get targets(): NoteView[] {
    const ids = this.selected.size > 0 ? [...this.selected] : this.focused === null ? [] : [this.focused];
    return ids.flatMap((id) => this.board.note(id) ?? []);
  }

  choose(ids: readonly string[], add = false): void {
    if (!add) this.selected.clear();
    for (const id of ids) this.selected.add(id);
  }

  more(noteId: string): readonly MenuItem[] {
    return this.options.more?.(noteId) ?? [];
  }

  /** @param zone where something shall come to. */
  forbids(what: keyof BoardMay | undefined, ids: readonly string[] = [], zone?: string): RefusalCode | null {
    return what === undefined ? null : (this.options.forbids?.(what, ids, zone) ?? null);
  }

  get locks(): Locks {
    return this.options.locks?.() ?? NO_LOCKS;
  }

  /**
   * Does it if writing is allowed, and says why not otherwise: by a command where that is the way (then null: the change is
   * seen when it comes), else by an edit.
   */
  protected act<T>(
    verb: () => Result<T>,
    need: keyof BoardMay | undefined,
    ids: readonly string[],
    command: ((by: BoardCommands) => unknown) | null,
    zone?: string,
  ): T | null {
    const refusal = this.refusal ?? this.forbids(need, ids, zone);
    const by = this.byCommand;
    if (by && command && refusal === null) return (command(by), null);
    if (!this.writable) {
      if (refusal) toast(sentence({ code: refusal }), { key: refusal });
      return null;
    }
    const done = refusal === null ? verb() : refuse(refusal);
    if (done.ok) return done.value;
    toast(sentence(done.refusal), { tone: 'warn', key: done.refusal.code });
    return null;
  }
}
