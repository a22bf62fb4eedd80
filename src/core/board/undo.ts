/**
 * Undo of one's own changes only. Every edit is a step; letters typed without a pause are one. Undoing the creation of a
 * note in which others have written since takes back one's own letters and leaves theirs, with the note.
 * After an undo of a delete the note has a new Y.Text: ask `textOf` again.
 */
import * as Y from 'yjs';
import { groupsOf, notesOf } from './doc.ts';

export interface BoardUndo {
  undo(): boolean;
  redo(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Ends the step: what is typed from now on is undone apart. */
  step(): void;
  /** Told after each change of what can be undone; returns how to stop. */
  onChange(listener: () => void): () => void;
  destroy(): void;
}

/** @param origin the origin that this person's edits carry, and nobody else's. @param pause milliseconds that end a step. */
export function createUndo(doc: Y.Doc, origin: unknown, pause = 500): BoardUndo {
  let typing = false;
  let steps: readonly StepItem[] = [];
  const manager: Y.UndoManager = new Y.UndoManager([notesOf(doc), groupsOf(doc)], {
    trackedOrigins: new Set([origin]),
    captureTimeout: pause,
    captureTransaction: (transaction) => {
      if (transaction.origin !== origin) return true;
      const letters = [...transaction.changed.keys()].every((type) => type instanceof Y.Text);
      if (!letters || !typing) manager.stopCapturing();
      typing = letters;
      return true;
    },
    // The step at hand is the one just taken off the stack: its index is the stack's new length.
    deleteFilter: (item) => mayDelete(item, steps[manager.undoStack.length], doc),
  });
  const events = ['stack-item-added', 'stack-item-popped', 'stack-cleared', 'stack-item-updated'] as const;
  return {
    undo: () => {
      steps = [...manager.undoStack];
      const done = manager.undo() !== null;
      steps = [];
      return done;
    },
    redo: () => manager.redo() !== null,
    canUndo: () => manager.canUndo(),
    canRedo: () => manager.canRedo(),
    step: () => manager.stopCapturing(),
    onChange: (listener) => {
      for (const event of events) manager.on(event, listener);
      return () => {
        for (const event of events) manager.off(event, listener);
      };
    },
    destroy: () => manager.destroy(),
  };
}

type StepItem = Y.UndoManager['undoStack'][number];

/** False for the frame of a note that this step created and in which somebody else has written. */
function mayDelete(item: Y.Item, step: StepItem | undefined, doc: Y.Doc): boolean {
  if (!step) return true;
  const letter = item.parentSub === null;
  if (letter) return true;
  let note: Y.Item | null = item;
  while (note && note.parent !== notesOf(doc)) note = (note.parent as Y.AbstractType<unknown>)._item;
  if (!note || !Y.isDeleted(step.insertions, note.id)) return true;
  return !holdsForeignLetters(note, doc.clientID);
}

function holdsForeignLetters(note: Y.Item, own: number): boolean {
  const map = note.content instanceof Y.ContentType ? note.content.type : null;
  const text = map instanceof Y.Map ? map.get('text') : null;
  if (!(text instanceof Y.Text)) return false;
  for (let item = text._start; item !== null; item = item.right)
    if (!item.deleted && item.id.client !== own) return true;
  return false;
}
