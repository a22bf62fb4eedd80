/**
 * From one board to another with nothing lost: a board's notes and groups for a table, and back from the table. Ids stay,
 * so that whoever wrote a note still has; doing it twice is doing it once.
 */
import type * as Y from 'yjs';
import { ok, type Result } from '../result.ts';
import { addToGroup, groupNotes } from './groups.ts';
import { createEach } from './notes.ts';
import { readBoard, type Board } from './read.ts';
import { MAX_GROUP_TITLE, MAX_NOTE_LENGTH, type Note } from './schema.ts';

export interface Brought {
  /** The note as it is called there. */
  readonly from: string;
  /** The note here that says the same. */
  readonly to: string;
}

/** A note that was changed there and stands here as it was comes as a second one, under a name that is the same each time. */
const otherId = (id: string, mark: string): string => `${id.slice(0, 44)}-${mark.slice(0, 19)}`;

function wanted({ id, at, text, colour, lang }: Note, to: string, atPlace: boolean) {
  const place = atPlace ? { x: at[1], y: at[2] } : {};
  // Two people who typed at once may have passed the limit; what was written is split, not cut.
  const parts = Math.max(1, Math.ceil(text.length / MAX_NOTE_LENGTH));
  return Array.from({ length: parts }, (_, part) => ({
    from: id,
    id: part === 0 ? to : otherId(to, `part${part + 1}`),
    zone: at[0],
    text: text.slice(part * MAX_NOTE_LENGTH, (part + 1) * MAX_NOTE_LENGTH),
    colour,
    ...(lang !== undefined && { lang }),
    ...(part === 0 ? place : {}),
  }));
}

/**
 * Brings notes and groups of `there` to `doc`. What stands here already in the same words stays as it is; groups form among
 * notes that are in none here.
 * @param mark of the place they come from: names the second version of a note that was changed there.
 * @param keepPlaces each at its place (into an empty board); otherwise in the first free one of its area.
 */
export function bringNotes(
  doc: Y.Doc,
  there: Board,
  { mark, keepPlaces = false }: { readonly mark: string; readonly keepPlaces?: boolean },
  origin: unknown,
): Result<readonly Brought[]> {
  const here = new Map(readBoard(doc).notes.map((note) => [note.id, note]));
  const named = there.notes
    .filter(({ text }) => text.trim() !== '')
    .map((note) => {
      const same = here.get(note.id);
      return { note, to: same === undefined || same.text === note.text ? note.id : otherId(note.id, mark) };
    });
  const inputs = named.flatMap(({ note, to }) => wanted(note, to, keepPlaces));
  const made = createEach(doc, inputs, origin);
  if (!made.ok) return made;
  const names = new Map(named.map(({ note, to }) => [note.id, to]));
  for (const group of there.groups) {
    const now = readBoard(doc);
    const alone = new Set(now.notes.filter((note) => note.group === undefined).map(({ id }) => id));
    const noteIds = group.noteIds.flatMap((id) => names.get(id) ?? []).filter((id) => alone.has(id));
    if (noteIds.length === 0) continue;
    const known = now.groups.some(({ id }) => id === group.id);
    const grouped = known
      ? addToGroup(doc, { groupId: group.id, noteIds }, origin)
      : groupNotes(doc, { id: group.id, noteIds, title: group.title.slice(0, MAX_GROUP_TITLE) }, origin);
    if (!grouped.ok) return grouped;
  }
  return ok(inputs.map(({ from, id }) => ({ from, to: id })));
}
