/**
 * Which notes are worth drawing: on a large board those in and around the window. The window counts in steps, so that
 * moving the view a little decides nothing anew, and a moved note decides for itself alone.
 */
import { SvelteSet } from 'svelte/reactivity';
import type { Board } from './board.svelte.ts';
import type { Camera } from './camera.svelte.ts';
import type { NoteView } from './note.svelte.ts';
import { boxOf } from './spot.ts';

/** Up to so many notes all are drawn: what is out of sight costs little then, and is there at once. */
const DRAWN_ALWAYS = 300;
/** Board pixels around the window: a note is there before it is seen. */
const AROUND = 300;

export class Sight {
  /** Notes that stay whatever is seen: the focused one, the one that is written in. */
  readonly kept = new SvelteSet<string>();
  readonly #board: Board;
  readonly #camera: Camera;
  readonly #large: boolean = $derived.by(() => this.#board.notes.length > DRAWN_ALWAYS);
  /** The cells of the board that the window touches, as text: equal text wakes nobody. */
  readonly #cells: string = $derived.by(() => {
    const { left, top, width, height } = this.#camera.seen;
    const cell = 2 ** Math.ceil(Math.log2(Math.max(width, height, 256) / 2));
    const at = (place: number) => Math.floor(place / cell);
    return [cell, at(left), at(top), at(left + width), at(top + height)].join(' ');
  });
  readonly #part: readonly [left: number, top: number, right: number, bottom: number] = $derived.by(() => {
    const [cell = 1, left = 0, top = 0, right = 0, bottom = 0] = this.#cells.split(' ').map(Number);
    return [left * cell - AROUND, top * cell - AROUND, (right + 1) * cell + AROUND, (bottom + 1) * cell + AROUND];
  });

  constructor(board: Board, camera: Camera) {
    this.#board = board;
    this.#camera = camera;
  }

  shows(note: NoteView): boolean {
    if (!this.#large || note.held || this.kept.has(note.id)) return true;
    const { left, top, width, height } = boxOf(this.#board, note);
    const [west, north, east, south] = this.#part;
    return left < east && left + width > west && top < south && top + height > north;
  }
}
