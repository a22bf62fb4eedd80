/** What the board's screen computes, without a screen: where areas lie, where the caret goes, what is not sent yet. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createBoardDoc, createNote, groupNotes, initialBoardUpdate, replaceText, textOf } from '#core/board/edit.ts';
import { ZONE_WIDTH } from '#core/board/place.ts';
import { shiftCaret } from '../../src/lib/board/bind-text.ts';
import { columnsFor, layOutZones } from '../../src/lib/board/layout.ts';
import { touchedKeys, wordsUnder } from '../../src/lib/live/unsent.ts';

describe('[U20] areas lie side by side, never over one another, and grow with what lies in them', () => {
  test.each([1, 2, 3, 4, 5, 6, 8])('%i areas', (count) => {
    const boxes = layOutZones(Array.from({ length: count }, (_, at) => [at * 400, at * 300] as const));
    for (const [a, one] of boxes.entries()) {
      expect(one.width).toBeGreaterThanOrEqual(ZONE_WIDTH);
      expect(one.width).toBeGreaterThanOrEqual(a * 400);
      expect(one.height).toBeGreaterThan(a * 300);
      for (const other of boxes.slice(a + 1)) {
        const apart =
          one.left + one.width <= other.left ||
          other.left + other.width <= one.left ||
          one.top + one.height <= other.top ||
          other.top + other.height <= one.top;
        expect(apart).toBe(true);
      }
    }
  });

  test('SWOT is two by two; a last area alone in its row takes the whole row', () => {
    expect(columnsFor(4)).toBe(2);
    const [first, second, third] = layOutZones([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(third?.width).toBe((first?.width ?? 0) + (second?.width ?? 0) + ((second?.left ?? 0) - (first?.width ?? 0)));
  });
});

describe('[U21] others’ letters move the caret with its passage', () => {
  test('before it, at it, behind it, and around it', () => {
    expect(shiftCaret(5, [{ insert: 'abc' }])).toBe(8);
    expect(shiftCaret(5, [{ retain: 5 }, { insert: 'abc' }])).toBe(5);
    expect(shiftCaret(5, [{ retain: 7 }, { insert: 'abc' }])).toBe(5);
    expect(shiftCaret(5, [{ delete: 2 }])).toBe(3);
    expect(shiftCaret(5, [{ retain: 3 }, { delete: 10 }])).toBe(3);
    expect(shiftCaret(5, [{ retain: 1 }, { delete: 2 }, { insert: 'x' }])).toBe(4);
  });
});

describe('[U22] what is not sent is counted in notes and groups, and its words can be kept', () => {
  test('letters, places and groups touch the ids of their notes', () => {
    const doc = createBoardDoc(initialBoardUpdate('epoch'));
    const touched: string[][] = [];
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local) touched.push(touchedKeys(transaction));
    });
    createNote(doc, { id: 'one', zone: 'strengths', text: 'опыт' }, 'me');
    createNote(doc, { id: 'two', zone: 'strengths', text: 'люди' }, 'me');
    const text = textOf(doc, 'one');
    if (text) replaceText(text, 'опыт команды', 'me');
    groupNotes(doc, { id: 'group', noteIds: ['one'], onto: 'two', title: 'Мы' }, 'me');
    expect(touched.slice(0, 3)).toEqual([['one'], ['two'], ['one']]);
    expect(new Set(touched[3])).toEqual(new Set(['one', 'two', 'group']));
    expect(wordsUnder(doc, ['one', 'group', 'gone'])).toEqual(['опыт команды', 'Мы']);
  });
});
