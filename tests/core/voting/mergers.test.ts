/** What was voted on apart and is one group now: distinct supporters, never a sum; and one size for every ballot. */
import { describe, expect, it } from 'vitest';
import { mergersOf } from '#core/voting/mergers.ts';
import { BALLOT_BYTES, filledUp } from '#core/voting/padding.ts';
import { tally } from '#core/voting/tally.ts';
import { randomRound } from './rounds.ts';

const board = (noteIds: readonly string[], groups: Readonly<Record<string, readonly string[]>>) => ({
  notes: noteIds.map((id) => ({ id })) as never,
  groups: Object.entries(groups).map(([id, inside]) => ({ id, title: id, noteIds: inside })) as never,
});

describe('a later merger', () => {
  it('[V102] counts each supporter once, by every method, as a count by hand does', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const round = randomRound(seed);
      const result = tally({ ...round, settings: { ...round.settings, publish: true } });
      const notes = round.options.flatMap(({ noteIds }) => noteIds);
      const both = result.options.slice(0, 2).map(({ id }) => id);
      const inside = round.options.filter(({ id }) => both.includes(id)).flatMap(({ noteIds }) => noteIds);
      const merged = mergersOf({ ...round, result }, board(notes, { g: inside }));
      if (!result.ballots || both.length < 2) {
        expect(merged).toEqual([]);
        continue;
      }
      const alone = both.map((id) => result.options.find((option) => option.id === id)?.voters ?? 0);
      const [merger] = merged;
      expect(merger?.optionIds).toEqual(both);
      expect(merger?.voters).toBeGreaterThanOrEqual(Math.max(...alone));
      expect(merger?.voters).toBeLessThanOrEqual(alone.reduce((a, b) => a + b, 0));
      if (round.settings.method.kind === 'dots')
        expect(merger?.voters).toBe(
          result.ballots.filter(({ dots }) => both.some((id) => (dots?.[id] ?? 0) > 0)).length,
        );
    }
  });

  it('[V102] is told where all that is left of two options is in one group, and from the published list alone', () => {
    const round = randomRound(1);
    const [a, b] = round.options;
    const notes = round.options.flatMap(({ noteIds }) => noteIds);
    const result = tally({ ...round, settings: { ...round.settings, publish: true } });
    const both = [...(a?.noteIds ?? []), ...(b?.noteIds ?? [])];
    const told = (groups: Readonly<Record<string, readonly string[]>>, list = result.ballots) =>
      mergersOf({ ...round, result: { ...result, ballots: list ?? [] } }, board(notes, groups)).length;
    expect(told({ g: both })).toBe(1);
    expect(told({ g: both.slice(1) })).toBe(0);
    const { ballots: _list, ...unpublished } = result;
    expect(mergersOf({ ...round, result: unpublished }, board(notes, { g: both }))).toEqual([]);
  });
});

describe('the size of a ballot', () => {
  it('[V105] is the same for every choice: filled up with blanks that JSON passes over', () => {
    for (const body of [
      { abstain: true },
      { dots: { n1: 3, n2: 2 } },
      { choices: { n1: 'object' }, reason: 'Жок өңдүү' },
    ]) {
      const text = filledUp(JSON.stringify(body));
      expect(Buffer.byteLength(text)).toBe(BALLOT_BYTES);
      expect(JSON.parse(text)).toEqual(body);
    }
    expect(Buffer.byteLength(filledUp('я'.repeat(BALLOT_BYTES)))).toBe(2 * BALLOT_BYTES);
  });
});
