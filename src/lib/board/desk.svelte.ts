/**
 * What one person does at one board: what they have chosen, what is open for writing, and every verb (write, move, group,
 * colour, delete, undo), each of which is one call of core/board/edit under this person's own undo origin. Pointer, keys,
 * menus and the phone's sheets all end here.
 */
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import type * as Y from 'yjs';
import * as edit from '#core/board/edit.ts';
import type { Colour } from '#core/board/schema.ts';
import { refuse, type RefusalCode, type Result } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { Presence } from '$lib/live/presence.svelte.ts';
import type { MenuItem } from '$lib/ui/menu.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import { Board } from './board.svelte.ts';
import type { DeskOptions } from './desk-options.ts';
import type { NoteView } from './note.svelte.ts';
import { showOthers } from './others.ts';
import type { BoardSource } from './source.ts';

/** Pasted lines that become notes without asking. */
export const LINES_UNASKED = 30;
/** Notes in one update: together they stay under the server's 64 KiB. */
const NOTES_AT_ONCE = 12;

export class Desk {
  readonly board: Board;
  readonly presence = new Presence();
  /** Ids of chosen notes and groups. */
  readonly selected = new SvelteSet<string>();
  /** The note that has, or last had, the keyboard. */
  focused = $state<string | null>(null);
  /** The note that is open for writing. */
  editing = $state<string | null>(null);
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
  readonly #options: DeskOptions;
  #undo: edit.BoardUndo | null = null;
  /** Notes made here and not yet written in: they go when they are left empty. */
  readonly #fresh = new Set<string>();

