/** Milliseconds in which a menu that closes has given the focus back to its button. */
const CLOSING = 60;

/** Does what a menu item asks once the menu is gone: what it opens or focuses keeps the focus. */
export function later(act: () => void): void {
  setTimeout(act, CLOSING);
}
