/**
 * Notes and groups in the hand: from the moment a drag begins until they are dropped or put back. While they are held
 * nothing is written; their place travels in awareness. The drop is one edit.
 */
import { CARD, groupSize } from '#core/board/place.ts';
import type { Desk } from './desk.svelte.ts';
import type { GroupView, NoteView } from './note.svelte.ts';
import { boxOf, boxOfGroup, holds, inZone, spotOf, spotOfGroup, zoneAt } from './spot.ts';

interface Held<T> {
  readonly view: T;
  readonly from: readonly [left: number, top: number];
}

export class Hold {
  readonly #desk: Desk;
  /** The one under the pointer: its place is told to others. */
  readonly #primary: string;
  readonly #notes: readonly Held<NoteView>[];
  readonly #groups: readonly Held<GroupView>[];
  #target: NoteView | GroupView | null = null;

  constructor(desk: Desk, primary: string) {
    const { board, selected } = desk;
    if (!selected.has(primary)) desk.choose([primary]);
    this.#desk = desk;
    this.#primary = primary;
    this.#groups = board.groups
      .filter(({ id }) => selected.has(id))
      .map((view) => ({ view, from: spotOfGroup(board, view) }));
    const inside = new Set(this.#groups.flatMap(({ view }) => view.notes));
    this.#notes = board.notes
      .filter((note) => selected.has(note.id) && !inside.has(note))
      .map((view) => ({ view, from: spotOf(board, view) }));
  }

  /** @param by how far from where it began, board pixels. @param at the point under the pointer. */
  move(by: readonly [number, number], at: readonly [number, number]): void {
    for (const { view, from } of [...this.#notes, ...this.#groups]) view.held = [from[0] + by[0], from[1] + by[1]];
    this.#aim(this.#findTarget(at));
    const primary = [...this.#notes, ...this.#groups].find(({ view }) => view.id === this.#primary)?.view.held;
    const zone = primary && zoneAt(this.#desk.board, primary[0] + CARD.width / 2, primary[1] + CARD.height / 2);
    if (primary && zone)
      this.#desk.presence.carry({
        id: this.#primary,
        at: [zone.id, Math.round(primary[0] - zone.left), Math.round(primary[1] - zone.planeTop)],
      });
  }

  #aim(target: NoteView | GroupView | null): void {
    if (target === this.#target) return;
    if (this.#target) this.#target.accepting = false;
    if (target) target.accepting = true;
    this.#target = target;
  }

  /** The note or group that would take them in. */
  #findTarget([x, y]: readonly [number, number]): NoteView | GroupView | null {
    if (this.#groups.length > 0) return null;
    const { board } = this.#desk;
    const held = new Set(this.#notes.map(({ view }) => view));
    const group = board.groups.find((each) => each.notes.length > 0 && holds(boxOfGroup(board, each), x, y));
    if (group) return [...held].every((note) => note.group === group) ? null : group;
    return board.notes.find((note) => !held.has(note) && !note.group && holds(boxOf(board, note), x, y)) ?? null;
  }

  drop(at: readonly [number, number]): void {
    const desk = this.#desk;
    const target = this.#target;
    const notes = this.#notes.map(({ view }) => ({ view, held: view.held }));
    const groups = this.#groups.map(({ view }) => ({ view, held: view.held }));
    if (target)
      desk.group(
        notes.map(({ view }) => view.id),
        target.id,
      );
    else if (!this.#withinGroup(at)) {
      const under = zoneAt(desk.board, ...at);
      const move = (id: string, held: readonly [number, number] | null, size: { width: number; height: number }) => {
        if (!held || !under) return [];
        const middle = [held[0] + size.width / 2, held[1] + size.height / 2] as const;
        // Each goes to the area its middle is over; what hangs beside all areas goes with the pointer.
        const over = desk.board.zones.find((zone) => holds(zone, ...middle)) ?? under;
        const zone = notes.length + groups.length === 1 ? under : over;
        const [x, y] = inZone(zone, ...held);
        return [{ id, zone: zone.id, x, y }];
      };
      desk.place(
        notes.flatMap(({ view, held }) => move(view.id, held, CARD)),
        groups.flatMap(({ view, held }) => move(view.id, held, groupSize(view.notes.length))),
      );
    }
    this.release();
  }

  /** Dropped inside its own group: it takes the row it was dropped on. */
  #withinGroup([x, y]: readonly [number, number]): boolean {
    const note = this.#notes.length === 1 ? this.#notes[0]?.view : undefined;
    const group = note?.group;
    if (!note || !group || !holds(boxOfGroup(this.#desk.board, group), x, y)) return false;
    const others = group.notes.filter((each) => each !== note);
    const below = others.find((each) => y < spotOf(this.#desk.board, each)[1] + CARD.height / 2);
    const last = others.at(-1);
    if (below) this.#desk.reorder(note.id, { before: below.id });
    else if (last) this.#desk.reorder(note.id, { after: last.id });
    return true;
  }

  /** Lets go: everything is where the document says. */
  release(): void {
    for (const { view } of [...this.#notes, ...this.#groups]) view.held = null;
    this.#aim(null);
    this.#desk.presence.carry(null);
  }
}
