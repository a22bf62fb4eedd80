/**
 * The board on the screen: the document's notes and groups as view objects. What changes in the document is gathered and
 * brought to the screen once per frame; one's own edits at once. A changed text touches one note; a changed place also
 * asks anew how large the areas are and what stands in which order.
 */
import * as Y from 'yjs';
import { CARD, groupSize } from '#core/board/place.ts';
import { readingOrder } from '#core/board/order.ts';
import { readGroup, readNote } from '#core/board/read.ts';
import { layOutZones } from './layout.ts';
import { GroupView, NoteView } from './note.svelte.ts';
import { ZoneView, type ListItem, type ZoneInfo } from './zone.svelte.ts';

export class Board {
  readonly zones: readonly ZoneView[];
  readonly zoneIds: readonly string[];
  /** In the order in which they came: a note keeps its element (and its focus) wherever it goes. */
  notes = $state.raw<readonly NoteView[]>([]);
  groups = $state.raw<readonly GroupView[]>([]);
  width = $state(0);
  height = $state(0);
  doc: Y.Doc = new Y.Doc();
  readonly #notes = new Map<string, NoteView>();
  readonly #groups = new Map<string, GroupView>();
  readonly #dirtyNotes = new Set<string>();
  readonly #dirtyGroups = new Set<string>();
  #frame: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(zones: readonly ZoneInfo[]) {
    this.zones = zones.map((info) => new ZoneView(info));
    this.zoneIds = zones.map(({ id }) => id);
    this.#measure();
  }

  note(id: string): NoteView | undefined {
    return this.#notes.get(id);
  }

  group(id: string): GroupView | undefined {
    return this.#groups.get(id);
  }

  zone(id: string): ZoneView | undefined {
    return this.zones.find((zone) => zone.id === id);
  }

  /** Shows another document from now on; returns how to stop following it. */
  bind(doc: Y.Doc): () => void {
    this.doc = doc;
    const [notes, groups] = [doc.getMap<unknown>('notes'), doc.getMap<unknown>('groups')];
    const seeNotes = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) =>
      this.#see(events, this.#dirtyNotes, transaction);
    const seeGroups = (events: Y.YEvent<Y.AbstractType<unknown>>[], transaction: Y.Transaction) =>
      this.#see(events, this.#dirtyGroups, transaction);
    notes.observeDeep(seeNotes as never);
    groups.observeDeep(seeGroups as never);
    // Own edits are on the screen when the edit returns: a new note can be typed in at once.
    const afterwards = (transaction: Y.Transaction) => transaction.local && this.#flush();
    doc.on('afterTransaction', afterwards);
    for (const id of [...this.#notes.keys(), ...notes.keys()]) this.#dirtyNotes.add(id);
    for (const id of [...this.#groups.keys(), ...groups.keys()]) this.#dirtyGroups.add(id);
    this.#flush();
    return () => {
      notes.unobserveDeep(seeNotes as never);
      groups.unobserveDeep(seeGroups as never);
      doc.off('afterTransaction', afterwards);
      this.#cancel();
    };
  }

  #see(events: Y.YEvent<Y.AbstractType<unknown>>[], dirty: Set<string>, transaction: Y.Transaction): void {
    for (const event of events) {
      const [id] = event.path;
      if (typeof id === 'string') dirty.add(id);
      else for (const key of event.keys.keys()) dirty.add(key);
    }
    if (transaction.local || this.#frame !== undefined) return;
    this.#frame = requestAnimationFrame(() => this.#flush());
    // A tab in the background draws no frames; it still has to know.
    this.#timer = setTimeout(() => this.#flush(), 250);
  }

  #cancel(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = undefined;
  }

  #flush(): void {
    this.#cancel();
    if (this.#dirtyNotes.size + this.#dirtyGroups.size === 0) return;
    const notes = this.#refresh(this.#dirtyNotes, this.#notes, 'notes', readNote, (note) => new NoteView(note));
    const groups = this.#refresh(this.#dirtyGroups, this.#groups, 'groups', readGroup, (group) => new GroupView(group));
    if (notes.listed) this.notes = [...this.#notes.values()];
    if (groups.listed) this.groups = [...this.#groups.values()];
    if (notes.moved || groups.moved) this.#arrange();
  }

  #refresh<T extends { readonly id: string }, V extends { read(value: T): boolean }>(
    dirty: Set<string>,
    views: Map<string, V>,
    root: string,
    read: (id: string, value: unknown, zones: readonly string[] | null) => T | null,
    make: (value: T) => V,
  ): { listed: boolean; moved: boolean } {
    let [listed, moved] = [false, false];
    const map = this.doc.getMap<unknown>(root);
    for (const id of dirty) {
      const value = read(id, map.get(id), this.zoneIds);
      const view = views.get(id);
      if (value === null) listed = views.delete(id) || listed;
      else if (view) moved = view.read(value) || moved;
      else {
        views.set(id, make(value));
        listed = true;
      }
    }
    dirty.clear();
    return { listed, moved: moved || listed };
  }

  /** Who stands in which group and in which order, and how large the areas are. */
  #arrange(): void {
    const members = new Map<GroupView, NoteView[]>();
    const alone: NoteView[] = [];
    for (const note of this.#notes.values()) {
      const group = note.groupId === undefined ? undefined : this.#groups.get(note.groupId);
      note.group = group ?? null;
      if (!group) alone.push(note);
      else if (members.has(group)) members.get(group)?.push(note);
      else members.set(group, [note]);
    }
    const items: (ListItem & { at: readonly [string, number, number] })[] = alone.map((note) => ({
      kind: 'note',
      id: note.id,
      note,
      at: [note.zone, note.x, note.y],
    }));
    for (const group of this.#groups.values()) {
      const inside = readingOrder(
        (members.get(group) ?? []).map((note) => ({ id: note.id, at: ['', note.x, note.y], note })),
      );
      inside.forEach(({ note }, slot) => (note.slot = slot));
      if (inside.length !== group.notes.length || inside.some(({ note }, slot) => note !== group.notes[slot]))
        group.notes = inside.map(({ note }) => note);
      if (inside.length > 0) items.push({ kind: 'group', id: group.id, group, at: [group.zone, group.x, group.y] });
    }
    const ordered = readingOrder(items, this.zoneIds);
    for (const zone of this.zones) zone.list(ordered.filter(({ at }) => at[0] === zone.id));
    this.#measure();
  }

  #measure(): void {
    const boxes = layOutZones(
      this.zones.map((zone) => {
        let [right, bottom] = [0, 0];
        for (const item of zone.items) {
          const { x, y } = item.kind === 'note' ? item.note : item.group;
          const size = item.kind === 'note' ? CARD : groupSize(item.group.notes.length);
          right = Math.max(right, x + size.width);
          bottom = Math.max(bottom, y + size.height);
        }
        return [right, bottom] as const;
      }),
    );
    this.zones.forEach((zone, at) => {
      const box = boxes[at];
      if (box) zone.place(box);
    });
    this.width = Math.max(...boxes.map(({ left, width }) => left + width));
    this.height = Math.max(...boxes.map(({ top, height }) => top + height));
  }
}
