/**
 * The shadow of one open document: what is saved together with what is being saved. Updates are tried here before anybody
 * sees them, one after the other, so that limits hold exactly however many write at once. It is made with the first write
 * (the cost of one copy) and made anew after a refusal, because an update cannot be taken back out of a Y.Doc.
 */
import * as Y from 'yjs';
import type { ReadUpdate } from './update.ts';
import {
  checkBoard,
  checkDraft,
  countBoard,
  typeRoots,
  type BoardCount,
  type BoardRules,
  type DocumentKind,
  type Judged,
} from './values.ts';

interface Copy {
  readonly doc: Y.Doc;
  count: BoardCount;
}

const NOTHING: BoardCount = { notes: new Set(), groups: new Set() };

export class Shadow {
  readonly #kind: DocumentKind;
  readonly #living: Y.Doc;
  /** Tried, and not yet in the living document. */
  readonly #saving = new Set<Uint8Array>();
  #copy: Copy | null = null;

  constructor(kind: DocumentKind, living: Y.Doc) {
    this.#kind = kind;
    this.#living = living;
  }

  get isSaving(): boolean {
    return this.#saving.size > 0;
  }

  /** What is saved or being saved, to read from. */
  get base(): Y.Doc {
    return this.#copy?.doc ?? (this.isSaving ? this.#open().doc : this.#living);
  }

  /** Something came into the living document another way: from another instance. */
  follow(update: Uint8Array): void {
    if (this.#copy) Y.applyUpdate(this.#copy.doc, update);
  }

  /** Tries a client's update. What is refused leaves no trace. */
  try(bytes: Uint8Array, update: ReadUpdate, rules: BoardRules): Judged {
    const judged = this.#judge(bytes, update, rules);
    if (judged.refusal !== null) this.drop();
    return judged;
  }

  #judge(bytes: Uint8Array, update: ReadUpdate, rules: BoardRules): Judged {
    const { doc, count } = this.#open();
    const refused = (refusal: Judged['refusal']): Judged => ({ refusal, createdNotes: [], steps: [] });
    try {
      const touched = doc.transact((transaction) => {
        Y.applyUpdate(doc, bytes);
        return transaction.changed as Map<Y.AbstractType<unknown>, Set<string | null>>;
      });
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return refused('malformed');
      if (this.#kind === 'board') return checkBoard(doc, touched, rules, count, this.#living);
      return refused(this.#kind === 'draft' ? checkDraft(doc, touched, update) : 'by-command-only');
    } catch {
      return refused('malformed');
    }
  }

  /** Makes the server's own change; null where it changed nothing. Throws what the change throws, without a trace. */
  change(change: (doc: Y.Doc) => void): Uint8Array | null {
    const copy = this.#open();
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    copy.doc.on('update', collect);
    try {
      copy.doc.transact(() => change(copy.doc));
    } catch (error) {
      this.drop();
      throw error;
    } finally {
      copy.doc.off('update', collect);
    }
    if (updates.length === 0) return null;
    if (this.#kind === 'board') copy.count = countBoard(copy.doc);
    return Y.mergeUpdates(updates);
  }

  saving(update: Uint8Array): void {
    this.#saving.add(update);
  }

  /** The update is in the living document, or (not saved) nowhere: what was tried on top of it goes with it. */
  saved(update: Uint8Array, isSaved: boolean): void {
    this.#saving.delete(update);
    if (!isSaved) this.drop();
  }

  drop(): void {
    this.#copy?.doc.destroy();
    this.#copy = null;
  }

  #open(): Copy {
    if (this.#copy) return this.#copy;
    const doc = new Y.Doc();
    typeRoots(doc, this.#kind);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#living));
    for (const update of this.#saving) Y.applyUpdate(doc, update);
    this.#copy = { doc, count: this.#kind === 'board' ? countBoard(doc) : NOTHING };
    return this.#copy;
  }
}
