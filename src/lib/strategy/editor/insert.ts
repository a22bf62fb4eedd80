/** What goes into the text by a button rather than by hand. */
import type { Editor } from '@tiptap/core';

/** Headings at the end, each with a line to write on; the first of them takes the caret. */
export function insertSections(editor: Editor, titles: readonly string[]): void {
  const { doc } = editor.state;
  // An empty draft is one empty line in the editor: it gives way.
  const whole = editor.isEmpty ? { from: 0, to: doc.content.size } : doc.content.size;
  const at = typeof whole === 'number' ? whole : 0;
  const nodes = titles.flatMap((title) => [
    { type: 'heading', attrs: { level: 1 }, content: [{ type: 'text', text: title }] },
    { type: 'paragraph' },
  ]);
  editor.chain().insertContentAt(whole, nodes).run();
  const heading = editor.state.doc.nodeAt(at);
  editor
    .chain()
    .focus(at + (heading?.nodeSize ?? 0) + 1)
    .run();
}

/** Ids of the snapshots that stand in the text now. */
export function standingIn(editor: Editor): string[] {
  const ids = new Set<string>();
  editor.state.doc.forEach((node) => {
    const id: unknown = node.attrs['snapshotId'];
    if (typeof id === 'string') ids.add(id);
  });
  return [...ids];
}

/** Shows where the last snapshot begins, once the server's insert has arrived. */
export function goToEnd(editor: Editor): void {
  const look = () => {
    const marks = editor.isDestroyed ? [] : editor.view.dom.querySelectorAll('.origin-mark');
    marks[marks.length - 1]?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  };
  setTimeout(look, 400);
}
