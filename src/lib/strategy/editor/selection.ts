/** What the caret stands in, as far as it says where it comes from. */
import type { Editor } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { restOf, type Rest } from '../rest.ts';

/** The innermost block around the caret that says what it rests on; in a ranking, the option of the row. */
export function restUnder(editor: Editor): Rest | null {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    const rest = restOf(node.attrs) ?? (node.type.name === 'tableRow' ? optionIn(node) : null);
    if (rest) return rest;
  }
  return null;
}

function optionIn(row: Node): Rest | null {
  let found: Rest | null = null;
  row.descendants((node) => {
    const rest = found ? null : restOf(node.attrs);
    if (rest && rest.optionIds.length > 0) found = rest;
    return found === null;
  });
  return found;
}
