/**
 * The part of a board that somebody looks at, so that others can look at the same: the area for lists, the rectangle for
 * canvases. In board pixels, which are the same on every screen because the layout follows from the content alone.
 */
export interface LedView {
  readonly boardId: string;
  /** The area that fills the view, or the one that is open on a phone; null: the whole board. */
  readonly zone: string | null;
  /** null: whoever leads has lists. */
  readonly rect: Rect | null;
}

export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What everybody follows; `call` tells one following from the next. */
export interface RoomFollow extends LedView {
  readonly call: number;
}

/** In whole numbers; a view that shows nothing is none. */
export function roundRect({ left, top, width, height }: Rect): Rect | null {
  const [x, y, w, h] = [left, top, width, height].map(Math.round) as [number, number, number, number];
  return w > 0 && h > 0 ? { left: x, top: y, width: w, height: h } : null;
}
