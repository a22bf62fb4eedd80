/** The headings of a text in their order, for the contents at its side. */
import type { Editor } from '@tiptap/core';

export interface OutlineEntry {
  readonly level: number;
  readonly text: string;
  /** Place in the text; changes with every letter before it. */
  readonly at: number;
}

export function outlineOf(editor: Editor): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  editor.state.doc.forEach((node, at) => {
    if (node.type.name === 'heading')
      entries.push({ level: Number(node.attrs['level']) || 1, text: node.textContent.trim(), at });
  });
  return entries;
}

/** Brings a heading to the top and, where one may write, puts the caret there. */
export function goTo(editor: Editor, at: number): void {
  const element = editor.view.nodeDOM(at);
  if (element instanceof HTMLElement) element.scrollIntoView({ block: 'start', behavior: 'smooth' });
  if (editor.isEditable) editor.commands.setTextSelection(at + 1);
}

/** The heading under which the page is read now: the last one that has passed the upper quarter of the window. */
export function readingAt(editor: Editor, entries: readonly OutlineEntry[]): number {
  let current = -1;
  for (const [place, { at }] of entries.entries()) {
    const element = editor.view.nodeDOM(at);
    if (!(element instanceof HTMLElement)) continue;
    if (element.getBoundingClientRect().top > innerHeight / 4) break;
    current = place;
  }
  return current;
}
