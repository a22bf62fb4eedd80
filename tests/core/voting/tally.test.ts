/** The result of a round, method by method, on rooms small enough to count by hand; and the examples of the literature. */
import { describe, expect, it } from 'vitest';
import { bordaPoints, pairwise, schulzeRanks } from '#core/voting/ranking.ts';
import { tally, type TallyInput } from '#core/voting/tally.ts';
import { recordDecision, runOffOptions } from '#core/voting/ties.ts';
import type { CountedBallot, Method, RoundSettings } from '#core/voting/types.ts';
import {
  ABSTAIN,
  cast,
  choices,
  dots,
  optionsOf,
  organisationsOf,
  randomRound,
  ranking,
  settingsOf,
} from './rounds.ts';

const DOTS: Method = { kind: 'dots', budget: 6, perOption: 6 };

function count(method: Method, ids: string, ballots: CountedBallot[], more: Partial<RoundSettings & TallyInput> = {}) {
  const { eligible = ballots.length, receivedAfterClose = 0, ...settings } = more;
  return tally({
    ...{
      settings: settingsOf(method, settings),
      options: optionsOf([...ids]),
      ballots,
      organisations: organisationsOf(4),
    },
    ...{ eligible, receivedAfterClose },
  });
}
const of = (result: ReturnType<typeof count>, id: string) => {
  const option = result.options.find((each) => each.id === id);
  if (!option) throw new Error(id);
  return option;
};
const times = (n: number, item: readonly [string | null, CountedBallot['ballot'], CountedBallot['source']?]) =>
  Array.from({ length: n }, () => item);

describe('dots', () => {
  it('[V15] totals, people, share, mean, median, spread and distribution together', () => {
    const result = count(
      DOTS,
      'ab',
      cast(['org1', dots({ a: 3 })], ['org1', dots({ a: 1, b: 2 })], ['org2', dots({})]),
    );
    expect(of(result, 'a')).toMatchObject({ rank: 1, dots: 4, voters: 2, mean: 4 / 3, median: 1, tied: false });
    expect(of(result, 'a').share).toBeCloseTo(4 / 6);
    expect(of(result, 'a').spread).toBeCloseTo(Math.sqrt(14 / 9));
    expect(of(result, 'a').distribution).toEqual({ '0': 1, '1': 1, '3': 1 });
    expect(of(result, 'b')).toMatchObject({ rank: 2, dots: 2, voters: 1 });
  });

  it('[V15] nothing given and nobody there are results too', () => {
    for (const ballots of [[], cast(['org1', dots({})])]) {
      const result = count(DOTS, 'ab', ballots);
      expect(result.options.map((o) => [o.dots, o.rank, o.tied, o.share])).toEqual([
        [0, 1, true, 0],
        [0, 1, true, 0],
      ]);
      expect(result.robust).toBeNull();
    }
  });

  it('[V25] the result does not depend on the order in which ballots were cast', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const round = randomRound(seed);
      expect(tally({ ...round, ballots: [...round.ballots].reverse() })).toEqual(tally(round));
    }
  });
});

