/** Steps of the trail taken back: what belongs together comes back together, and what is done already is left alone. */
import { expect, it } from 'vitest';
import type { Board } from '#core/board/read.ts';
import { repairOf, type TrailStep } from '#core/board/trail.ts';

const step = (id: string, act: TrailStep['act'], detail: string, at: number): TrailStep => ({
  id,
  groupId: 'g',
  act,
  detail,
  at,
});
const board = (
  notes: Readonly<Record<string, string | undefined>>,
  groups: Readonly<Record<string, string>> = {},
): Board => ({
  notes: Object.entries(notes).map(([id, group]) => ({
    ...{ id, at: ['z', 0, 0] as const, text: id, colour: 'yellow' as const },
    ...(group !== undefined && { group }),
  })),
  groups: Object.entries(groups).map(([id, title]) => ({
    ...{ id, title, at: ['z', 0, 0] as const },
    noteIds: Object.keys(notes).filter((note) => notes[note] === id),
  })),
});
const trail = [
  step('1', 'joined', 'a', 0),
  step('2', 'joined', 'b', 0),
  step('3', 'named', 'Кадры', 5000),
  step('4', 'named', 'Люди', 9000),
  step('5', 'left', 'c', 20_000),
  step('6', 'left', 'a', 60_000),
  step('7', 'left', 'b', 60_001),
  step('8', 'dissolved', 'Люди', 60_001),
];

it('[B64] a group taken apart comes back with its notes and its name, whichever of its steps is pressed', () => {
  const apart = board({ a: undefined, b: undefined, c: undefined });
  for (const id of ['6', '7', '8'])
    expect(repairOf(id, trail, apart)).toEqual({ kind: 'group', noteIds: ['a', 'b'], title: 'Люди' });
  // One of them lies elsewhere now: nothing is torn out of another group.
  expect(repairOf('8', trail, board({ a: 'other', b: undefined }, { other: 'x' }))).toBeNull();
  expect(repairOf('8', trail, board({}))).toBeNull();
});

it('[B64] a note comes back into a group that stands, or leaves it; a name goes back to the one before', () => {
  const standing = board({ a: 'g', b: 'g', c: undefined }, { g: 'Люди' });
  expect(repairOf('5', trail, standing)).toEqual({ kind: 'join', groupId: 'g', noteIds: ['c'] });
  expect(repairOf('1', trail, standing)).toEqual({ kind: 'leave', noteIds: ['a'] });
  expect(repairOf('4', trail, standing)).toEqual({ kind: 'name', groupId: 'g', title: 'Кадры' });
  expect(repairOf('3', trail, standing)).toEqual({ kind: 'name', groupId: 'g', title: '' });
  expect(repairOf('4', trail, board({ a: 'g' }, { g: 'Кадры' }))).toBeNull();
  expect(repairOf('1', trail, board({ a: undefined }))).toBeNull();
  expect(repairOf('nobody', trail, standing)).toBeNull();
});
