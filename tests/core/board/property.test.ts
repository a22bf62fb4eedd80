/** What must hold after any edits by any number of people. fast-check prints the seed of a failure. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createUndo, reorderNote } from '#core/board/edit.ts';
import { readingOrder } from '#core/board/order.ts';
import { readBoard } from '#core/board/read.ts';
import { checkGroup, checkMeta, checkNote, checkRoots } from '#core/board/schema.ts';
import { anyEdit, exchange, newBoard, texts, ZONES } from './boards.ts';

function expectWellFormed(doc: Y.Doc): void {
  expect(checkRoots(doc)).toBeNull();
  expect(checkMeta(doc)).toBeNull();
  doc.getMap('notes').forEach((note) => expect(checkNote(note, ZONES)).toBeNull());
  doc.getMap('groups').forEach((group) => expect(checkGroup(group, ZONES)).toBeNull());
  const board = readBoard(doc, ZONES);
  const byId = new Map(board.notes.map((note) => [note.id, note]));
  for (const group of board.groups) {
    expect(group.noteIds.length).toBeGreaterThan(0);
    for (const id of group.noteIds) expect(byId.get(id)).toMatchObject({ group: group.id });
    for (const id of group.noteIds) expect(byId.get(id)?.at[0]).toBe(group.at[0]);
  }
  const members = board.groups.flatMap(({ noteIds }) => noteIds);
  expect(new Set(members).size).toBe(members.length);
  expect(board.notes.filter(({ group }) => group !== undefined)).toHaveLength(members.length);
}

describe('any edits', () => {
  it('[B15] two people editing at once end with the same board, and no edit throws', () => {
    const turn = fc.record({ edit: anyEdit, who: fc.boolean(), meet: fc.boolean() });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 40 }), (turns) => {
        const [one, two] = [newBoard(), newBoard()];
        exchange(one, two);
        for (const { edit, who, meet } of turns) {
          edit(who ? one : two, who ? 'one' : 'two');
          if (meet) exchange(one, two);
        }
        exchange(one, two);
        expect(readBoard(one, ZONES)).toEqual(readBoard(two, ZONES));
        expectWellFormed(one);
      }),
      { verbose: 1, numRuns: 200 },
    );
  });

  it('[B15] undoing everything one did leaves a well-formed board', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEdit, fc.boolean()), { maxLength: 30 }), (edits) => {
        const [one, two] = [newBoard(), newBoard()];
        exchange(one, two);
        const undo = createUndo(one, 'one');
        for (const [edit, who] of edits) {
          edit(who ? one : two, who ? 'one' : 'two');
          exchange(one, two);
        }
        for (let step = 0; step < 100 && undo.canUndo(); step += 1) undo.undo();
        exchange(one, two);
        expect(readBoard(one, ZONES)).toEqual(readBoard(two, ZONES));
        readBoard(one, ZONES).notes.forEach(({ id }) =>
          expect(checkNote(one.getMap('notes').get(id), ZONES)).toBeNull(),
        );
      }),
      { verbose: 1, numRuns: 100 },
    );
  });
});

describe('reading order', () => {
  const item = fc.record({
    id: fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), minLength: 1, maxLength: 4 }),
    at: fc.tuple(fc.constantFrom(...ZONES), fc.nat(1000), fc.nat(1000)),
  });
  const items = fc.uniqueArray(item, { selector: ({ id }) => id, maxLength: 30 });

  it('[B16] is the same however the notes arrived, and loses none', () => {
    fc.assert(
      fc.property(
        items.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          const order = readingOrder(list, ZONES);
          expect(readingOrder(shuffled, ZONES)).toEqual(order);
          expect(readingOrder(order, ZONES)).toEqual(order);
          expect(new Set(order)).toEqual(new Set(list));
        },
      ),
      { verbose: 1 },
    );
  });

  it('[B16] goes zone by zone, row by row, left to right', () => {
    const at = (id: string, zone: string, x: number, y: number) => ({ id, at: [zone, x, y] as const });
    const board = [
      at('e', 'threats', 0, 0),
      at('d', 'strengths', 0, 100),
      at('b', 'strengths', 300, 0),
      at('a', 'strengths', 10, 60),
    ];
    expect(readingOrder(board, ZONES).map(({ id }) => id)).toEqual(['a', 'b', 'd', 'e']);
  });

  it('[B6] reordering gives exactly the order asked for, wherever the notes lie', () => {
    const place = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 600 }) });
    fc.assert(
      fc.property(
        fc.array(place, { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (places, a, b, before) => {
          const doc = newBoard();
          const notes = doc.getMap<Y.Map<unknown>>('notes');
          places.forEach(({ x, y }, index) => {
            const id = String.fromCharCode(97 + index);
            notes.set(
              id,
              new Y.Map<unknown>([
                ['at', ['threats', x, y]],
                ['text', new Y.Text(id)],
                ['colour', 'blue'],
              ]),
            );
          });
          const order = texts(doc);
          const [id, other] = [order[a % order.length] ?? '', order[b % order.length] ?? ''];
          reorderNote(doc, before ? { id, before: other } : { id, after: other }, 'me');
          const rest = order.replace(id, '');
          const expected =
            id === other ? order : before ? rest.replace(other, id + other) : rest.replace(other, other + id);
          expect(texts(doc)).toBe(expected);
        },
      ),
      { verbose: 1 },
    );
  });
});