describe('other methods', () => {
  it('[V16] score: weighted, ranked by the mean of those who scored it, criteria beside', () => {
    const method: Method = {
      ...{ kind: 'score', min: 0, max: 10 },
      criteria: [
        { name: 'I', weight: 3 },
        { name: 'E', weight: 1 },
      ],
    };
    const score = (scores: Record<string, [number, number]>) => ({
      kind: 'score' as const,
      scores: Object.fromEntries(Object.entries(scores).map(([id, [I, E]]) => [id, { I, E }])),
    });
    const result = count(
      method,
      'abc',
      cast(['org1', score({ a: [8, 4], b: [10, 10] })], ['org2', score({ a: [4, 0] })]),
    );
    expect(result.options.map((option) => option.id)).toEqual(['b', 'a', 'c']);
    expect(of(result, 'b')).toMatchObject({ dots: 40, mean: 10, share: 1, voters: 1, answered: 1 });
    expect(of(result, 'a')).toMatchObject({ dots: 40, mean: 5, share: 0.5, voters: 1, answered: 2 });
    expect(of(result, 'a').criteria).toEqual([
      { name: 'I', mean: 6, spread: 2 },
      { name: 'E', mean: 2, spread: 2 },
    ]);
    expect(of(result, 'c')).toMatchObject({ dots: 0, mean: 0, share: 0, answered: 0, distribution: { '-': 2 } });
  });

  it('[V16] score: equal means are equal, whatever the fractions', () => {
    const method: Method = {
      kind: 'score',
      criteria: [
        { name: 'I', weight: 0.1 },
        { name: 'E', weight: 0.2 },
      ],
      min: 0,
      max: 3,
    };
    const mark = (I: number, E: number) => ({ I, E });
    const ballot = { kind: 'score' as const, scores: { a: mark(3, 0), b: mark(1, 1) } };
    expect(count(method, 'ab', cast(['org1', ballot])).options.map((o) => [o.rank, o.dots])).toEqual([
      [1, 0.3],
      [1, 0.3],
    ]);
  });

  it('[V18] consent: what most can go along with, then what most support; reasons without names, in order', () => {
    const result = count(
      { kind: 'consent' },
      'abc',
      cast(
        ['org1', choices({ a: 'support', b: 'live-with', c: 'object' }, { c: 'Too dear' })],
        ['org1', choices({ a: 'support', b: 'support', c: 'object' }, { c: 'Not ours' })],
        ['org2', choices({ a: 'live-with', b: 'live-with', c: 'support' })],
      ),
    );
    expect(result.options.map((o) => [o.id, o.dots, o.voters])).toEqual([
      ['a', 3, 2],
      ['b', 3, 1],
      ['c', 1, 1],
    ]);
    expect(of(result, 'c').distribution).toEqual({ object: 2, support: 1 });
    expect(of(result, 'c').reasons).toEqual(['Not ours', 'Too dear']);
    expect(result.tieBreaks).toEqual([{ rule: 'supporters', optionIds: ['a', 'b'] }]);
  });

  it('[V18] verdict: how many said what, ordered by the first choice', () => {
    const result = count(
      { kind: 'verdict', choices: ['done', 'partly', 'not done'] },
      'ab',
      cast(['org1', choices({ a: 'partly', b: 'done' })], ['org2', choices({ b: 'done' })]),
    );
    expect(result.options.map((o) => [o.id, o.dots, o.answered, o.share])).toEqual([
      ['b', 2, 2, 1],
      ['a', 0, 1, 0],
    ]);
    expect(of(result, 'a').distribution).toEqual({ partly: 1, '-': 1 });
  });
});

describe('ranked ballots', () => {
  it("[V17] Borda: Tennessee's capital (Wikipedia, 'Borda count'): Nashville 194, Chattanooga 173, Memphis 126, Knoxville 107", () => {
    const result = count(
      { kind: 'ranking' },
      'MNCK',
      cast(
        ...times(42, ['org1', ranking('M', 'N', 'C', 'K')]),
        ...times(26, ['org2', ranking('N', 'C', 'K', 'M')]),
        ...times(15, ['org3', ranking('C', 'K', 'N', 'M')]),
        ...times(17, ['org4', ranking('K', 'C', 'N', 'M')]),
      ),
    );
    expect(result.options.map((o) => [o.id, o.dots])).toEqual([
      ['N', 194],
      ['C', 173],
      ['M', 126],
      ['K', 107],
    ]);
    // The same votes by Schulze elect the Condorcet winner, Nashville, and put Memphis last.
    expect(result.options.map((o) => [o.id, o.schulzeRank])).toEqual([
      ['N', 1],
      ['C', 2],
      ['M', 4],
      ['K', 3],
    ]);
  });

  /** M. Schulze (2011), and Wikipedia, 'Schulze method': 45 voters, five candidates. */
  const SCHULZE = [
    [5, 'ACBED'],
    [5, 'ADECB'],
    [8, 'BEDAC'],
    [3, 'CABED'],
    [7, 'CAEBD'],
    [2, 'CBADE'],
    [7, 'DCEBA'],
    [8, 'EBADC'],
  ] as const;

  it("[V17] Schulze: the 45 voters of Schulze's paper order E > A > C > B > D", () => {
    const rankings = SCHULZE.flatMap(([n, order]) =>
      Array.from({ length: n }, () => [...order].map((c) => 'ABCDE'.indexOf(c))),
    );
    const wins = pairwise(rankings, 5);
    expect(wins).toEqual([
      [0, 20, 26, 30, 22],
      [25, 0, 16, 33, 18],
      [19, 29, 0, 17, 24],
      [15, 12, 28, 0, 14],
      [23, 27, 21, 31, 0],
    ]);
    expect(schulzeRanks(wins)).toEqual([2, 4, 3, 5, 1]);
  });

  it('[V17] Borda and Schulze stand side by side, and a disagreement makes the result fragile', () => {
    const ballots = cast(...SCHULZE.flatMap(([n, order]) => times(n, [null, ranking(...order)])));
    const result = count({ kind: 'ranking' }, 'ABCDE', ballots, { cut: 1 });
    const first = result.options.find((option) => option.schulzeRank === 1);
    expect(first?.id).toBe('E');
    expect(result.options[0]?.dots).toBeGreaterThanOrEqual(first?.dots ?? 0);
    expect(result.robust).toBe(false);
  });

  it('[V17] unranked options share the places that are left', () => {
    expect([bordaPoints(0, 1, 4), bordaPoints(undefined, 1, 4)]).toEqual([6, 2]);
    const result = count({ kind: 'ranking' }, 'abcd', cast(['org1', ranking('c')]));
    expect(result.options.map((o) => [o.id, o.dots, o.rank])).toEqual([
      ['c', 3, 1],
      ['a', 1, 2],
      ['b', 1, 2],
      ['d', 1, 2],
    ]);
  });
});

