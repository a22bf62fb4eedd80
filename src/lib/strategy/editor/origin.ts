/**
 * Keeps what a passage rests on while people write around it, and marks such passages: a thin line at their side, and one
 * quiet line above the first block of each snapshot. A paragraph that is split off is a new thought and rests on nothing.
 */
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { traceFromText, traceToText } from '../rest.ts';

export interface OriginOptions {
  /** Fills the line above the first block of a snapshot; returns how to take it down. */
  mark(element: HTMLElement, snapshotId: string): () => void;
}

/** Every kind of node that an insert writes with attributes, and those that people turn them into. */
const CARRIERS = [
  'heading',
  'paragraph',
  'blockquote',
  'bulletList',
  'orderedList',
  'listItem',
  'table',
  'tableRow',
  'tableCell',
  'tableHeader',
];

const key = new PluginKey<DecorationSet>('origin');

export const Origin = Extension.create<OriginOptions>({
  name: 'origin',

  addOptions: () => ({ mark: () => () => undefined }),

  addGlobalAttributes: () => [
    {
      types: CARRIERS,
      attributes: {
        snapshotId: {
          default: null,
          keepOnSplit: false,
          parseHTML: (element) => element.getAttribute('data-snapshot'),
          renderHTML: ({ snapshotId }) => (typeof snapshotId === 'string' ? { 'data-snapshot': snapshotId } : {}),
        },
        trace: {
          default: null,
          keepOnSplit: false,
          parseHTML: (element) => traceFromText(element.getAttribute('data-trace')),
          renderHTML: ({ trace }) => {
            const text = traceToText(trace);
            return text === null ? {} : { 'data-trace': text };
          },
        },
      },
    },
  ],

  addProseMirrorPlugins() {
    const { mark } = this.options;
    return [
      new Plugin<DecorationSet>({
        key,
        state: {
          init: (_, state) => marksIn(state, mark),
          apply: (transaction, before, _, state) => (transaction.docChanged ? marksIn(state, mark) : before),
        },
        props: { decorations: (state) => key.getState(state) },
      }),
    ];
  },
});

function marksIn(state: EditorState, mark: OriginOptions['mark']): DecorationSet {
  const marks: Decoration[] = [];
  let before: unknown = null;
  state.doc.forEach((node, at) => {
    const id: unknown = node.attrs['snapshotId'];
    if (typeof id === 'string') {
      if (id !== before) marks.push(lineAbove(at, id, mark));
      marks.push(Decoration.node(at, at + node.nodeSize, { class: id === before ? 'traced' : 'traced traced-first' }));
    }
    before = id;
  });
  return DecorationSet.create(state.doc, marks);
}

function lineAbove(at: number, snapshotId: string, mark: OriginOptions['mark']): Decoration {
  const down = new WeakMap<Node, () => void>();
  return Decoration.widget(
    at,
    () => {
      const element = document.createElement('div');
      element.className = 'origin-mark';
      element.contentEditable = 'false';
      down.set(element, mark(element, snapshotId));
      return element;
    },
    // One key a snapshot and place in the order: typing elsewhere leaves the line as it is.
    {
      key: `origin-${snapshotId}`,
      side: -1,
      ignoreSelection: true,
      stopEvent: () => true,
      destroy: (node) => down.get(node)?.(),
    },
  );
}
