/** Bands of near-equals anywhere in the order, and two rounds compared whatever their methods. */
import { describe, expect, it } from 'vitest';
import { movementOf } from '#core/voting/follow-up.ts';
import { tally } from '#core/voting/tally.ts';
import type { CountedBallot, Method } from '#core/voting/types.ts';
import { cast, dots, optionsOf, organisationsOf, randomRound, ranking, settingsOf } from './rounds.ts';

const DOTS: Method = { kind: 'dots', budget: 20, perOption: 20 };
const count = (method: Method, ids: string, ballots: CountedBallot[]) =>
  tally({
    ...{ settings: settingsOf(method, {}), options: optionsOf([...ids]), ballots, organisations: organisationsOf(4) },
    ...{ eligible: ballots.length, receivedAfterClose: 0 },
  });

describe('near-ties', () => {
  it('[V101] options one dot behind the first of their band are a band; a row of small steps is not one', () => {
    const result = count(DOTS, 'abcdef', cast([null, dots({ a: 9, b: 8, c: 7, d: 4, e: 4 })]));
    expect(result.nearTies).toEqual([
      ['a', 'b'],
      ['d', 'e'],
    ]);
  });

  it('[V101] a Borda point or less apart in a ranking; nobody’s options are in no band', () => {
    const result = count(
      { kind: 'ranking' },
      'abc',
      cast([null, ranking('a', 'b', 'c')], [null, ranking('b', 'a', 'c')]),
    );
    expect(result.nearTies).toEqual([['a', 'b']]);
    expect(count(DOTS, 'ab', cast([null, dots({})])).nearTies).toEqual([]);
  });

  it('[V101] on random rounds: bands follow the order, never overlap, and hold every exact tie that somebody supports', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const result = tally(randomRound(seed));
      const order = result.options.map(({ id }) => id);
      const inBands = (result.nearTies ?? []).flat();
      expect(new Set(inBands).size, `seed ${seed}`).toBe(inBands.length);
      expect(
        order.filter((id) => inBands.includes(id)),
        `seed ${seed}`,
      ).toEqual(inBands);
      for (const { id, rank, voters } of result.options)
        for (const other of result.options)
          if (voters > 0 && other.id !== id && other.rank === rank && other.voters > 0)
            expect(
              result.nearTies?.some((band) => band.includes(id) && band.includes(other.id)),
              `seed ${seed}`,
            ).toBe(true);
    }
  });
});

describe('two rounds', () => {
  it('[V110] are compared on the options that both had, with places among these, in counts of the room', () => {
    const before = count(DOTS, 'abcd', cast([null, dots({ a: 5, b: 4, c: 3 })]));
    const after = count(
      { kind: 'ranking' },
      'bcd',
      cast([null, ranking('c', 'b', 'd')], [null, ranking('c', 'd', 'b')]),
    );
    expect(movementOf(before, after)).toMatchObject([
      { id: 'c', before: { rank: 2, dots: 3, voters: 1 }, after: { rank: 1, voters: 2 } },
      { id: 'b', before: { rank: 1, dots: 4 }, after: { rank: 2 } },
      { id: 'd', before: { rank: 3, dots: 0 }, after: { rank: 2 } },
    ]);
    expect(movementOf(before, count(DOTS, 'xy', cast([null, dots({ x: 1 })])))).toEqual([]);
  });
});