describe('ties', () => {
  it('[V19] equal dots: more supporters first; then more organisations; then they stay tied', () => {
    const result = count(
      DOTS,
      'abcd',
      cast(
        ['org1', dots({ a: 2, b: 1 })],
        ['org2', dots({ b: 1, c: 1 })],
        ['org2', dots({ c: 1 })],
        ['org3', dots({ d: 2 })],
      ),
    );
    expect(result.options.map((o) => [o.id, o.rank, o.tied])).toEqual([
      ['b', 1, false],
      ['c', 2, false],
      ['a', 3, true],
      ['d', 3, true],
    ]);
    expect(result.tieBreaks).toEqual([
      { rule: 'supporters', optionIds: ['b', 'c', 'a', 'd'] },
      { rule: 'organisations', optionIds: ['b', 'c'] },
    ]);
  });

  const tie = cast(['org1', dots({ a: 6 })], ['org1', dots({ b: 3, c: 3 })]);

  it('[V20] a tie at the cut proposes a run-off on the tied options and keeps only what is certain', () => {
    const result = count(DOTS, 'abcd', tie, { cut: 2 });
    expect(result.kept).toEqual(['a']);
    expect(runOffOptions(result)).toEqual(['b', 'c']);
    expect(result.tieBreaks).toContainEqual({ rule: 'run-off', optionIds: ['b', 'c'] });
    expect(result.robust).toBe(result.robust === null ? null : false);
  });

  it('[V20] a cut that no tie touches keeps exactly that many', () => {
    const result = count(DOTS, 'abcd', tie, { cut: 3 });
    expect(result.kept).toEqual(['a', 'b', 'c']);
    expect(runOffOptions(result)).toEqual([]);
    expect(count(DOTS, 'abcd', tie, { cut: 9 }).kept).toHaveLength(4);
  });

  it('[V20] one dot apart at the cut is shown as tied; two dots are not, nor is what nobody supports', () => {
    const close = count(
      DOTS,
      'abc',
      cast(['org1', dots({ a: 4 })], ['org1', dots({ b: 2 })], ['org1', dots({ c: 1 })]),
      { cut: 2 },
    );
    expect(close.options.map((o) => [o.id, o.rank, o.tied])).toEqual([
      ['a', 1, false],
      ['b', 2, true],
      ['c', 3, true],
    ]);
    expect([close.kept, close.cutTie]).toEqual([
      ['a', 'b'],
      ['b', 'c'],
    ]);
    const apart = count(
      DOTS,
      'abc',
      cast(['org1', dots({ a: 4 })], ['org1', dots({ b: 3 })], ['org1', dots({ c: 1 })]),
      { cut: 2 },
    );
    expect(apart.cutTie).toEqual([]);
    expect(count(DOTS, 'ab', cast(['org1', dots({ a: 1 })]), { cut: 1 }).cutTie).toEqual([]);
  });

  it('[V20] without a cut a run-off is proposed among those who share the first place', () => {
    expect(runOffOptions(count(DOTS, 'ab', cast(['org1', dots({ a: 1 })], ['org1', dots({ b: 1 })])))).toEqual([
      'a',
      'b',
    ]);
    expect(runOffOptions(count(DOTS, 'ab', cast(['org1', dots({ a: 1 })])))).toEqual([]);
  });

  it("[V20] a facilitator's decision fills the places left, with its reason, and changes no figure", () => {
    const result = count(DOTS, 'abcd', tie, { cut: 2 });
    const decided = recordDecision(result, 2, ['c'], ' Needed first ');
    if (!decided.ok) throw new Error(decided.refusal.code);
    expect(decided.value.kept).toEqual(['a', 'c']);
    expect(decided.value.tieBreaks.at(-1)).toEqual({ rule: 'decision', optionIds: ['c'], reason: 'Needed first' });
    expect(decided.value.options).toEqual(result.options);
    const codes = [
      [['c'], ''],
      [['c'], 'x'.repeat(2001)],
      [['a'], 'x'],
      [['b', 'c'], 'x'],
      [['c', 'c'], 'x'],
      [[], 'x'],
    ] as const;
    expect(
      codes.map(([chosen, reason]) => {
        const refused = recordDecision(result, 2, chosen, reason);
        return refused.ok ? 'taken' : refused.refusal.code;
      }),
    ).toEqual([
      'reason-needed',
      'reason-too-long',
      'option-unknown',
      'decision-incomplete',
      'option-repeated',
      'decision-incomplete',
    ]);
  });
});

