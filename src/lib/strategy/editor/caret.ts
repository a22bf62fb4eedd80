/** Where the others write: a thin caret with their name, in the colour that is theirs everywhere. Names are the server's. */
import { colourOf } from '$lib/ui/note-colours.ts';
import { m } from '#messages/messages.js';

/** What the server stamped on somebody's presence. */
type Stamped = Readonly<Record<string, unknown>>;

const nameOf = (user: Stamped): string =>
  typeof user['name'] === 'string' && user['name'] !== '' ? user['name'] : m.board_somebody();
/** As Presence makes its keys: a person has one colour in the row of faces and in the text. */
const keyOf = (user: Stamped): string =>
  `${nameOf(user)}\n${typeof user['organisation'] === 'string' ? user['organisation'] : ''}`;

export function drawCaret(user: Stamped): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.dataset['colour'] = colourOf(keyOf(user));
  const label = document.createElement('span');
  label.className = 'caret-name';
  label.textContent = nameOf(user);
  // A word joiner on both sides keeps the line from breaking at the caret.
  caret.append('\u2060', label, '\u2060');
  return caret;
}

export function drawSelection(user: Stamped): { class: string } {
  return { class: `caret-selection caret-${colourOf(keyOf(user))}` };
}
