/** What people do to notes and groups, one by one. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import * as edit from '#core/board/edit.ts';
import { listZone, readBoard } from '#core/board/read.ts';
import { checkMeta, checkRoots, MAX_NOTE_LENGTH, MAX_NOTES } from '#core/board/schema.ts';
import { boardOf, exchange, newBoard, texts, ZONES } from './boards.ts';

const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code);

describe('notes', () => {
  it('[B1] a board begins with its version and epoch, and passes its own checks', () => {
    const doc = newBoard();
    expect(checkRoots(doc)).toBeNull();
    expect(checkMeta(doc)).toBeNull();
    expect(doc.getMap('meta').toJSON()).toEqual({ schemaVersion: 1, epoch: 'epoch' });
  });

  it('[B2] a note without a place goes to the first free one of its zone', () => {
    const doc = newBoard();
    edit.createNote(doc, { id: 'a', zone: 'strengths', x: 50, y: 10, text: 'by hand' }, 'me');
    edit.createNote(doc, { id: 'b', zone: 'strengths', text: 'free' }, 'me');
    edit.createNote(doc, { id: 'c', zone: 'threats', text: 'other zone' }, 'me');
    const places = Object.fromEntries(readBoard(doc).notes.map(({ id, at }) => [id, at]));
    // The card at 50 reaches over the first cell and into the second.
    expect(places).toEqual({ a: ['strengths', 50, 10], b: ['strengths', 460, 20], c: ['threats', 20, 20] });
  });

  it('[B2] a free place is below a group as high as the group is', () => {
    const doc = boardOf('abcd');
    edit.groupNotes(doc, { noteIds: ['b'], onto: 'a' }, 'me');
    const made = edit.createNotes(doc, { zone: 'strengths', lines: 'x\ny\nz' }, 'me');
    expect(made.ok).toBe(true);
    const list = readBoard(doc).notes.filter(({ text }) => 'xyz'.includes(text));
    // b's old cell is free again; the group covers the first cell of the first three rows.
    expect(list.map(({ at }) => at)).toEqual([
      ['strengths', 240, 20],
      ['strengths', 240, 180],
      ['strengths', 460, 180],
    ]);
  });

  it('[B3] bad values are refused and nothing is written', () => {
    const doc = newBoard();
    const before = Y.encodeStateVector(doc);
    const zone = 'strengths';
    expect(code(edit.createNote(doc, { zone: 'moon', zones: ZONES }, 'me'))).toBe('zone-unknown');
    expect(code(edit.createNote(doc, { zone: '__proto__' }, 'me'))).toBe('zone-unknown');
    expect(code(edit.createNote(doc, { zone, x: NaN, y: 1 }, 'me'))).toBe('place-invalid');
    expect(code(edit.createNote(doc, { zone, x: 1 }, 'me'))).toBe('place-invalid');
    expect(code(edit.createNote(doc, { zone, colour: 'pink' }, 'me'))).toBe('colour-unknown');
    expect(code(edit.createNote(doc, { zone, lang: 'kg' }, 'me'))).toBe('language-unknown');
    expect(code(edit.createNote(doc, { zone, text: 'я'.repeat(MAX_NOTE_LENGTH + 1) }, 'me'))).toBe('note-too-long');
    expect(code(edit.createNote(doc, { zone, id: 'constructor' }, 'me'))).toBe('malformed');
    expect(code(edit.createNotes(doc, { zone, lines: ' \n \n' }, 'me'))).toBe('text-needed');
    expect(code(edit.moveNote(doc, { id: 'x', zone }, 'me'))).toBe('not-found');
    expect(code(edit.nameGroup(doc, { id: 'x', title: 'y' }, 'me'))).toBe('group-unknown');
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it('[B3] a board takes 5,000 notes and not one more', () => {
    const doc = newBoard();
    const all = Array.from({ length: MAX_NOTES }, () => ({ zone: 'strengths', text: 'x' }));
    expect(code(edit.createEach(doc, all, 'me'))).toBe('ok');
    expect(code(edit.createNote(doc, { zone: 'threats', text: 'x' }, 'me'))).toBe('board-full');
    expect(checkRoots(doc)).toBeNull();
  });

  it('[B4] pasted lines are notes, without their bullets', () => {
    const doc = newBoard();
    edit.createNotes(doc, { zone: 'strengths', lines: '• Биринчи\r\n\r\n  2) Экинчи\n— үчүнчү\n2019-жыл' }, 'me');
    expect(readBoard(doc).notes.map(({ text }) => text)).toEqual(['Биринчи', 'Экинчи', 'үчүнчү', '2019-жыл']);
  });

  it('[B4] the same id again changes nothing', () => {
    const doc = boardOf('a');
    const before = Y.encodeStateVector(doc);
    expect(code(edit.createNote(doc, { id: 'a', zone: 'threats', text: 'other' }, 'me'))).toBe('ok');
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  it('[B5] a place is brought to whole numbers within the plane', () => {
    const doc = boardOf('a');
    edit.moveNote(doc, { id: 'a', zone: 'threats', x: -3.7, y: 1e9 }, 'me');
    expect(readBoard(doc).notes[0]?.at).toEqual(['threats', 0, 100_000]);
  });

  it('[B5] every edit is one transaction and one update', () => {
    const doc = boardOf('abcd');
    let updates = 0;
    doc.on('update', () => (updates += 1));
    edit.groupNotes(doc, { noteIds: ['b', 'c'], onto: 'a', title: 'Топ' }, 'me');
    edit.deleteNotes(doc, { ids: ['a', 'b', 'c'] }, 'me');
    expect(updates).toBe(2);
  });
});

describe('order', () => {
  it('[B6] a note put before or after another stands there, and places are passed on', () => {
    const doc = boardOf('abcdefg');
    const places = readBoard(doc).notes.map(({ at }) => at);
    edit.reorderNote(doc, { id: 'f', before: 'b' }, 'me');
    expect(texts(doc)).toBe('afbcdeg');
    edit.reorderNote(doc, { id: 'a', after: 'g' }, 'me');
    expect(texts(doc)).toBe('fbcdega');
    expect(readBoard(doc).notes.map(({ at }) => at)).toEqual(places);
  });

  it('[B6] notes in one spot, and a note from another zone, come into order too', () => {
    const doc = newBoard();
    for (const id of 'abc') edit.createNote(doc, { id, zone: 'strengths', x: 50, y: 50, text: id }, 'me');
    edit.createNote(doc, { id: 'd', zone: 'threats', text: 'd' }, 'me');
    edit.reorderNote(doc, { id: 'd', before: 'b' }, 'me');
    expect(texts(doc)).toBe('adbc');
  });

  it('[B6] within a group, into a group and out of it', () => {
    const doc = boardOf('abcde');
    edit.groupNotes(doc, { id: 'g', noteIds: ['c', 'd'], onto: 'b' }, 'me');
    edit.reorderNote(doc, { id: 'd', before: 'b' }, 'me');
    expect(readBoard(doc).groups[0]?.noteIds).toEqual(['d', 'b', 'c']);
    edit.reorderNote(doc, { id: 'e', after: 'd' }, 'me');
    expect(readBoard(doc).groups[0]?.noteIds).toEqual(['d', 'e', 'b', 'c']);
    edit.reorderNote(doc, { id: 'c', before: 'a' }, 'me');
    expect(
      listZone(readBoard(doc), 'strengths').map((item) => (item.kind === 'note' ? item.note.id : item.group.id)),
    ).toEqual(['c', 'a', 'g']);
    edit.reorderNote(doc, { id: 'g', before: 'c' }, 'me');
    expect(texts(doc)).toBe('debca');
  });
});

describe('groups', () => {
  it('[B7] a note dropped on another makes a group at that one’s place; dropped later, it stands last', () => {
    const doc = boardOf('abc');
    const place = readBoard(doc).notes[1]?.at;
    const made = edit.groupNotes(doc, { noteIds: ['a'], onto: 'b', title: '  Акылар\n жана  взностор ' }, 'me');
    const id = made.ok ? made.value.id : '';
    expect(readBoard(doc).groups).toEqual([{ id, at: place, title: 'Акылар жана взностор', noteIds: ['b', 'a'] }]);
    edit.groupNotes(doc, { noteIds: ['c'], onto: id }, 'me');
    expect(readBoard(doc).groups[0]?.noteIds).toEqual(['b', 'a', 'c']);
  });

  it('[B7] a note with a place of its own has left its group', () => {
    const doc = boardOf('abc');
    edit.groupNotes(doc, { id: 'g', noteIds: ['b', 'c'], onto: 'a' }, 'me');
    edit.moveNote(doc, { id: 'b', zone: 'threats', x: 5, y: 5 }, 'me');
    edit.removeFromGroup(doc, { ids: ['c'] }, 'me');
    expect(readBoard(doc).groups[0]?.noteIds).toEqual(['a']);
    expect(readBoard(doc).notes.find(({ id }) => id === 'c')?.group).toBeUndefined();
  });

  it('[B8] a group without notes vanishes', () => {
    const doc = boardOf('ab');
    edit.groupNotes(doc, { id: 'g', noteIds: ['b'], onto: 'a' }, 'me');
    edit.deleteNotes(doc, { ids: ['a'] }, 'me');
    expect(doc.getMap('groups').size).toBe(1);
    edit.moveNote(doc, { id: 'b', zone: 'threats' }, 'me');
    expect(doc.getMap('groups').size).toBe(0);
  });

  it('[B8] a group emptied by two people at once is not shown, and nothing is lost', () => {
    const one = boardOf('ab');
    edit.groupNotes(one, { id: 'g', noteIds: ['b'], onto: 'a' }, 'one');
    const two = newBoard();
    exchange(one, two);
    edit.removeFromGroup(one, { ids: ['a'] }, 'one');
    edit.removeFromGroup(two, { ids: ['b'] }, 'two');
    exchange(one, two);
    expect(readBoard(one).groups).toEqual([]);
    expect([...texts(one)].sort()).toEqual(['a', 'b']);
  });

  it('[B9] a group that moves to another zone takes its notes along, also one added meanwhile', () => {
    const one = boardOf('abc');
    edit.groupNotes(one, { id: 'g', noteIds: ['b'], onto: 'a' }, 'one');
    const two = newBoard();
    exchange(one, two);
    edit.moveGroup(one, { id: 'g', zone: 'threats' }, 'one');
    edit.addToGroup(two, { groupId: 'g', noteIds: ['c'] }, 'two');
    exchange(one, two);
    expect(readBoard(one).notes.map(({ at }) => at[0])).toEqual(['threats', 'threats', 'threats']);
    expect(readBoard(one)).toEqual(readBoard(two));
  });

  it('[B9] ungrouping keeps the notes and their order; deleting a group deletes them', () => {
    const doc = boardOf('abcd');
    edit.groupNotes(doc, { id: 'g', noteIds: ['c', 'd'], onto: 'b' }, 'me');
    edit.ungroup(doc, { id: 'g' }, 'me');
    expect(texts(doc)).toBe('abcd');
    expect(readBoard(doc).groups).toEqual([]);
    edit.groupNotes(doc, { id: 'h', noteIds: ['c'], onto: 'b' }, 'me');
    edit.deleteGroup(doc, { id: 'h' }, 'me');
    expect(texts(doc)).toBe('ad');
  });
});
