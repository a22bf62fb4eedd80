/** What TOWS options may rest on, rated, and bonds that are followed through grouping and taking apart. */
import { describe, expect, it } from 'vitest';
import { factorsOf, followBond, TOP, type Rating, type Source } from '#core/board/factors.ts';
import type { Board } from '#core/board/read.ts';
import type { OptionResult, RoundResult } from '#core/voting/types.ts';

const note = (id: string, zone: string, group?: string) => ({
  ...{ id, at: [zone, 0, 0] as const, text: id, colour: 'yellow' as const },
  ...(group !== undefined && { group }),
});
const group = (id: string, zone: string, noteIds: readonly string[], title = '') => ({
  ...{ id, at: [zone, 0, 0] as const, title, noteIds },
});
const source = (content: Board): Source => ({ boardId: 'swot', content });
const rating = (ranks: Record<string, number>, boardId = 'swot', method = 'dots'): Rating => ({
  ...{ boardId, method },
  options: Object.keys(ranks).map((id) => ({ id, noteIds: [id] })),
  result: {
    options: Object.entries(ranks).map(([id, rank]) => ({ id, rank, dots: 10 - rank }) as OptionResult),
  } as unknown as RoundResult,
});

describe('factors', () => {
  const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const board = source({ notes: seven.map((id) => note(id, 'strengths')), groups: [] });

  it('[B60] each quadrant is put in order by its last rating; ties share a place, and the top comes first', () => {
    const found = factorsOf([board], [rating({ g: 1, a: 2, b: 2, c: 4, d: 5, e: 5, f: 9 })]);
    expect(found.map(({ id, rank }) => `${id}${rank}`).join(' ')).toBe('g1 a2 b2 c4 d5 e5 f7');
    expect(found.filter(({ top }) => top).map(({ id }) => id)).toEqual(['g', 'a', 'b', 'c', 'd', 'e']);
    expect(TOP).toBe(5);
    expect(factorsOf([board], []).every(({ rank, top }) => rank === null && !top)).toBe(true);
  });

  it('[B60] a later rating of the quadrant replaces the one before; verdicts, other boards and no dots put nothing at the top', () => {
    const earlier = rating({ a: 1 });
    const later = rating({ b: 1 });
    expect(
      factorsOf([board], [later, earlier])
        .filter(({ top }) => top)
        .map(({ id }) => id),
    ).toEqual(['b']);
    for (const none of [rating({ a: 1 }, 'other'), rating({ a: 1 }, 'swot', 'verdict'), rating({ a: 10 })])
      expect(factorsOf([board], [none]).some(({ top }) => top)).toBe(false);
  });

  it('[B60] what was rated as a note has its place as a group too, the best of its notes; other areas are no factors', () => {
    const grouped = source({
      notes: [note('x', 'problems'), note('a', 'threats', 'g'), note('b', 'threats', 'g'), note('c', 'threats')],
      groups: [group('g', 'threats', ['a', 'b'])],
    });
    const found = factorsOf([grouped], [rating({ a: 3, b: 1, c: 2 })]);
    expect(found.map(({ id, text, rank }) => [id, text, rank])).toEqual([
      ['g', 'a · b', 1],
      ['c', 'c', 2],
    ]);
  });

  it('[B61] a bond is followed: a note to its group, a group taken apart to its notes, to nothing only when all are gone', () => {
    const bound = { boardId: 'swot', itemId: 'a', anchors: [] };
    const toGroup = { boardId: 'swot', itemId: 'g', anchors: ['a', 'b'] };
    const alone = source({ notes: [note('a', 'threats'), note('b', 'threats')], groups: [] });
    const grouped = source({
      notes: [note('a', 'threats', 'h'), note('b', 'threats')],
      groups: [group('h', 'threats', ['a'])],
    });
    expect([followBond(bound, [alone]), followBond(bound, [grouped])]).toEqual([['a'], ['h']]);
    expect(followBond(toGroup, [alone])).toEqual(['a', 'b']);
    expect(followBond(toGroup, [grouped])).toEqual(['h', 'b']);
    const there = source({ notes: [note('c', 'threats', 'g')], groups: [group('g', 'threats', ['c'])] });
    expect(followBond(toGroup, [there])).toEqual(['g']);
    expect(followBond(toGroup, [source({ notes: [], groups: [] })])).toEqual([]);
    expect(followBond(toGroup, [])).toEqual([]);
  });
});
