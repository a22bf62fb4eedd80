/**
 * What one person does at one board: every verb (write, move, group, colour, delete, undo), each of which is one call of
 * core/board/edit, or of a command in its place. Pointer, keys, menus and the phone's sheets all end here.
 */
import * as edit from '#core/board/edit.ts';
import type { Colour } from '#core/board/schema.ts';
import { refuse } from '#core/result.ts';
import { toast } from '$lib/ui/toast.ts';
import { m } from '#messages/messages.js';
import type { BoardCommands } from './commands.ts';
import { DeskGround } from './desk-ground.svelte.ts';

/** Pasted lines that become notes without asking. */
export const LINES_UNASKED = 30;
/** Notes in one update: together they stay under the server's 64 KiB. */
const NOTES_AT_ONCE = 12;

export class Desk extends DeskGround {
  /** Notes made here and not yet written in: they go when they are left empty. */
  readonly #fresh = new Set<string>();

  /** A new empty note, open for writing. Without a place: the first free one of the area. */
  create(zone: string, at?: readonly [number, number]): string | null {
    const place = at ? { x: at[0], y: at[1] } : {};
    const lang = this.options.language();
    const note = this.act(
      () => edit.createNote(this.board.doc, { zone, ...place, colour: this.colour, lang }, this.origin),
      'add',
      [],
      (by) => by.compose(zone),
      zone,
    );
    if (!note) return null;
    this.#fresh.add(note.id);
    this.options.made?.(note.id);
    this.choose([note.id]);
    this.focused = this.editing = note.id;
    return note.id;
  }

  /** A note with its text at once (the phone's composer). */
  write(zone: string, text: string): string | null {
    const checked = this.act(() => edit.checkText(text), undefined, [], null);
    if (checked === null) return null;
    const lang = this.options.language();
    const note = this.act(
      () => edit.createNote(this.board.doc, { zone, text: checked, colour: this.colour, lang }, this.origin),
      'add',
      [],
      (by) => by.write(zone, checked, this.colour),
      zone,
    );
    if (note) this.options.made?.(note.id);
    return note?.id ?? null;
  }

  /** Lines as notes, in portions that fit into one update each. */
  async writeLines(zone: string, lines: readonly string[]): Promise<void> {
    const lang = this.options.language();
    for (let start = 0; start < lines.length; start += NOTES_AT_ONCE) {
      const texts = lines.slice(start, start + NOTES_AT_ONCE);
      const made = this.act(
        () => edit.createNotes(this.board.doc, { zone, texts, colour: this.colour, lang }, this.origin),
        'add',
        [],
        (by) => texts.forEach((text) => by.write(zone, text, this.colour)),
        zone,
      );
      if (!made && !this.byCommand) return;
      if (!made) continue;
      this.choose(made.ids, start > 0);
      // What is written within one flush of the connection becomes one update: wait for the next.
      if (start + NOTES_AT_ONCE < lines.length) await new Promise((resolve) => setTimeout(resolve, 60));
    }
    toast(m.board_notes_pasted({ count: lines.length }), { tone: 'good' });
  }

  open(id: string): void {
    if ((this.refusal ?? this.forbids('editOwn', [id])) !== null)
      return void this.act(() => ({ ok: true, value: null }), 'editOwn', [id], null);
    if (!this.board.note(id)) return;
    if (this.byCommand) return void (this.rewording = id);
    this.naming = null;
    this.steps?.step();
    this.focused = this.editing = id;
  }

  /** Ends writing; a note that was made and left empty goes. */
  close(id: string): void {
    if (this.editing === id) this.editing = null;
    this.steps?.step();
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
    if (ids.length === 0) return;
    const verb = () => edit.setColour(this.board.doc, { ids, colour }, this.origin);
    this.act(verb, 'editOwn', ids, (by) => by.paint(ids, colour));
  }

  delete(ids: readonly string[] = this.targets.map(({ id }) => id)): void {
    const notes = ids.flatMap((id) => this.board.group(id)?.notes.map((note) => note.id) ?? [id]);
    if (notes.length === 0) return;
    const verb = () => edit.deleteNotes(this.board.doc, { ids: notes }, this.origin);
    const done = this.act(verb, 'editOwn', notes, (by) => by.delete(notes));
    if (done === null && !this.writable) return;
    for (const id of notes) this.selected.delete(id);
    if (this.byCommand) return;
    toast(m.board_notes_deleted({ count: notes.length }), { undo: () => this.undo(), key: 'deleted' });
  }

