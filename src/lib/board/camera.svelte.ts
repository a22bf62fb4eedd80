/**
 * Which part of the board is on the screen, and how large. Zooming keeps the point under the pointer where it is, as
 * people know it from Miro and from maps.
 */
import type { Rect } from '#core/room/view.ts';
import type { Board } from './board.svelte.ts';

const LEAST_ZOOM = 0.15;
const MOST_ZOOM = 3;
/** Screen pixels of the board that always stay in sight. */
const IN_SIGHT = 120;
const MARGIN = 24;
/** Room at the bottom for the tools, in screen pixels. */
const TOOLS = 72;

export class Camera {
  /** Where the board's top left corner is on the screen. */
  x = $state(0);
  y = $state(0);
  zoom = $state(1);
  /** Size of the window onto the board, screen pixels. */
  width = $state(0);
  height = $state(0);
  /** The whole board is in sight because nobody has looked elsewhere: a change of the window keeps it so. */
  fitted = false;
  readonly #board: Pick<Board, 'width' | 'height'>;

  constructor(board: Pick<Board, 'width' | 'height'>) {
    this.#board = board;
  }

  /** From a point in the window to a point on the board. */
  toBoard(x: number, y: number): readonly [number, number] {
    return [(x - this.x) / this.zoom, (y - this.y) / this.zoom];
  }

  moveBy(dx: number, dy: number): void {
    this.fitted = false;
    this.x += dx;
    this.y += dy;
    this.#keepInSight();
  }

  /** @param factor above 1 comes closer. @param x,y the point of the window that stays. */
  zoomAt(factor: number, x: number, y: number): void {
    const zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.zoom * factor));
    const [left, top] = this.toBoard(x, y);
    this.fitted = false;
    this.zoom = zoom;
    this.x = x - left * zoom;
    this.y = y - top * zoom;
    this.#keepInSight();
  }

  zoomTo(zoom: number): void {
    this.zoomAt(zoom / this.zoom, this.width / 2, this.height / 2);
  }

  /** The whole board; never larger than life. */
  fit(): void {
    if (this.width === 0 || this.#board.width === 0) return;
    const zoom = Math.min(
      1,
      (this.width - 2 * MARGIN) / this.#board.width,
      (this.height - MARGIN - TOOLS) / this.#board.height,
    );
    this.zoom = Math.max(LEAST_ZOOM, zoom);
    this.x = (this.width - this.#board.width * this.zoom) / 2;
    this.fitted = true;
    this.y = Math.max(MARGIN, (this.height - TOOLS - this.#board.height * this.zoom) / 2);
  }

  /** A part of the board, whole and as large as the window allows. */
  show({ left, top, width, height }: Rect): void {
    if (this.width === 0 || width <= 0 || height <= 0) return;
    const zoom = Math.min(this.width / width, this.height / height);
    this.fitted = false;
    this.zoom = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));
    this.x = this.width / 2 - (left + width / 2) * this.zoom;
    this.y = this.height / 2 - (top + height / 2) * this.zoom;
    this.#keepInSight();
  }

  /** The part of the board that is in the window. */
  get seen(): Rect {
    const { x, y, zoom, width, height } = this;
    return { left: -x / zoom, top: -y / zoom, width: width / zoom, height: height / zoom };
  }

  /** Moves just so far that a rectangle of the board can be seen. */
  reveal(left: number, top: number, width: number, height: number): void {
    const [x, y] = [this.x + left * this.zoom, this.y + top * this.zoom];
    const [w, h] = [width * this.zoom, height * this.zoom];
    const into = (start: number, size: number, room: number) =>
      start < MARGIN ? MARGIN - start : start + size > room ? room - start - size : 0;
    this.moveBy(into(x, w, this.width - MARGIN), into(y, h, this.height - TOOLS));
  }

  #keepInSight(): void {
    const between = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
    this.x = between(this.x, IN_SIGHT - this.#board.width * this.zoom, this.width - IN_SIGHT);
    this.y = between(this.y, IN_SIGHT - this.#board.height * this.zoom, this.height - IN_SIGHT);
  }
}
