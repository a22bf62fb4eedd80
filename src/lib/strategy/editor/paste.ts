/**
 * A long text from the clipboard goes in piece by piece: the server takes edits of up to 64 KiB, and what is typed within
 * one flush of the provider is one edit. Others' writing meanwhile does not push the pieces apart.
 */
import type { Editor } from '@tiptap/core';
import { Fragment, Slice, type Node } from '@tiptap/pm/model';

/** Characters of JSON in one piece: at three bytes each still under the limit. */
const PIECE = 18_000;
/** Milliseconds between pieces; longer than the provider's flush. */
const PAUSE = 90;

const sizeOf = (node: Node): number => JSON.stringify(node.toJSON()).length;

/** The slice's blocks in runs that fit, or null where the whole does. A single larger block stays one piece. */
export function pieces(slice: Slice): Fragment[] | null {
  if (slice.content.size < PIECE / 3) return null;
  const runs: Node[][] = [[]];
  let size = 0;
  slice.content.forEach((node) => {
    const more = sizeOf(node);
    if (size > 0 && size + more > PIECE) {
      runs.push([]);
      size = 0;
    }
    runs.at(-1)?.push(node);
    size += more;
  });
  return runs.length > 1 ? runs.map((run) => Fragment.from(run)) : null;
}

export async function pastePieces(editor: Editor, runs: readonly Fragment[]): Promise<void> {
  for (const [at, run] of runs.entries()) {
    if (editor.isDestroyed || !editor.isEditable) return;
    // Each piece stands where the last one ended; the caret is carried along by the editor, also through others' edits.
    editor.view.dispatch(editor.state.tr.replaceSelection(new Slice(run, 0, 0)).scrollIntoView());
    if (at < runs.length - 1) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}
