/**
 * The draft paragraph by paragraph, each under a key of its own: the Yjs id of its element, which stays the same whatever is
 * written in it or around it. Remarks, translations and sections are kept by it; the document itself knows nothing of them.
 */
import * as Y from 'yjs';
import { draftFragment } from './fragment.ts';

export interface Passage {
  /** `client-clock` */
  readonly key: string;
  /** paragraph, heading or codeBlock */
  readonly type: string;
  /** Of a heading. */
  readonly level: number | null;
  /** A line break inside is '\n'. */
  readonly text: string;
  /** Key of the section's heading: the last heading of level 1 so far; null before the first. */
  readonly section: string | null;
  /** Attributes of the passage and of what it stands in, innermost first. */
  readonly attrs: readonly Readonly<Record<string, unknown>>[];
  /** Types of what it stands in, innermost first. */
  readonly inside: readonly string[];
}

export const PASSAGE_KEY = /^\d{1,10}-\d{1,15}$/;
const TEXT_BLOCKS: readonly string[] = ['paragraph', 'heading', 'codeBlock'];
const DEEPEST = 60;

export function keyOf(element: Y.XmlElement): string {
  const { id } = element._item ?? { id: { client: 0, clock: 0 } };
  return `${id.client}-${id.clock}`;
}

/** Every paragraph, heading and code block in reading order; empty ones too. Total. */
export function passagesOf(doc: Y.Doc): Passage[] {
  const found: Passage[] = [];
  let section: string | null = null;
  const walk = (children: unknown[], attrs: Passage['attrs'], inside: readonly string[]): void => {
    if (inside.length > DEEPEST) return;
    for (const child of children) {
      if (!(child instanceof Y.XmlElement)) continue;
      const type = child.nodeName;
      const own = child.getAttributes() as Record<string, unknown>;
      if (!TEXT_BLOCKS.includes(type)) {
        walk(child.toArray(), [own, ...attrs], [type, ...inside]);
        continue;
      }
      const key = keyOf(child);
      const level = type === 'heading' ? Number(own['level']) || 1 : null;
      if (level === 1 && inside.length === 0) section = key;
      found.push({ key, type, level, text: textOf(child), section, attrs: [own, ...attrs], inside });
    }
  };
  try {
    walk(draftFragment(doc).toArray(), [], []);
  } catch {
    return []; // somebody defined the root as something else
  }
  return found;
}

/** The element behind a key, where it still stands in the text. */
export function findPassage(doc: Y.Doc, key: string): Y.XmlElement | null {
  const [client, clock] = PASSAGE_KEY.test(key) ? key.split('-').map(Number) : [];
  if (client === undefined || clock === undefined || clock >= Y.getState(doc.store, client)) return null;
  const item = Y.getItem(doc.store, Y.createID(client, clock)) as unknown;
  if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentType)) return null;
  const { type } = item.content;
  if (!(type instanceof Y.XmlElement) || item.id.clock !== clock) return null;
  const root = draftFragment(doc);
  for (let at: Y.AbstractType<unknown> | null = type as Y.AbstractType<unknown>; at;) {
    if ((at as unknown) === root) return type;
    if (at._item?.deleted) return null;
    at = (at._item?.parent as Y.AbstractType<unknown> | null | undefined) ?? null;
  }
  return null;
}

/** Letters without formats. */
export function textOf(element: Y.XmlElement): string {
  return (element.toArray() as unknown[])
    .map((child) => (child instanceof Y.XmlText ? lettersOf(child) : child instanceof Y.XmlElement ? '\n' : ''))
    .join('');
}

function lettersOf(text: Y.XmlText): string {
  return (text.toDelta() as { insert?: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');
}

/** Brings a passage to another wording by as few letters as possible, so that formats around stay. Call it in a transaction. */
export function reword(element: Y.XmlElement, wording: string): void {
  const now = textOf(element);
  if (now === wording) return;
  let start = 0;
  while (start < now.length && start < wording.length && now[start] === wording[start]) start++;
  let end = 0;
  while (
    end < Math.min(now.length, wording.length) - start &&
    now[now.length - 1 - end] === wording[wording.length - 1 - end]
  )
    end++;
  const [cut, put] = [now.length - start - end, wording.slice(start, wording.length - end)];
  let before = 0;
  for (const child of element.toArray() as unknown[]) {
    const length = child instanceof Y.XmlText ? child.length : 1;
    if (child instanceof Y.XmlText && start >= before && start + cut <= before + length && !put.includes('\n')) {
      if (cut > 0) child.delete(start - before, cut);
      if (put !== '') child.insert(start - before, put);
      return;
    }
    before += length;
  }
  element.delete(0, element.length);
  element.insert(
    0,
    wording
      .split('\n')
      .flatMap((line, at) => [
        ...(at > 0 ? [new Y.XmlElement('hardBreak')] : []),
        ...(line === '' ? [] : [new Y.XmlText(line)]),
      ]),
  );
}