  /** Call where effects live. */
  constructor(options: DeskOptions) {
    this.#options = options;
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
      if (this.refusal !== null) untrack(() => (this.editing = this.naming = null));
    });
  }

  #bind(doc: Y.Doc): () => void {
    const unbind = this.board.bind(doc);
    const undo = edit.createUndo(doc, this.origin);
    this.#undo = undo;
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
    return this.#options.source();
  }

  get refusal(): RefusalCode | null {
    return this.#options.refusal();
  }

  /** The document shown now. Reactive: another one after each re-opening. */
  get doc(): Y.Doc {
    return this.source?.doc ?? this.board.doc;
  }

  /** Whether a note is on this device only. In the moment before the server answers it is not worth saying. */
  isWaiting(id: string): boolean {
    return this.#options.away() && (this.source?.isUnsent(id) ?? false);
  }

  get writable(): boolean {
    const source = this.source;
    return this.refusal === null && source !== null && source.loaded && !source.reopening;
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
    return this.#options.more?.(noteId) ?? [];
  }

  forbids(what: keyof BoardMay | undefined, ids: readonly string[] = []): RefusalCode | null {
    return what === undefined ? null : (this.#options.forbids?.(what, ids) ?? null);
  }

  /** Does it if writing is allowed, and says why not otherwise. */
  #act<T>(verb: () => Result<T>, need?: keyof BoardMay, ids: readonly string[] = []): T | null {
    const refusal = this.refusal ?? this.forbids(need, ids);
    if (!this.writable) {
      if (refusal) toast(sentence({ code: refusal }), { key: refusal });
      return null;
    }
    const done = refusal === null ? verb() : refuse(refusal);
    if (done.ok) return done.value;
    toast(sentence(done.refusal), { tone: 'warn', key: done.refusal.code });
    return null;
  }

  /** A new empty note, open for writing. Without a place: the first free one of the area. */
  create(zone: string, at?: readonly [number, number]): string | null {
    const place = at ? { x: at[0], y: at[1] } : {};
    const lang = this.#options.language();
    const note = this.#act(
      () => edit.createNote(this.board.doc, { zone, ...place, colour: this.colour, lang }, this.origin),
      'add',
    );
    if (!note) return null;
    this.#fresh.add(note.id);
    this.#options.made?.(note.id);
    this.choose([note.id]);
    this.focused = this.editing = note.id;
    return note.id;
  }

  /** A note with its text at once (the phone's composer). */
  write(zone: string, text: string): string | null {
    const checked = this.#act(() => edit.checkText(text));
    if (checked === null) return null;
    const lang = this.#options.language();
    const note = this.#act(
      () => edit.createNote(this.board.doc, { zone, text: checked, colour: this.colour, lang }, this.origin),
      'add',
    );
    if (note) this.#options.made?.(note.id);
    return note?.id ?? null;
  }

  /** Lines as notes, in portions that fit into one update each. */
  async writeLines(zone: string, lines: readonly string[]): Promise<void> {
    const lang = this.#options.language();
    for (let start = 0; start < lines.length; start += NOTES_AT_ONCE) {
      const texts = lines.slice(start, start + NOTES_AT_ONCE);
      const made = this.#act(
        () => edit.createNotes(this.board.doc, { zone, texts, colour: this.colour, lang }, this.origin),
        'add',
      );
      if (!made) return;
      this.choose(made.ids, start > 0);
      // What is written within one flush of the connection becomes one update: wait for the next.
      if (start + NOTES_AT_ONCE < lines.length) await new Promise((resolve) => setTimeout(resolve, 60));
    }
    toast(m.board_notes_pasted({ count: lines.length }), { tone: 'good' });
  }

  open(id: string): void {
    if ((this.refusal ?? this.forbids('editOwn', [id])) !== null)
      return void this.#act(() => ({ ok: true, value: null }), 'editOwn', [id]);
    if (!this.board.note(id)) return;
    this.naming = null;
    this.#undo?.step();
    this.focused = this.editing = id;
  }

  /** Ends writing; a note that was made and left empty goes. */
  close(id: string): void {
    if (this.editing === id) this.editing = null;
    this.#undo?.step();
    if (this.#fresh.delete(id) && this.board.note(id)?.text.trim() === '' && this.writable)
      edit.deleteNotes(this.board.doc, { ids: [id] }, this.origin);
  }

  /** A note that somebody deleted while it was open here: its words are offered back. */
  lost(text: string, zone: string): void {
    this.editing = null;
    if (text.trim() === '') return;
    toast(m.board_note_lost(), {
      tone: 'warn',
      seconds: 30,
      action: { label: m.board_bring_back(), run: () => void this.write(zone, text) },
    });
  }

  paint(colour: Colour, ids = this.targets.map(({ id }) => id)): void {
    this.colour = colour;
    if (ids.length > 0) this.#act(() => edit.setColour(this.board.doc, { ids, colour }, this.origin), 'editOwn', ids);
  }

  delete(ids: readonly string[] = this.targets.map(({ id }) => id)): void {
    const notes = ids.flatMap((id) => this.board.group(id)?.notes.map((note) => note.id) ?? [id]);
    if (notes.length === 0) return;
    const done = this.#act(() => edit.deleteNotes(this.board.doc, { ids: notes }, this.origin), 'editOwn', notes);
    if (done === null && !this.writable) return;
    for (const id of notes) this.selected.delete(id);
    toast(m.board_notes_deleted({ count: notes.length }), { undo: () => this.undo(), key: 'deleted' });
  }

  duplicate(): void {
    const copies = this.targets.map(({ zone, text, colour, lang }) => ({ zone, text, colour, lang: lang ?? null }));
    if (copies.length === 0) return;
    const ids = this.#act(() => edit.createEach(this.board.doc, copies, this.origin), 'add');
    if (ids) this.choose(ids);
  }

  toZone(zone: string, ids = this.targets.map(({ id }) => id)): void {
    if (ids.length === 0) return;
    const moves = ids.map((id) => ({ id, zone }));
    this.#act(() => edit.moveNotes(this.board.doc, { moves }, this.origin), 'move', ids);
  }

  /** Several moves as one step of undo. `at` is a place in the area. */
  place(moves: readonly edit.Move[], groups: readonly edit.Move[] = []): void {
    const need = moves.length > 0 || this.forbids('group') ? 'move' : undefined;
    const ids = moves.map(({ id }) => id);
    this.#act<null>(
      () => {
        this.board.doc.transact(() => {
          if (moves.length > 0) edit.moveNotes(this.board.doc, { moves }, this.origin);
          for (const group of groups) edit.moveGroup(this.board.doc, group, this.origin);
        }, this.origin);
        return { ok: true, value: null };
      },
      need,
      ids,
    );
  }

  reorder(id: string, beside: { before: string } | { after: string }): void {
    this.#act(() => edit.reorderNote(this.board.doc, { id, ...beside }, this.origin), 'move', [id]);
  }

  /** @param onto the note or group they come to. */
  group(noteIds: readonly string[], onto?: string): void {
    const target = onto === undefined ? { noteIds } : { noteIds, onto };
    const made = this.#act(() => edit.groupNotes(this.board.doc, target, this.origin), 'group', noteIds);
    if (!made) return;
    this.choose([made.id]);
    const title = this.board.group(made.id)?.title ?? '';
    toast(m.board_grouped(), { undo: () => this.undo(), key: 'grouped' });
    if (title === '') this.naming = made.id;
  }

  name(id: string, title: string): void {
    this.naming = null;
    if (this.board.group(id)) this.#act(() => edit.nameGroup(this.board.doc, { id, title }, this.origin), 'group');
  }

  ungroup(id: string): void {
    this.#act(() => edit.ungroup(this.board.doc, { id }, this.origin), 'group');
  }

  leaveGroup(ids: readonly string[]): void {
    this.#act(() => edit.removeFromGroup(this.board.doc, { ids }, this.origin), 'group', ids);
  }

  undo(): void {
    if (this.writable) this.#undo?.undo();
  }

  redo(): void {
    if (this.writable) this.#undo?.redo();
  }
}
