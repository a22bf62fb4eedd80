/** The keyboard on the board: what each key does, on a note or on the board itself. */
import type { Camera } from './camera.svelte.ts';
import type { Desk } from './desk.svelte.ts';
import type { Gestures } from './gestures.svelte.ts';
import type { MenuLevel } from './actions.ts';
import type { NoteView } from './note.svelte.ts';
import { letterKeys } from './letter-keys.svelte.ts';
import { spotOf } from './spot.ts';

export interface KeyTalk {
  menu(level: MenuLevel): void;
  groupWith(): void;
  newNote(): void;
  help(): void;
  search(): void;
  show(note: NoteView, focus: boolean): void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Board pixels a press moves a note by; with Shift ten times as far. */
const STEP = 5;

export class BoardKeys {
  readonly #desk: Desk;
  readonly #camera: Camera;
  readonly #gestures: Gestures;
  readonly #talk: KeyTalk;

  constructor(desk: Desk, camera: Camera, gestures: Gestures, talk: KeyTalk) {
    this.#desk = desk;
    this.#camera = camera;
    this.#gestures = gestures;
    this.#talk = talk;
  }

  /** For the window: fields, dialogs and menus keep their keys. */
  down = (event: KeyboardEvent): void => {
    const target = event.target instanceof Element ? event.target : null;
    if (
      event.defaultPrevented ||
      target?.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]')
    )
      return;
    const note = target?.closest<HTMLElement>('[data-item]')?.dataset['item'];
    const done =
      event.ctrlKey || event.metaKey
        ? this.#control(event)
        : event.altKey
          ? false
          : this.#plain(event) || ((note !== undefined || target === document.body) && this.#onNote(event, note));
    if (done) event.preventDefault();
  };

  up = (event: KeyboardEvent): void => {
    if (event.code === 'Space') this.#gestures.space = false;
  };

  #control({ code, shiftKey }: KeyboardEvent): boolean {
    const desk = this.#desk;
    if (code === 'KeyZ' && shiftKey) desk.redo();
    else if (code === 'KeyZ') desk.undo();
    else if (code === 'KeyY') desk.redo();
    else if (code === 'KeyA') desk.choose(desk.board.notes.map(({ id }) => id));
    else if (code === 'KeyD') desk.duplicate();
    else if (code === 'KeyF') this.#talk.search();
    else if (code === 'Digit0' || code === 'Numpad0') this.#camera.zoomTo(1);
    else if (code === 'Equal' || code === 'NumpadAdd') this.#camera.zoomTo(this.#camera.zoom * 1.25);
    else if (code === 'Minus' || code === 'NumpadSubtract') this.#camera.zoomTo(this.#camera.zoom / 1.25);
    else return false;
    return true;
  }

  #plain({ code, shiftKey, key }: KeyboardEvent): boolean {
    const desk = this.#desk;
    if ((code === 'Slash' && shiftKey) || key === '?') this.#talk.help();
    else if (code === 'Digit1' && shiftKey) this.#camera.fit();
    else if (code === 'Escape') {
      if (!this.#gestures.cancel()) desk.selected.clear();
    } else if (shiftKey) return false;
    else if ((code === 'Delete' || code === 'Backspace') && (desk.targets.length > 0 || desk.selected.size > 0))
      desk.delete(desk.selected.size > 0 ? [...desk.selected] : undefined);
    else if (!letterKeys.on) return false;
    else if (code === 'KeyN') this.#talk.newNote();
    else if (code === 'KeyC' && desk.targets.length > 0) this.#talk.menu('colour');
    else if (code === 'KeyM' && (desk.targets.length > 0 || desk.selected.size > 0)) this.#talk.menu('zone');
    else if (code === 'KeyG' && desk.targets.length > 0) this.#talk.groupWith();
    else return false;
    return true;
  }

  #onNote(event: KeyboardEvent, id: string | undefined): boolean {
    const desk = this.#desk;
    const note = id === undefined ? undefined : desk.board.note(id);
    if (event.code === 'Space') {
      if (!note) this.#gestures.space = true;
      else if (desk.selected.has(note.id)) desk.selected.delete(note.id);
      else desk.choose([note.id], true);
      return true;
    }
    if (event.code === 'Enter' || event.code === 'NumpadEnter' || event.code === 'F2') {
      const [chosen] = desk.selected;
      if (chosen !== undefined && desk.board.group(chosen)) desk.naming = desk.writable ? chosen : null;
      else if (note) desk.open(note.id);
      return note !== undefined || chosen !== undefined;
    }
    if (event.code === 'ContextMenu' || (event.code === 'F10' && event.shiftKey)) {
      if (note && desk.selected.size === 0) desk.choose([note.id]);
      this.#talk.menu('all');
      return true;
    }
    if (event.code === 'Tab') return note ? this.#next(note, event.shiftKey ? -1 : 1) : false;
    const arrow = ARROWS[event.code];
    if (!arrow) return false;
    if (desk.selected.size > 0) return this.#nudge(arrow, event.shiftKey ? 10 * STEP : STEP);
    return note ? this.#neighbour(note, arrow) : false;
  }

  /** Into the next note in reading order; out of the board at its end. */
  #next(note: NoteView, by: number): boolean {
    const all = this.#desk.board.zones.flatMap((zone) => zone.notes);
    return this.#focus(all[all.indexOf(note) + by]);
  }

  /** The nearest note in the direction of the arrow. */
  #neighbour(note: NoteView, [dx, dy]: readonly [number, number]): boolean {
    const { board } = this.#desk;
    const [x, y] = spotOf(board, note);
    let [best, least]: [NoteView | undefined, number] = [undefined, Infinity];
    for (const other of board.notes) {
      const [ox, oy] = spotOf(board, other);
      const [along, across] = dx === 0 ? [(oy - y) * dy, ox - x] : [(ox - x) * dx, oy - y];
      if (other === note || along <= 0) continue;
      const far = along + 2 * Math.abs(across);
      if (far < least) [best, least] = [other, far];
    }
    this.#focus(best);
    return true;
  }

  #focus(note: NoteView | undefined): boolean {
    if (!note) return false;
    this.#talk.show(note, true);
    return true;
  }

  #nudge([dx, dy]: readonly [number, number], step: number): boolean {
    const { board, selected } = this.#desk;
    const moved = ({ id, zone, x, y }: { id: string; zone: string; x: number; y: number }) => ({
      id,
      zone,
      x: Math.max(0, x + dx * step),
      y: Math.max(0, y + dy * step),
    });
    const groups = board.groups.filter(({ id }) => selected.has(id)).map(moved);
    const notes = board.notes.filter(({ id, group }) => selected.has(id) && group === null).map(moved);
    if (notes.length + groups.length > 0) this.#desk.place(notes, groups);
    return true;
  }
}
