/** The count against a second, slower count on seeded random rounds. ASHAR_FULL=1 runs 100,000; ASHAR_SEED repeats one. */
import { expect, it } from 'vitest';
import { tally } from '#core/voting/tally.ts';
import { recount, number } from './reference.ts';
import { randomRound } from './rounds.ts';

const ROUNDS = process.env['ASHAR_FULL'] === '1' ? 100_000 : 1_000;
const ONLY = process.env['ASHAR_SEED'];

function compare(seed: number): void {
  const round = randomRound(seed);
  const counted = tally(round);
  const again = recount(round);
  const where = `seed ${seed}, ${round.settings.method.kind}`;
  expect(
    counted.options.map((option) => option.id),
    where,
  ).toEqual(again.order);
  for (const option of counted.options) {
    const other = again.options.get(option.id);
    if (!other) throw new Error(where);
    const { dots, voters, answered, rank } = option;
    expect({ dots, voters, answered, rank }, where).toEqual({
      ...{ dots: other.dots, voters: other.voters, answered: other.answered, rank: other.rank },
    });
    if (option.mean !== undefined && round.settings.method.kind === 'dots') {
      const values = other.said.map(number).sort((a, b) => a - b);
      const mean = values.length ? values.reduce((a, b) => a + b, 0) / values.length : 0;
      const middle = [values[(values.length - 1) >> 1] ?? 0, values[values.length >> 1] ?? 0];
      expect(option.mean, where).toBeCloseTo(mean, 9);
      expect(option.median, where).toBe((middle[0]! + middle[1]!) / 2);
      const all = Object.entries(option.distribution).reduce((sum, [value, times]) => sum + Number(value) * times, 0);
      expect(all, where).toBe(dots);
    }
    const votes = Object.values(option.distribution).reduce((sum, times) => sum + times, 0);
    expect(votes, where).toBe(counted.turnout.cast - counted.turnout.abstained);
    if (again.exactTie(option.id)) expect(option.tied, where).toBe(true);
    expect(option.schulzeRank, where).toBe(other.schulze);
  }
  if (again.cutTie) expect(counted.cutTie, where).toEqual(again.cutTie);
  if (counted.organisationOrder.length > 0) {
    expect(counted.organisationOrder, where).toEqual(again.organisationOrder);
    expect(counted.orderFlips, where).toEqual(again.orderFlips);
  }
  expect(counted.robust, where).toBe(again.robust);
  expect(counted.indicative, where).toBe(again.indicative);
  expect(counted.turnout.abstained, where).toBe(again.abstained);
}

it(
  `[V15] the tally agrees with an independent brute-force count on ${ROUNDS} random rounds`,
  { timeout: 3_600_000 },
  () => {
    if (ONLY !== undefined) return compare(Number(ONLY));
    const first = 20_200_309;
    for (let seed = first; seed < first + ROUNDS; seed++) compare(seed);
  },
);
