/** Boards for tests: a seeded one, random edits, and two replicas that exchange what they have. */
import fc from 'fast-check';
import * as Y from 'yjs';
import * as edit from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';

export const ZONES = ['strengths', 'weaknesses', 'opportunities', 'threats'];

export function newBoard(): Y.Doc {
  return edit.createBoardDoc(edit.initialBoardUpdate('epoch'));
}

/** A board whose notes say a, b, c …, in one zone; their ids are their texts. */
export function boardOf(letters: string, zone = 'strengths'): Y.Doc {
  const doc = newBoard();
  edit.createEach(
    doc,
    [...letters].map((id) => ({ id, zone, text: id })),
    null,
  );
  return doc;
}

export function texts(doc: Y.Doc): string {
  return readBoard(doc, ZONES)
    .notes.map(({ text }) => text)
    .join('');
}

export function exchange(...docs: Y.Doc[]): void {
  const updates = docs.map((doc) => Y.encodeStateAsUpdate(doc));
  for (const doc of docs) for (const update of updates) Y.applyUpdate(doc, update);
}

export type Edit = (doc: Y.Doc, origin: unknown) => void;

/** Any edit on any note or group of the board as it then is, with good and bad values. */
export const anyEdit: fc.Arbitrary<Edit> = fc
  .record({
    kind: fc.integer({ min: 0, max: 15 }),
    a: fc.nat(1000),
    b: fc.nat(1000),
    x: fc.option(fc.oneof(fc.integer({ min: -10, max: 2000 }), fc.double()), { nil: undefined }),
    zone: fc.constantFrom(...ZONES, 'elsewhere', '__proto__'),
    text: fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })),
  })
  .map(({ kind, a, b, x, zone, text }) => (doc, origin) => {
    const board = readBoard(doc);
    const note = board.notes[a % Math.max(1, board.notes.length)]?.id ?? 'nobody';
    const other = board.notes[b % Math.max(1, board.notes.length)]?.id ?? 'nobody';
    const group = board.groups[b % Math.max(1, board.groups.length)]?.id ?? 'nobody';
    const ytext = edit.textOf(doc, note);
    const place = { zone, ...(x === undefined ? {} : { x, y: b }), zones: ZONES };
    const edits = [
      () => edit.createNote(doc, { ...place, text }, origin),
      () => edit.createNote(doc, { ...place, text, id: `n${a % 20}` }, origin),
      () => edit.createNotes(doc, { ...place, lines: `${text}\n${text}\nlast` }, origin),
      () => edit.moveNote(doc, { ...place, id: note }, origin),
      () =>
        edit.moveNotes(
          doc,
          {
            moves: [
              { ...place, id: note },
              { ...place, id: other },
            ],
          },
          origin,
        ),
      () => edit.setColour(doc, { ids: [note, other], colour: b % 2 ? 'rose' : 'pink' }, origin),
      () => edit.setLanguage(doc, { ids: [note], lang: b % 2 ? 'ky' : null }, origin),
      () => (ytext ? edit.replaceText(ytext, text, origin) : null),
      () => edit.groupNotes(doc, { noteIds: [note], onto: b % 3 ? other : group }, origin),
      () => edit.addToGroup(doc, { groupId: group, noteIds: [note] }, origin),
      () => edit.removeFromGroup(doc, { ids: [note] }, origin),
      () => edit.nameGroup(doc, { id: group, title: text }, origin),
      () => edit.ungroup(doc, { id: group }, origin),
      () => edit.moveGroup(doc, { ...place, id: group }, origin),
      () =>
        b % 4 ? edit.deleteNotes(doc, { ids: [note, other] }, origin) : edit.deleteGroup(doc, { id: group }, origin),
      () =>
        edit.reorderNote(doc, { id: b % 5 ? note : group, ...(a % 2 ? { before: other } : { after: other }) }, origin),
    ];
    edits[kind]?.();
  });