describe('organisations and robustness', () => {
  const room = cast(
    ...times(6, ['org1', dots({ a: 2 })]),
    ...times(3, ['org2', dots({ b: 2 })]),
    ...times(3, ['org3', dots({ b: 1 })]),
  );

  it('[V21] one organisation one vote: a large one weighs no more than a small one, and a flip is flagged', () => {
    const result = count(DOTS, 'abc', room);
    expect(result.options.map((option) => option.id)).toEqual(['a', 'b', 'c']);
    expect(result.organisationOrder).toEqual(['b', 'a', 'c']);
    expect(result.orderFlips).toEqual(['a', 'b']);
  });

  it('[V21] a place that only a tie changes is no flip; without organisations there is no second order', () => {
    const result = count(
      DOTS,
      'ab',
      cast(...times(3, ['org1', dots({ a: 1 })]), ...times(3, ['org2', dots({ b: 1 })])),
    );
    expect(result.orderFlips).toEqual([]);
    const alone = count(DOTS, 'ab', cast([null, dots({ a: 1 })], [null, dots({ b: 1 })]));
    expect([alone.organisationOrder, alone.orderFlips]).toEqual([[], []]);
  });

  it('[V22] robust: the kept set survives other counts and the absence of any organisation', () => {
    const clear = cast(...times(3, ['org1', dots({ a: 3, b: 1 })]), ...times(3, ['org2', dots({ a: 2, c: 1 })]));
    expect(count(DOTS, 'abc', clear, { cut: 1 }).robust).toBe(true);
    expect(count(DOTS, 'abc', room, { cut: 1 }).robust).toBe(false); // without org1, a has nothing
    const oneLoud = cast(['org1', dots({ a: 6 })], ['org2', dots({ b: 2 })], ['org3', dots({ b: 2 })]);
    expect(count(DOTS, 'abc', oneLoud, { cut: 1 }).robust).toBe(false); // more people for b
    expect(count(DOTS, 'abc', clear.slice(0, 2), { cut: 1 }).robust).toBeNull();
    expect(count(DOTS, 'abc', clear, { cut: 3 }).robust).toBeNull();
  });
});

describe('turnout', () => {
  const three = cast(['org1', dots({ a: 1 })], ['org1', ABSTAIN], ['org2', dots({})]);

  it('[V23] abstentions count for turnout and for nothing else', () => {
    const result = count(DOTS, 'ab', three, { eligible: 8, receivedAfterClose: 2 });
    expect(result.turnout).toEqual({ eligible: 8, cast: 3, abstained: 1, paper: 0, proxy: 0 });
    expect(of(result, 'a')).toMatchObject({ mean: 0.5, distribution: { '0': 1, '1': 1 } });
    expect(result.receivedAfterClose).toBe(2);
  });

  it('[V23] below the quorum a result is indicative; at it, at a quorum of 0 and without one it is not', () => {
    const at = (quorum: number | null, eligible: number) => count(DOTS, 'ab', three, { quorum, eligible }).indicative;
    expect([at(0.5, 7), at(0.5, 6), at(1, 3), at(1, 4), at(0, 100), at(null, 100)]).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(count(DOTS, 'ab', [], { quorum: 0, eligible: 0 }).indicative).toBe(false);
  });

  it('[V24] paper and proxy are inside the totals and told apart, but not where few would be recognised', () => {
    const paper = times(4, ['org1', dots({ a: 1 }), 'paper']);
    const ballots = cast(...paper, ['org1', dots({}), 'proxy'], ...times(4, ['org1', dots({ a: 2 })]), [
      'org1',
      dots({}),
    ]);
    const result = count(DOTS, 'ab', ballots);
    expect(of(result, 'a')).toMatchObject({ dots: 12, desk: { dots: 4, voters: 4 } });
    expect(of(result, 'b').desk).toEqual({ dots: null, voters: null });
    expect(result.turnout).toMatchObject({ paper: 4, proxy: 1 });
    const few = count(DOTS, 'ab', cast(['org1', dots({ a: 1 }), 'paper'], ...times(5, ['org1', dots({ a: 1 })])));
    expect(of(few, 'a').desk).toEqual({ dots: null, voters: null });
  });
});