  duplicate(): void {
    const copies = this.targets.map(({ zone, text, colour, lang }) => ({ zone, text, colour, lang: lang ?? null }));
    if (copies.length === 0) return;
    const verb = () => edit.createEach(this.board.doc, copies, this.origin);
    const ids = this.act(verb, 'add', [], (by) =>
      copies.forEach(({ zone, text, colour }) => by.write(zone, text, colour)),
    );
    if (ids) this.choose(ids);
  }

  toZone(zone: string, ids = this.targets.map(({ id }) => id)): void {
    if (ids.length === 0) return;
    const moves = ids.map((id) => ({ id, zone }));
    const verb = () => edit.moveNotes(this.board.doc, { moves }, this.origin);
    this.act(verb, 'move', ids, (by) => by.place(moves, []), zone);
  }

  /** Several moves as one step of undo. `at` is a place in the area. */
  place(moves: readonly edit.Move[], groups: readonly edit.Move[] = []): void {
    const need = moves.length > 0 || this.forbids('group') ? 'move' : undefined;
    const ids = moves.map(({ id }) => id);
    this.act<null>(
      () => {
        this.board.doc.transact(() => {
          if (moves.length > 0) edit.moveNotes(this.board.doc, { moves }, this.origin);
          for (const group of groups) edit.moveGroup(this.board.doc, group, this.origin);
        }, this.origin);
        return { ok: true, value: null };
      },
      need,
      ids,
      (by) => by.place(moves, groups),
      (moves[0] ?? groups[0])?.zone,
    );
  }

  reorder(id: string, beside: { before: string } | { after: string }): void {
    const verb = () => edit.reorderNote(this.board.doc, { id, ...beside }, this.origin);
    this.act(verb, 'move', [id], (by) => by.reorder(id, beside));
  }

  /** @param onto the note or group they come to. */
  group(noteIds: readonly string[], onto?: string): void {
    const target = onto === undefined ? { noteIds } : { noteIds, onto };
    const verb = () => edit.groupNotes(this.board.doc, target, this.origin);
    const made = this.act(verb, 'group', noteIds, (by) => void this.#groupByCommand(by, noteIds, onto));
    if (!made) return;
    this.choose([made.id]);
    const title = this.board.group(made.id)?.title ?? '';
    toast(m.board_grouped(), { undo: () => this.undo(), key: 'grouped' });
    if (title === '') this.naming = made.id;
  }

  /** The new group comes with the server's own change; its name is asked when it is there. */
  async #groupByCommand(by: BoardCommands, noteIds: readonly string[], onto?: string): Promise<void> {
    const target = onto === undefined ? undefined : (this.board.note(onto)?.group?.id ?? onto);
    const isGroup = target !== undefined && this.board.group(target) !== undefined;
    const id = await by.group(noteIds, target === undefined ? undefined : { id: target, isGroup });
    if (id === null) return;
    for (let tries = 0; tries < 40 && !this.board.group(id); tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    if (!this.board.group(id)) return;
    this.choose([id]);
    if (this.board.group(id)?.title === '') this.naming = id;
  }

  /** Another text for a note, whole. */
  reword(id: string, text: string): void {
    this.rewording = null;
    if (this.board.note(id) && this.board.note(id)?.text !== text)
      this.act(
        () => refuse('by-command-only'),
        'editOwn',
        [id],
        (by) => by.reword(id, text),
      );
  }

  name(id: string, title: string): void {
    this.naming = null;
    if (!this.board.group(id) || this.board.group(id)?.title === title) return;
    const verb = () => edit.nameGroup(this.board.doc, { id, title }, this.origin);
    this.act(verb, 'group', [], (by) => by.name(id, title));
  }

  ungroup(id: string): void {
    this.act(
      () => edit.ungroup(this.board.doc, { id }, this.origin),
      'group',
      [],
      (by) => by.ungroup(id),
    );
  }

  leaveGroup(ids: readonly string[]): void {
    const verb = () => edit.removeFromGroup(this.board.doc, { ids }, this.origin);
    this.act(verb, 'group', ids, (by) => by.leaveGroup(ids));
  }

  undo(): void {
    if (this.writable) this.steps?.undo();
  }

  redo(): void {
    if (this.writable) this.steps?.redo();
  }
}
