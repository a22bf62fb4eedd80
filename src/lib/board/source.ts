/** Where a board's content comes from: a live document, or a local one (the gallery's). */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

export interface BoardSource {
  readonly doc: Y.Doc;
  readonly awareness: Awareness | null;
  readonly loaded: boolean;
  /** Between two replicas. */
  readonly reopening: boolean;
  isUnsent(id: string): boolean;
}
