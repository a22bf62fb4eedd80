/**
 * Between the caret and the key of its paragraph: editor and shared document nest alike, so a path of indexes leads from one
 * to the other. Paragraphs that something is said about are marked at their side.
 */
import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import * as Y from 'yjs';
import { draftFragment } from '#core/strategy/fragment.ts';
import { findPassage, keyOf, textOf } from '#core/strategy/passages.ts';

export interface PassageUnder {
  readonly key: string;
  readonly text: string;
  /** The words that are selected in it; '' none. */
  readonly quote: string;
}

/** What is said of a paragraph: a class of the sheet. */
export interface PassageMark {
  readonly key: string;
  readonly name: 'remarked' | 'changed-since';
}

const marks = new PluginKey<DecorationSet>('passage-marks');

export const PassageMarks = Extension.create({
  name: 'passageMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: marks,
      state: {
        init: () => DecorationSet.empty,
        apply: (transaction, before) => {
          const given = transaction.getMeta(marks) as DecorationSet | undefined;
          return given ?? (transaction.docChanged ? before.map(transaction.mapping, transaction.doc) : before);
        },
      },
      props: { decorations: (state) => marks.getState(state) },
    }),
  ],
});

/** The paragraph with the caret, as the shared document knows it. */
export function passageUnder(editor: Editor, doc: Y.Doc): PassageUnder | null {
  const { $from, from, to } = editor.state.selection;
  if (!$from.parent.isTextblock) return null;
  let at: Y.XmlFragment | Y.XmlElement = draftFragment(doc);
  for (let depth = 0; depth < $from.depth; depth++) {
    const child: unknown = at.get($from.index(depth));
    if (!(child instanceof Y.XmlElement)) return null;
    at = child;
  }
  if (!(at instanceof Y.XmlElement) || at.nodeName !== $from.parent.type.name) return null;
  const quote = editor.state.doc.textBetween(from, Math.min(to, $from.end()), '\n');
  return { key: keyOf(at), text: textOf(at), quote };
}

/** Where a paragraph stands in the editor; null: it is gone. */
function placeOf(editor: Editor, doc: Y.Doc, key: string): number | null {
  const path: number[] = [];
  let at: Y.XmlElement | Y.XmlFragment | null = findPassage(doc, key);
  if (!at) return null;
  while (at instanceof Y.XmlElement) {
    const parent = at.parent as Y.XmlElement | Y.XmlFragment | null;
    if (!parent) return null;
    path.unshift(parent.toArray().indexOf(at));
    at = parent;
  }
  let node = editor.state.doc;
  let place = -1;
  for (const index of path) {
    if (index < 0 || index >= node.childCount) return null;
    place += 1;
    for (let before = 0; before < index; before++) place += node.child(before).nodeSize;
    node = node.child(index);
  }
  return place;
}

export function markPassages(editor: Editor, doc: Y.Doc, wanted: readonly PassageMark[]): void {
  const classes = new Map<string, Set<string>>();
  for (const { key, name } of wanted) classes.set(key, (classes.get(key) ?? new Set()).add(name));
  const decorations: Decoration[] = [];
  for (const [key, names] of classes) {
    const at = placeOf(editor, doc, key);
    const node = at === null ? null : editor.state.doc.nodeAt(at);
    if (at !== null && node)
      decorations.push(Decoration.node(at, at + node.nodeSize, { class: [...names].join(' '), 'data-passage': key }));
  }
  const set = DecorationSet.create(editor.state.doc, decorations);
  editor.view.dispatch(editor.state.tr.setMeta(marks, set).setMeta('addToHistory', false));
}

/** Brings a paragraph into sight, with the caret in it where one may write. False: it is gone. */
export function goToPassage(editor: Editor, doc: Y.Doc, key: string): boolean {
  const at = placeOf(editor, doc, key);
  if (at === null) return false;
  const element = editor.view.nodeDOM(at);
  if (element instanceof HTMLElement) element.scrollIntoView({ block: 'center', behavior: 'smooth' });
  if (editor.isEditable) editor.commands.setTextSelection(at + 1);
  return true;
}
