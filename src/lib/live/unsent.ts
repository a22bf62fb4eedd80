/**
 * What a person changed that the server has not acknowledged: the ids of the notes and groups, because people count notes,
 * not letters. It is shown as a number while the connection is away, and it is what is kept for its writer when the server
 * refuses.
 */
import * as Y from 'yjs';

/** How a kind of document is counted and read: what a change touches, whether anything is there, and the words of it. */
export interface Reading {
  /** Keys of what a transaction touched. */
  touched(transaction: Y.Transaction): string[];
  /** The words under these keys, for their writer to copy. */
  words(doc: Y.Doc, keys: readonly string[]): string[];
  /** Whether a copy from the device holds the document at all. */
  isThere(doc: Y.Doc): boolean;
}

/** Ids of the entries of the document's root maps that a transaction touched. */
export function touchedKeys(transaction: Y.Transaction): string[] {
  const keys = new Set<string>();
  for (const [type, changed] of transaction.changed) {
    const parent = type._item?.parent;
    if (!(parent instanceof Y.AbstractType)) {
      // A root map: its own keys were set or deleted.
      for (const key of changed) if (typeof key === 'string') keys.add(key);
      continue;
    }
    let item: Y.Item | null = type._item;
    while (item !== null && item.parent instanceof Y.AbstractType && item.parent._item !== null)
      item = item.parent._item;
    if (item?.parentSub) keys.add(item.parentSub);
  }
  return [...keys];
}

/** The words under these ids, for their writer to copy: notes' texts and groups' names. */
export function wordsUnder(doc: Y.Doc, keys: readonly string[]): string[] {
  const words: string[] = [];
  for (const root of ['notes', 'groups'] as const) {
    const map = doc.getMap<unknown>(root);
    for (const key of keys) {
      const entry = map.get(key);
      if (!(entry instanceof Y.Map)) continue;
      const text = String(entry.get(root === 'notes' ? 'text' : 'title') ?? '').trim();
      if (text !== '') words.push(text);
    }
  }
  return words;
}

/** Boards: people count notes and groups. */
export const BOARD_READING: Reading = {
  touched: touchedKeys,
  words: wordsUnder,
  isThere: (doc) => doc.getMap('meta').size > 0,
};
