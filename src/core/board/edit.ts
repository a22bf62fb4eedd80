/**
 * Everything that may be done to a board, in one place to import from: `(doc, input, origin)`, one transaction each,
 * answering a Result. The origin is the person's undo origin in the browser and the server's own on the server.
 */
export { createBoardDoc, initialBoardUpdate, type Place } from './doc.ts';
export {
  createEach,
  createNote,
  createNotes,
  deleteNotes,
  moveNote,
  moveNotes,
  setColour,
  setLanguage,
  textOf,
} from './notes.ts';
export type { Move, NewNote } from './notes.ts';
export { addToGroup, deleteGroup, groupNotes, moveGroup, nameGroup, removeFromGroup, ungroup } from './groups.ts';
export { reorderNote, tidyZone } from './reorder.ts';
export { checkText, cleanText, replaceText, splitLines } from './text.ts';
export { createUndo, type BoardUndo } from './undo.ts';
