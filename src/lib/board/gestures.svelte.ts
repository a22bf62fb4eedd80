/**
 * Mouse, pen and fingers on the board: choose, drag, draw a frame around many, pan, pinch, zoom with the wheel. Pointer
 * events by hand, because a drag must start at four pixels, survive a cancelled pointer, and be taken back by Escape.
 */
import type { Camera } from './camera.svelte.ts';
import type { Desk } from './desk.svelte.ts';
import { Hold } from './hold.ts';
import { boxOf, boxOfGroup, inZone, zoneAt, type Box } from './spot.ts';

const THRESHOLD = 4;
const DOUBLE = 400;

type Mode = 'idle' | 'press' | 'drag' | 'pan' | 'marquee' | 'pinch';
interface Point {
  readonly x: number;
  readonly y: number;
}

export interface GestureTalk {
  /** A menu for what is under the pointer; null: the empty board. */
  menu(x: number, y: number, id: string | null): void;
}

export class Gestures {
  mode = $state<Mode>('idle');
  /** The frame being drawn, board pixels. */
  marquee = $state.raw<Box | null>(null);
  /** Space is held: the hand takes the board. */
  space = $state(false);
  readonly #desk: Desk;
  readonly #camera: Camera;
  readonly #talk: GestureTalk;
  #element: HTMLElement | null = null;
  readonly #pointers = new Map<number, Point>();
  #start: Point = { x: 0, y: 0 };
  #last: Point = { x: 0, y: 0 };
  #pressed: { id: string | null; shift: boolean; touch: boolean; button: number } | null = null;
  #hold: Hold | null = null;
  #before: readonly string[] = [];
  #click: { id: string | null; time: number; at: Point } | null = null;

  constructor(desk: Desk, camera: Camera, talk: GestureTalk) {
    this.#desk = desk;
    this.#camera = camera;
    this.#talk = talk;
  }

  /** Where the pointer last was, on the board. */
  get pointer(): readonly [number, number] {
    return this.#camera.toBoard(this.#last.x, this.#last.y);
  }

  attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const stop = new AbortController();
    const on = <K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      element.addEventListener(name, act, { signal: stop.signal, passive: false });
    on('pointerdown', (event) => this.#down(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#up(event, false));
    on('pointercancel', (event) => this.#up(event, true));
    on('pointerleave', () => this.#desk.presence.moveCursor(null));
    on('wheel', (event) => this.#wheel(event));
    on('contextmenu', (event) => this.#menu(event));
    return () => {
      this.cancel();
      stop.abort();
    };
  };

  #at({ clientX, clientY }: MouseEvent): Point {
    const box = this.#element?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  }

  /** The note or group an event is about; undefined for controls that look after themselves. */
  #under(event: Event): string | null | undefined {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('button, a, input, textarea, [data-own]')) return undefined;
    return target?.closest<HTMLElement>('[data-item]')?.dataset['item'] ?? null;
  }

  #down(event: PointerEvent): void {
    const id = this.#under(event);
    if (id === undefined) return;
    const at = this.#at(event);
    this.#pointers.set(event.pointerId, at);
    if (this.#pointers.size === 2) return this.#pinch();
    if (this.#pointers.size > 2 || event.button === 2) return;
    this.#start = this.#last = at;
    const touch = event.pointerType === 'touch';
    this.#pressed = { id, shift: event.shiftKey, touch, button: event.button };
    if (event.button === 1 || this.space || (touch && id === null)) {
      event.preventDefault();
      this.mode = 'pan';
      this.#element?.setPointerCapture(event.pointerId);
    } else this.mode = 'press';
  }

  #pinch(): void {
    this.#hold?.release();
    this.#hold = null;
    this.marquee = null;
    this.mode = 'pinch';
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    const before = this.#pointers.get(event.pointerId);
    if (before) this.#pointers.set(event.pointerId, at);
    this.#tellCursor(at);
    if (this.mode === 'pinch' && before) this.#spread(event.pointerId, before, at);
    else if (this.mode === 'pan' && before) this.#camera.moveBy(at.x - before.x, at.y - before.y);
    else if (this.mode === 'press' && Math.hypot(at.x - this.#start.x, at.y - this.#start.y) >= THRESHOLD)
      this.#begin(event.pointerId);
    this.#last = at;
    if (this.mode === 'drag') this.#drag();
    if (this.mode === 'marquee') this.#frame();
  }

  #begin(pointerId: number): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    this.#element?.setPointerCapture(pointerId);
    if (pressed.id === null) {
      this.#before = pressed.shift ? [...this.#desk.selected] : [];
      this.mode = 'marquee';
    } else if (this.#desk.writable && this.#desk.editing !== pressed.id) {
      this.#hold = new Hold(this.#desk, pressed.id);
      this.mode = 'drag';
    } else this.mode = 'idle';
  }

  #drag(): void {
    const { zoom } = this.#camera;
    const by = [(this.#last.x - this.#start.x) / zoom, (this.#last.y - this.#start.y) / zoom] as const;
    this.#hold?.move(by, this.pointer);
  }

  #frame(): void {
    const [ax, ay] = this.#camera.toBoard(this.#start.x, this.#start.y);
    const [bx, by] = this.pointer;
    const frame = {
      left: Math.min(ax, bx),
      top: Math.min(ay, by),
      width: Math.abs(ax - bx),
      height: Math.abs(ay - by),
    };
    this.marquee = frame;
    const { board } = this.#desk;
    const touches = (box: Box) =>
      box.left < frame.left + frame.width &&
      box.left + box.width > frame.left &&
      box.top < frame.top + frame.height &&
      box.top + box.height > frame.top;
    const notes = board.notes.filter((note) => !note.group && touches(boxOf(board, note)));
    const groups = board.groups.filter((group) => group.notes.length > 0 && touches(boxOfGroup(board, group)));
    this.#desk.choose([...this.#before, ...notes.map(({ id }) => id), ...groups.map(({ id }) => id)]);
  }

  #spread(pointerId: number, before: Point, at: Point): void {
    const other = [...this.#pointers].find(([id]) => id !== pointerId)?.[1];
    if (!other) return;
    const apart = (point: Point) => Math.max(20, Math.hypot(point.x - other.x, point.y - other.y));
    this.#camera.zoomAt(apart(at) / apart(before), (at.x + other.x) / 2, (at.y + other.y) / 2);
    this.#camera.moveBy((at.x - before.x) / 2, (at.y - before.y) / 2);
  }

  #up(event: PointerEvent, cancelled: boolean): void {
    if (!this.#pointers.delete(event.pointerId)) return;
    const { mode } = this;
    if (mode === 'drag' && !cancelled) this.#hold?.drop(this.pointer);
    else if (mode === 'drag') this.#hold?.release();
    else if ((mode === 'press' || (mode === 'pan' && this.#pressed?.touch === true)) && !cancelled) this.#press();
    this.#hold = null;
    this.marquee = null;
    // One finger of two was lifted: the other goes on panning.
    this.mode = mode === 'pinch' && this.#pointers.size === 1 ? 'pan' : 'idle';
  }

  /** A press without a drag: choose, or, twice, write. */
  #press(): void {
    const pressed = this.#pressed;
    if (!pressed || Math.hypot(this.#last.x - this.#start.x, this.#last.y - this.#start.y) > 8) return;
    const { id, shift } = pressed;
    const before = this.#click;
    const now = performance.now();
    const near = before !== null && Math.hypot(before.at.x - this.#last.x, before.at.y - this.#last.y) < 8;
    if (before && near && before.id === id && now - before.time < DOUBLE) {
      this.#click = null;
      return this.#twice(id);
    }
    this.#click = { id, time: now, at: this.#last };
    const desk = this.#desk;
    if (id === null) {
      if (!shift) desk.selected.clear();
    } else if (shift && desk.selected.has(id)) desk.selected.delete(id);
    else desk.choose([id], shift);
    if (id !== null && desk.board.note(id)) desk.focused = id;
  }

  #twice(id: string | null): void {
    const desk = this.#desk;
    if (id !== null) {
      if (desk.board.group(id)) desk.naming = desk.writable ? id : null;
      else desk.open(id);
      return;
    }
    const zone = zoneAt(desk.board, ...this.pointer);
    // The new card's first line comes to lie under the pointer.
    if (zone) desk.create(zone.id, inZone(zone, this.pointer[0] - 24, this.pointer[1] - 24));
  }

  #wheel(event: WheelEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const text = target?.closest('textarea, .whole .text');
    if (target?.closest('[data-own]') || (text && text.scrollHeight > text.clientHeight && !event.ctrlKey)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 16 : 1;
    const { x, y } = this.#at(event);
    if (event.ctrlKey || event.metaKey) {
      // A trackpad's pinch comes in small steps, a wheel's notch in one large one.
      const step = Math.max(-50, Math.min(50, event.deltaY * unit));
      this.#camera.zoomAt(Math.exp(-step * 0.008), x, y);
    } else if (event.shiftKey && event.deltaX === 0) this.#camera.moveBy(-event.deltaY * unit, 0);
    else this.#camera.moveBy(-event.deltaX * unit, -event.deltaY * unit);
  }

  #menu(event: MouseEvent): void {
    const id = this.#under(event);
    if (id === undefined) return;
    event.preventDefault();
    this.#last = this.#at(event);
    this.cancel();
    if (id !== null && !this.#desk.selected.has(id)) this.#desk.choose([id]);
    this.#talk.menu(event.clientX, event.clientY, id);
  }

  #tellCursor(at: Point): void {
    const [x, y] = this.#camera.toBoard(at.x, at.y);
    const zone = zoneAt(this.#desk.board, x, y);
    if (zone) this.#desk.presence.moveCursor([zone.id, x - zone.left, y - zone.planeTop]);
  }

  /** Puts back what is held. True if anything was. */
  cancel(): boolean {
    const held = this.mode === 'drag' || this.mode === 'marquee';
    this.#hold?.release();
    this.#hold = null;
    this.marquee = null;
    this.mode = 'idle';
    return held;
  }
}
