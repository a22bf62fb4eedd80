/** Letters of two people in one note. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import * as edit from '#core/board/edit.ts';
import { boardOf, exchange, newBoard } from './boards.ts';

function noteSaying(text: string): { doc: Y.Doc; text: Y.Text } {
  const doc = newBoard();
  edit.createNote(doc, { id: 'n', zone: 'threats', text }, null);
  return { doc, text: edit.textOf(doc, 'n') ?? new Y.Text() };
}

describe('text', () => {
  it('[B10] what others wrote meanwhile stays', () => {
    const { text } = noteSaying('взносы собираются');
    text.insert(0, 'Членские ');
    edit.replaceText(text, 'взносы не собираются', 'me', 'взносы собираются');
    expect(String(text)).toBe('Членские взносы не собираются');
  });

  it('[B10] a passage that both replaced holds what both wrote', () => {
    const { text } = noteSaying('мало людей');
    text.delete(5, 5);
    text.insert(5, 'кадров');
    edit.replaceText(text, 'очень сильно', 'me', 'мало людей');
    expect(String(text)).toContain('очень сильно');
    expect(String(text)).toContain('кадров');
  });

  it('[B10] typing in two copies at once converges with every letter', () => {
    const one = boardOf('a');
    const two = newBoard();
    exchange(one, two);
    const [left, right] = [edit.textOf(one, 'a'), edit.textOf(two, 'a')];
    if (left) edit.replaceText(left, 'aң', 'one');
    if (right) edit.replaceText(right, 'өa', 'two');
    exchange(one, two);
    expect(String(left)).toBe('өaң');
    expect(String(right)).toBe('өaң');
  });

  it('[B10] a text at its limit may be shortened, not grown', () => {
    const { text } = noteSaying('я'.repeat(1999));
    expect(edit.replaceText(text, 'я'.repeat(2001), 'me').ok).toBe(false);
    text.insert(0, 'я'.repeat(10));
    expect(edit.replaceText(text, 'я'.repeat(2005), 'me').ok).toBe(true);
    expect(text.length).toBe(2005);
  });

  it('[B10] any text becomes any other, whatever stood there meanwhile, and pairs are not split', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(any, any, any, (base, theirs, mine) => {
        const clean = edit.cleanText(mine);
        const alone = noteSaying(base);
        edit.replaceText(alone.text, clean, 'me');
        expect(String(alone.text)).toBe(clean);
        const both = noteSaying(theirs);
        edit.replaceText(both.text, clean, 'me', base);
        const wire = new Y.Doc();
        Y.applyUpdate(wire, Y.encodeStateAsUpdate(both.doc));
        expect(String(edit.textOf(wire, 'n'))).toBe(String(both.text));
      }),
      { verbose: 1 },
    );
  });
});

describe('undo', () => {
  it('[B11] undo brings a deleted note back with a text that can be typed in, and its group', () => {
    const doc = boardOf('ab');
    edit.groupNotes(doc, { id: 'g', noteIds: ['b'], onto: 'a', title: 'Топ' }, 'me');
    const undo = edit.createUndo(doc, 'me');
    edit.deleteNotes(doc, { ids: ['a', 'b'] }, 'me');
    expect(undo.undo()).toBe(true);
    const text = edit.textOf(doc, 'a');
    if (text) edit.replaceText(text, 'кайра', 'me');
    const copy = newBoard();
    exchange(doc, copy);
    expect(String(edit.textOf(copy, 'a'))).toBe('кайра');
    expect(copy.getMap('groups').size).toBe(1);
  });

  it('[B11] only one’s own steps are undone, each edit by itself', () => {
    const doc = boardOf('a');
    const undo = edit.createUndo(doc, 'me');
    edit.setColour(doc, { ids: ['a'], colour: 'blue' }, 'me');
    edit.moveNote(doc, { id: 'a', zone: 'threats', x: 1, y: 1 }, 'me');
    edit.setLanguage(doc, { ids: ['a'], lang: 'ky' }, 'other');
    undo.undo();
    expect(doc.getMap<Y.Map<unknown>>('notes').get('a')?.toJSON()).toMatchObject({
      at: ['strengths', 20, 20],
      colour: 'blue',
      lang: 'ky',
    });
    undo.undo();
    expect(undo.canUndo()).toBe(false);
    expect(undo.redo() && undo.redo()).toBe(true);
    expect(doc.getMap<Y.Map<unknown>>('notes').get('a')?.get('at')).toEqual(['threats', 1, 1]);
  });

  it('[B11] undoing the creation of a note in which others wrote leaves their words', () => {
    const mine = newBoard();
    const undo = edit.createUndo(mine, 'me');
    edit.createNote(mine, { id: 'n', zone: 'threats', text: 'мое ' }, 'me');
    const other = newBoard();
    exchange(mine, other);
    const text = edit.textOf(other, 'n');
    if (text) edit.replaceText(text, 'мое и наше', 'other');
    exchange(mine, other);
    undo.undo();
    expect(String(edit.textOf(mine, 'n'))).toBe('и наше');
    edit.createNote(mine, { id: 'm', zone: 'threats', text: 'x' }, 'me');
    undo.undo();
    expect(edit.textOf(mine, 'm')).toBeNull();
  });
});
