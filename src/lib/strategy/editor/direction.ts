/** A priority direction in the text: its heading and the table of goals, actions, owner, term, indicator and budget, bound to the vote. */
import type { Editor } from '@tiptap/core';
import type { OrphanedPriority } from '#core/strategy/support.ts';
import { m } from '#messages/messages.js';

const COLUMNS = [
  m.direction_goal,
  m.direction_action,
  m.direction_owner,
  m.direction_term,
  m.direction_indicator,
  m.direction_budget,
] as const;
const ROWS = 2;

/** After the block with the caret, or at the end where the caret is in none. */
export function insertDirection(editor: Editor, priority: OrphanedPriority): void {
  const { snapshotId, roundId, optionId, text } = priority;
  const rests = { snapshotId, trace: { roundId, optionIds: [optionId], noteIds: [] } };
  const cell = (type: string, words: string) => ({
    type,
    content: [{ type: 'paragraph', ...(words !== '' && { content: [{ type: 'text', text: words }] }) }],
  });
  const nodes = [
    { type: 'heading', attrs: { level: 2, ...rests }, content: [{ type: 'text', text }] },
    { type: 'paragraph', attrs: rests },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: COLUMNS.map((name) => cell('tableHeader', name())) },
        ...Array.from({ length: ROWS }, () => ({
          type: 'tableRow',
          content: COLUMNS.map(() => cell('tableCell', '')),
        })),
      ],
    },
    { type: 'paragraph' },
  ];
  const { $to } = editor.state.selection;
  const at = $to.depth > 0 ? $to.after(1) : editor.state.doc.content.size;
  editor.chain().insertContentAt(at, nodes).run();
  const element = editor.view.nodeDOM(at);
  if (element instanceof HTMLElement) element.scrollIntoView({ block: 'start', behavior: 'smooth' });
}
