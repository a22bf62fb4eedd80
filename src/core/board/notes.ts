/**
 * What people do to notes: write, move, colour, delete. Each edit is one transaction under the caller's origin, so that it
 * is one step of that person's undo and one update on the wire. Whether somebody may edit is decided elsewhere
 * (`stage/rights`); here only the board's own rules hold.
 */
import * as Y from 'yjs';
import { newId } from '../ids.ts';
import { isLanguage } from '../people/caller.ts';
import { ok, refuse, type Result } from '../result.ts';
import { dropEmptyGroups, notesOf, occupied, placeIn, type Place } from './doc.ts';
import { isBoardId, isColour, MAX_NOTE_LENGTH, MAX_NOTES, countNotes, type At } from './schema.ts';
import { cleanText, splitLines } from './text.ts';

export interface NewNote extends Place {
  /** Left out: a new one. An id that is already on the board changes nothing and answers ok (the same command again). */
  readonly id?: string;
  readonly text?: string;
  readonly colour?: string;
  readonly lang?: string | null;
}

/** Writes one note; without x and y in the first free place of its zone. An empty text is a note about to be typed. */
export function createNote(doc: Y.Doc, input: NewNote, origin: unknown): Result<{ id: string }> {
  const made = createEach(doc, [input], origin);
  if (!made.ok) return made;
  return ok({ id: made.value[0] ?? '' });
}

/** Writes several notes in one step, all or none: pasted lines (`lines`), or texts as they are (`texts`). */
export function createNotes(
  doc: Y.Doc,
  input: Place & { lines?: string; texts?: readonly string[]; colour?: string; lang?: string | null },
  origin: unknown,
): Result<{ ids: string[] }> {
  const texts = [...(input.texts ?? []), ...splitLines(input.lines ?? '')];
  if (texts.length === 0) return refuse('text-needed');
  const { lines: _lines, texts: _texts, x, y, ...shared } = input;
  // Only the first lies where the person pointed; the others find their place.
  const made = createEach(
    doc,
    texts.map((text, index) => (index === 0 ? { ...shared, x, y, text } : { ...shared, text })),
    origin,
  );
  return made.ok ? ok({ ids: made.value }) : made;
}

/** Writes notes of several zones in one step, all or none (import, reveal). Ids in the order given. */
export function createEach(doc: Y.Doc, inputs: readonly NewNote[], origin: unknown): Result<string[]> {
  const grids = occupied(doc);
  const notes = notesOf(doc);
  const ready: { id: string; at: At; text: string; colour: string; lang?: string | null }[] = [];
  const ids: string[] = [];
  for (const input of inputs) {
    const id = input.id ?? newId();
    if (!isBoardId(id)) return refuse('malformed');
    ids.push(id);
    if (notes.has(id)) continue;
    const text = cleanText(input.text ?? '');
    if (text.length > MAX_NOTE_LENGTH) return refuse('note-too-long', { limit: MAX_NOTE_LENGTH });
    const colour = input.colour ?? 'yellow';
    if (!isColour(colour)) return refuse('colour-unknown');
    if (input.lang !== undefined && input.lang !== null && !isLanguage(input.lang)) return refuse('language-unknown');
    const at = placeIn(input, grids);
    if (!at.ok) return at;
    ready.push({ id, at: at.value, text, colour, lang: input.lang });
  }
  if (countNotes(doc) + ready.length > MAX_NOTES) return refuse('board-full', { limit: MAX_NOTES });
  doc.transact(() => {
    for (const { id, at, text, colour, lang } of ready) {
      const note = new Y.Map<unknown>();
      note.set('at', at);
      note.set('text', new Y.Text(text));
      note.set('colour', colour);
      if (lang) note.set('lang', lang);
      notes.set(id, note);
    }
  }, origin);
  return ok(ids);
}

export interface Move extends Place {
  readonly id: string;
}

/** Takes a note to a place of its own (without x and y: a free one in the zone); so it leaves its group. */
export function moveNote(doc: Y.Doc, input: Move, origin: unknown): Result<null> {
  return moveNotes(doc, { moves: [input] }, origin);
}

/** Several notes at once: one step. Notes that somebody deleted meanwhile are passed over. */
export function moveNotes(doc: Y.Doc, input: { readonly moves: readonly Move[] }, origin: unknown): Result<null> {
  const notes = notesOf(doc);
  const moving = input.moves.filter(({ id }) => notes.has(id));
  if (moving.length === 0) return refuse('not-found');
  const grids = occupied(doc, new Set(moving.map(({ id }) => id)));
  const ready: { note: Y.Map<unknown>; at: At }[] = [];
  for (const move of moving) {
    const at = placeIn(move, grids);
    if (!at.ok) return at;
    const note = notes.get(move.id);
    if (note) ready.push({ note, at: at.value });
  }
  doc.transact(() => {
    for (const { note, at } of ready) {
      note.set('at', at);
      if (note.has('group')) note.delete('group');
    }
    dropEmptyGroups(doc);
  }, origin);
  return ok(null);
}

export function setColour(
  doc: Y.Doc,
  input: { readonly ids: readonly string[]; readonly colour: string },
  origin: unknown,
): Result<null> {
  if (!isColour(input.colour)) return refuse('colour-unknown');
  return setEach(doc, input.ids, 'colour', input.colour, origin);
}

/** The language a note is written in; null: not said. */
export function setLanguage(
  doc: Y.Doc,
  input: { readonly ids: readonly string[]; readonly lang: string | null },
  origin: unknown,
): Result<null> {
  if (input.lang !== null && !isLanguage(input.lang)) return refuse('language-unknown');
  return setEach(doc, input.ids, 'lang', input.lang, origin);
}

function setEach(doc: Y.Doc, ids: readonly string[], key: string, value: string | null, origin: unknown): Result<null> {
  const found = ids.map((id) => notesOf(doc).get(id)).filter((note) => note !== undefined);
  if (found.length === 0) return refuse('not-found');
  doc.transact(() => {
    for (const note of found) {
      if (value === null) note.delete(key);
      // Writing what already stands there would grow the document for nothing.
      else if (note.get(key) !== value) note.set(key, value);
    }
  }, origin);
  return ok(null);
}

/** Deletes notes, and the groups that are empty without them. What is gone already is passed over. */
export function deleteNotes(doc: Y.Doc, input: { readonly ids: readonly string[] }, origin: unknown): Result<null> {
  const notes = notesOf(doc);
  const found = input.ids.filter((id) => notes.has(id));
  if (found.length === 0) return refuse('not-found');
  doc.transact(() => {
    for (const id of found) notes.delete(id);
    dropEmptyGroups(doc);
  }, origin);
  return ok(null);
}

/** The living text of a note, to bind an editor to; null where there is none. Ask again after an undo: it is a new one. */
export function textOf(doc: Y.Doc, id: string): Y.Text | null {
  const text = notesOf(doc).get(id)?.get('text');
  return text instanceof Y.Text ? text : null;
}
