/** Who sits where, what a table's board is to somebody, and notes that go to a table and back. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bringNotes } from '#core/board/bring.ts';
import { createBoardDoc, createNote, deleteNotes, groupNotes, replaceText, textOf } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import type { BoardRole } from '#core/stage/rights.ts';
import { placeAtTable, placeInPlenary, seatPeople, smallestTable, type TableState } from '#core/stage/tables.ts';

const people = fc.uniqueArray(fc.record({ id: fc.uuid(), organisationId: fc.constantFrom(null, 'a', 'b', 'c') }), {
  selector: ({ id }) => id,
  maxLength: 60,
});
const seated = (seats: ReadonlyMap<string, number>, table: number, ids: readonly string[]) =>
  ids.filter((id) => seats.get(id) === table).length;

describe('seats', () => {
  test('[S60] everybody has a table; sizes differ by one at most, mixed those of each body too; one seed, one seating', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 2, max: 9 }), fc.string(), (all, count, seed) => {
        for (const seating of ['mixed', 'random'] as const) {
          const seats = seatPeople(all, count, seating, seed);
          expect(new Map(seatPeople([...all].reverse(), count, seating, seed))).toEqual(new Map(seats));
          const groups = [
            all,
            ...(seating === 'mixed'
              ? ['a', 'b', 'c'].map((body) => all.filter((one) => one.organisationId === body))
              : []),
          ];
          for (const group of groups) {
            const ids = group.map(({ id }) => id);
            const sizes = Array.from({ length: count }, (_, n) => seated(seats, n, ids));
            expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(ids.length);
            expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  test('[S61] who comes late goes to the smallest table that still works, the first of equals', () => {
    const table = (id: string, state: TableState = 'open') => ({ id, state });
    const seats = new Map([
      ['p', 'one'],
      ['q', 'two'],
      ['r', 'two'],
    ]);
    expect(smallestTable([table('one'), table('two'), table('three', 'back')], seats)).toBe('one');
    expect(
      smallestTable(
        [table('one'), table('two')],
        new Map([
          ['p', 'one'],
          ['q', 'two'],
        ]),
      ),
    ).toBe('one');
    expect(smallestTable([table('one', 'back')], seats)).toBeNull();
  });
});

describe('places', () => {
  const roles: BoardRole[] = ['lead', 'staff', 'member', 'screen'];
  test('[S62] a table is hidden from other tables and from the projector, in every state', () => {
    for (const state of ['open', 'closing', 'back'] as const) {
      const seen = (own: boolean) => roles.map((role) => placeAtTable(role, own, state));
      const mine = state === 'open' ? 'table' : 'back';
      expect(seen(false)).toEqual([mine, mine, 'hidden', 'hidden']);
      expect(seen(true)).toEqual([mine, mine, mine, 'hidden']);
    }
    expect(roles.map((role) => placeInPlenary(role, 'open'))).toEqual(['room', 'room', 'away', 'room']);
    expect((['closing', 'back', null] as const).map((state) => placeInPlenary('member', state))).toEqual([
      'room',
      'room',
      'room',
    ]);
  });
});

describe('to a table and back', () => {
  const board = (...notes: string[]) => {
    const doc = createBoardDoc();
    for (const id of notes) createNote(doc, { id, zone: 'z', text: `text ${id}` }, null);
    return doc;
  };
  const bring = (to: ReturnType<typeof board>, from: ReturnType<typeof board>) =>
    bringNotes(to, readBoard(from), { mark: 'table1' }, null);
  const texts = (doc: ReturnType<typeof board>) =>
    readBoard(doc)
      .notes.map(({ text }) => text)
      .sort();

  test('[S63] what was unchanged comes once, what was changed comes beside it, what was deleted stays; twice is once', () => {
    const plenary = board('a', 'b', 'c');
    const table = board('a', 'b', 'c');
    const changed = textOf(table, 'b');
    if (changed) replaceText(changed, 'said otherwise');
    deleteNotes(table, { ids: ['c'] }, null);
    createNote(table, { id: 'd', zone: 'z', text: 'new', colour: 'rose', lang: 'ky' }, null);
    groupNotes(table, { id: 'g', noteIds: ['a', 'd'], title: 'Group of the table' }, null);
    for (let times = 0; times < 2; times++) {
      expect(bring(plenary, table).ok).toBe(true);
      const { notes, groups } = readBoard(plenary);
      expect(texts(plenary)).toEqual(['new', 'said otherwise', 'text a', 'text b', 'text c']);
      expect(notes.find(({ id }) => id === 'd')).toMatchObject({ colour: 'rose', lang: 'ky', group: 'g' });
      expect(groups).toMatchObject([{ id: 'g', title: 'Group of the table', noteIds: ['a', 'd'] }]);
    }
  });

  test('[S63] whatever stands at the tables stands in the plenary afterwards', () => {
    const words = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '');
    const notes = fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), text: words }), { maxLength: 8 });
    fc.assert(
      fc.property(notes, fc.array(notes, { maxLength: 3 }), (before, tables) => {
        const write = (all: readonly { id: string; text: string }[]) => {
          const doc = board();
          for (const { id, text } of all) createNote(doc, { id, zone: 'z', text }, null);
          return doc;
        };
        const plenary = write(before);
        const kept = texts(plenary);
        for (const [n, table] of tables.entries()) {
          const doc = write(table);
          expect(bringNotes(plenary, readBoard(doc), { mark: `table${n}` }, null).ok).toBe(true);
          kept.push(...texts(doc));
        }
        expect(new Set(texts(plenary))).toEqual(new Set(kept));
      }),
    );
  });
});
