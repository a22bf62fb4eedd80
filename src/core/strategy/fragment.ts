/**
 * The draft's text between ProseMirror JSON and the shared document: the same elements that the editor's own binding
 * writes (an element a node, formatted text a run, marks as formats), made without an editor, so that the server can insert
 * and read. Reading is total: clients write this document.
 */
import * as Y from 'yjs';

/** The root under which the editor keeps the draft. */
export const DRAFT_ROOT = 'content';

export interface Prose {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly Prose[];
  readonly text?: string;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
}

/** Deeper than any person nests; what lies below is not read. */
const DEEPEST = 60;

export function draftFragment(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment(DRAFT_ROOT);
}

/** Adds nodes at the end. Call it inside a transaction. */
export function appendProse(fragment: Y.XmlFragment, nodes: readonly Prose[]): void {
  fragment.push(nodes.map(elementOf));
}

function elementOf(node: Prose): Y.XmlElement {
  const element = new Y.XmlElement(node.type);
  for (const [name, value] of Object.entries(node.attrs ?? {}))
    if (value !== null && value !== undefined) element.setAttribute(name, value as string);
  const children: (Y.XmlElement | Y.XmlText)[] = [];
  let run: Prose[] = [];
  const endRun = () => {
    if (run.length > 0) children.push(textOf(run));
    run = [];
  };
  for (const child of node.content ?? []) {
    if (child.type === 'text') run.push(child);
    else {
      endRun();
      children.push(elementOf(child));
    }
  }
  endRun();
  if (children.length > 0) element.insert(0, children);
  return element;
}

function textOf(runs: readonly Prose[]): Y.XmlText {
  const text = new Y.XmlText();
  text.applyDelta(
    runs.map(({ text: insert = '', marks = [] }) => ({
      insert,
      attributes: Object.fromEntries(marks.map((mark) => [mark.type, mark.attrs ?? {}])),
    })),
  );
  return text;
}

/** The whole draft as ProseMirror JSON. */
export function readDraft(doc: Y.Doc): Prose {
  let children: unknown[];
  try {
    children = draftFragment(doc).toArray();
  } catch {
    return { type: 'doc', content: [] }; // somebody defined the root as something else
  }
  return { type: 'doc', content: children.flatMap((child) => proseOf(child, 1)) };
}

function proseOf(value: unknown, depth: number): Prose[] {
  if (value instanceof Y.XmlText) return runsOf(value);
  if (!(value instanceof Y.XmlElement) || depth > DEEPEST) return [];
  const attrs = value.getAttributes() as Record<string, unknown>;
  const content = value.toArray().flatMap((child: unknown) => proseOf(child, depth + 1));
  return [
    {
      type: value.nodeName,
      ...(Object.keys(attrs).length > 0 && { attrs }),
      ...(content.length > 0 && { content }),
    },
  ];
}

function runsOf(text: Y.XmlText): Prose[] {
  const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
  return delta.flatMap(({ insert, attributes = {} }) => {
    if (typeof insert !== 'string' || insert === '') return [];
    // A mark that may overlap itself carries a hash after its name.
    const marks = Object.entries(attributes).map(([name, attrs]) => ({
      type: name.replace(/--[A-Za-z0-9+/=]{8}$/, ''),
      ...(typeof attrs === 'object' &&
        attrs !== null &&
        Object.keys(attrs).length > 0 && { attrs: attrs as Record<string, unknown> }),
    }));
    return [{ type: 'text', text: insert, ...(marks.length > 0 && { marks }) }];
  });
}

/** Whether a passage from this snapshot stands in the draft. */
export function holdsSnapshot(doc: Y.Doc, snapshotId: string): boolean {
  return draftFragment(doc)
    .toArray()
    .some((node) => node instanceof Y.XmlElement && node.getAttribute('snapshotId') === snapshotId);
}
