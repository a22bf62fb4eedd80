/**
 * From the log to a document. One row that cannot be read costs that row and what was built on it, never the board: what
 * is left is opened. Compaction is stricter: it touches nothing as long as one row would be lost by it.
 */
import * as Y from 'yjs';

export interface Restored {
  /** Rows that could not be read, or that build on one that could not. */
  readonly unreadable: number;
  /** The compacted state cannot be read: the document is not there. */
  readonly isDamaged: boolean;
}

/** Brings stored state and updates into a document, as one change. Never throws. */
export function restore(
  doc: Y.Doc,
  state: Uint8Array | null,
  updates: readonly Uint8Array[],
  origin?: unknown,
): Restored {
  let unreadable = 0;
  let isDamaged = false;
  doc.transact(() => {
    try {
      if (state) Y.applyUpdateV2(doc, state, origin);
    } catch {
      isDamaged = true;
    }
    for (const update of updates) {
      try {
        Y.applyUpdate(doc, update, origin);
      } catch {
        unreadable += 1;
      }
    }
  }, origin);
  // What builds on something unread would wait for it for ever, and every later write with it.
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
    doc.store.pendingStructs = null;
    doc.store.pendingDs = null;
    unreadable += 1;
  }
  return { unreadable, isDamaged };
}

/** One state for state and updates: what compaction keeps. Throws where something would be lost. */
export function mergeLog(state: Uint8Array | null, updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  try {
    const { unreadable, isDamaged } = restore(doc, state, updates);
    if (isDamaged || unreadable > 0) throw new Error(`${unreadable} rows of the log cannot be read`);
    return Y.encodeStateAsUpdateV2(doc);
  } finally {
    doc.destroy();
  }
}
