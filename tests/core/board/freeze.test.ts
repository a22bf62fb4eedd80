/** What people vote on does not change under their hands. */
import { describe, expect, it } from 'vitest';
import { checkGroupFreeze, checkNoteFreeze, frozenBy, NOTHING_FROZEN } from '#core/board/freeze.ts';
import type { Note } from '#core/board/schema.ts';

const option = (id: string, ...noteIds: string[]) => ({ id, noteIds, text: '', zone: 'threats' });
const note = (id: string, over: Partial<Note> = {}): Note => ({
  id,
  at: ['threats', 0, 0],
  text: 'x',
  colour: 'blue',
  ...over,
});
const frozen = frozenBy([
  { settings: { of: 'notes' }, options: [option('a', 'a')] },
  { settings: { of: 'groups' }, options: [option('g', 'b', 'c')] },
]);

describe('an open round', () => {
  it.each<[string, Note | null, Note | null, boolean]>([
    ['rewording an option', note('a'), note('a', { text: 'y' }), false],
    ['deleting an option', note('a'), null, false],
    ['grouping an option', note('a'), note('a', { group: 'h' }), false],
    ['moving and colouring an option', note('a'), note('a', { at: ['threats', 5, 5], colour: 'rose' }), true],
    ['taking a note out of a group that is an option', note('b', { group: 'g' }), note('b'), false],
    [
      'rewording a note in a group that is an option',
      note('b', { group: 'g' }),
      note('b', { group: 'g', text: 'y' }),
      false,
    ],
    ['adding a note to a group that is an option', note('d'), note('d', { group: 'g' }), false],
    ['writing a new note into it', null, note('e', { group: 'g' }), false],
    ['anything with another note', note('d', { group: 'h' }), note('d', { text: 'y' }), true],
    ['a new note', null, note('e'), true],
  ])('[B17] %s', (_, before, after, allowed) => {
    expect(checkNoteFreeze(frozen, before, after)).toBe(allowed ? null : 'options-frozen');
    expect(checkNoteFreeze(NOTHING_FROZEN, before, after)).toBeNull();
  });

  it('[B17] a group that is an option keeps its name and stays', () => {
    const group = { id: 'g', at: ['threats', 0, 0] as const, title: 'x' };
    expect(checkGroupFreeze(frozen, group, { ...group, at: ['threats', 9, 9] })).toBeNull();
    expect(checkGroupFreeze(frozen, group, { ...group, title: 'y' })).toBe('options-frozen');
    expect(checkGroupFreeze(frozen, group, null)).toBe('options-frozen');
    expect(checkGroupFreeze(frozen, { ...group, id: 'h' }, null)).toBeNull();
  });
});
