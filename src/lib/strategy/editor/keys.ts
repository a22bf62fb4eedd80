/**
 * Shortcuts by the place of a key. On Russian and Kyrgyz layouts Ctrl+B arrives as `и`, and the editor's own map then
 * depends on what the system reports beside it. Latin layouts keep the letter that is printed on the key.
 */
import type { Editor } from '@tiptap/core';

type Act = (editor: Editor) => boolean;

/** `Shift+` and `Alt+` before the code, in this order; Ctrl (⌘ on a Mac) is always held. */
const ACTS: Readonly<Record<string, Act>> = {
  KeyB: (editor) => editor.commands.toggleBold(),
  KeyI: (editor) => editor.commands.toggleItalic(),
  KeyU: (editor) => editor.commands.toggleUnderline(),
  KeyZ: (editor) => editor.commands.undo() || true,
  KeyY: (editor) => editor.commands.redo() || true,
  'Shift+KeyZ': (editor) => editor.commands.redo() || true,
  'Shift+KeyB': (editor) => editor.commands.toggleBlockquote(),
  'Shift+KeyS': (editor) => editor.commands.toggleStrike(),
  'Shift+Digit7': (editor) => editor.commands.toggleOrderedList(),
  'Shift+Digit8': (editor) => editor.commands.toggleBulletList(),
  'Alt+Digit0': (editor) => editor.commands.setParagraph(),
  'Alt+Digit1': (editor) => editor.commands.toggleHeading({ level: 1 }),
  'Alt+Digit2': (editor) => editor.commands.toggleHeading({ level: 2 }),
  'Alt+Digit3': (editor) => editor.commands.toggleHeading({ level: 3 }),
};

const isLatin = (key: string): boolean => /^[A-Za-z]$/.test(key);

/** @param openLink opens the question for an address (Ctrl+K). */
export function shortcut(editor: Editor, event: KeyboardEvent, openLink: () => void): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.isComposing || !editor.isEditable) return false;
  // AltGr is Ctrl and Alt together, and writes a sign.
  if (event.getModifierState('AltGraph')) return false;
  const { code } = event;
  if (code === 'KeyK' && !event.shiftKey && !event.altKey && (!isLatin(event.key) || event.key.toLowerCase() === 'k')) {
    event.preventDefault();
    openLink();
    return true;
  }
  if (isLatin(event.key)) return false;
  const act = ACTS[`${event.shiftKey ? 'Shift+' : ''}${event.altKey ? 'Alt+' : ''}${code}`];
  if (!act) return false;
  event.preventDefault();
  act(editor);
  return true;
}
