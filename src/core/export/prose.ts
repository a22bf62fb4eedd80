/** ProseMirror JSON, read with suspicion: the draft's document is written by clients, and a version may be imported. */
import type { Marks } from './tree.ts';

export interface ProseNode {
  readonly type: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly content: readonly unknown[];
  readonly text: string;
  readonly marks: readonly unknown[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A node with every field in its place; null for what is no node at all. */
export function proseNode(value: unknown): ProseNode | null {
  if (!isObject(value) || typeof value['type'] !== 'string') return null;
  const { type, attrs, content, text, marks } = value;
  return {
    type,
    attrs: isObject(attrs) ? attrs : {},
    content: Array.isArray(content) ? content : [],
    text: typeof text === 'string' ? text : '',
    marks: Array.isArray(marks) ? marks : [],
  };
}

/** The look of a text node; marks of kinds that no document knows are left out. */
export function marksOf(node: ProseNode): Marks {
  let marks: Marks = {};
  for (const mark of node.marks) {
    if (!isObject(mark)) continue;
    switch (mark['type']) {
      case 'bold':
      case 'italic':
      case 'underline':
      case 'strike':
      case 'code':
        marks = { ...marks, [mark['type']]: true };
        break;
      case 'link': {
        const href = isObject(mark['attrs']) ? mark['attrs']['href'] : undefined;
        if (typeof href === 'string') marks = { ...marks, link: href };
      }
    }
  }
  return marks;
}

const INLINE = new Set(['text', 'hardBreak']);

/** All text under a node, a line for each block in it. Not recursive: nesting 20,000 deep is no reason to fall over. */
export function plainText(node: ProseNode): string {
  let text = '';
  const waiting: unknown[] = [node];
  while (waiting.length > 0) {
    const next = proseNode(waiting.pop());
    if (!next) continue;
    if (!INLINE.has(next.type) && text !== '' && !text.endsWith('\n')) text += '\n';
    text += next.type === 'hardBreak' ? '\n' : next.text;
    for (let at = next.content.length - 1; at >= 0; at--) waiting.push(next.content[at]);
  }
  return text.replace(/\n+$/, '');
}
