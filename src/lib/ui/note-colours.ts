/**
 * The six colours of notes and the mark each carries in its corner, so that colour is never alone. The colours are those
 * of the board's schema; the tokens are `--note-<colour>`, `…-edge` and `…-ink`.
 */
import type { Colour } from '#core/board/schema.ts';
import { m } from '#messages/messages.js';

export type NoteColour = Colour;

/** Not taken from the schema itself, which would bring yjs to pages that have no board. */
export const NOTE_COLOURS: readonly NoteColour[] = ['yellow', 'rose', 'blue', 'green', 'violet', 'grey'];

/** SVG path data on a 16 by 16 grid, filled. */
export const NOTE_MARKS: Record<NoteColour, string> = {
  // sun, tulip, water, leaf, diamond, felt
  yellow: 'M8 3.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z',
  rose: 'M2.5 3 5.6 5.4 8 2l2.4 3.4L13.5 3v5.5a5.5 5.5 0 0 1-11 0Z',
  blue: 'M1.5 5.2C3.7 3 5.8 3 8 5.2s4.3 2.2 6.5 0v2.6c-2.2 2.2-4.3 2.2-6.5 0s-4.3-2.2-6.5 0Zm0 5C3.7 8 5.8 8 8 10.2s4.3 2.2 6.5 0v2.6c-2.2 2.2-4.3 2.2-6.5 0s-4.3-2.2-6.5 0Z',
  green: 'M13.8 2.2c.6 7-2.3 11-8.3 10.7L3.6 14.6 2.2 13.2 4 11.3C3 5.5 7 2.4 13.8 2.2Z',
  violet: 'M8 1.6 14.4 8 8 14.4 1.6 8Z',
  grey: 'M2.5 3.5h11v3.2h-11Zm0 5.8h11v3.2h-11Z',
};

export const noteColourName: Record<NoteColour, () => string> = {
  yellow: m.ui_colour_yellow,
  rose: m.ui_colour_rose,
  blue: m.ui_colour_blue,
  green: m.ui_colour_green,
  violet: m.ui_colour_violet,
  grey: m.ui_colour_grey,
};

/** The same thing always gets the same colour: people and organisations by their ids. */
export function colourOf(id: string): NoteColour {
  let hash = 7;
  for (let at = 0; at < id.length; at++) hash = (hash * 31 + id.charCodeAt(at)) >>> 0;
  return NOTE_COLOURS[hash % NOTE_COLOURS.length] ?? 'grey';
}
