/** What a viewer sees of a round: nothing but the turnout while it is open, and nobody's choice ever. */
import { describe, expect, it } from 'vitest';
import { mayChangeSecrecy, mayReadOwnBallot, publishBallots, seeRound, type KeptRound } from '#core/voting/secrecy.ts';
import { tally } from '#core/voting/tally.ts';
import { ABSTAIN, cast, choices, dots, LETTERS, optionsOf, organisationsOf, ranking, settingsOf } from './rounds.ts';

const METHOD = { kind: 'dots', budget: 3, perOption: 3 } as const;
const ids = LETTERS.slice(0, 4);
const vote = (organisation: string | null, given: Record<string, number>) => [organisation, dots(given)] as const;
const count = (ballots: ReturnType<typeof cast>, publish = false) =>
  tally({
    ...{
      settings: settingsOf(METHOD, { publish }),
      options: optionsOf(ids),
      ballots,
      organisations: organisationsOf(4),
    },
    ...{ eligible: 20, receivedAfterClose: 0 },
  });
const ballots = cast(vote('org1', { a: 1 }), vote('org1', { a: 2 }), vote('org2', { b: 3 }));
const round = (status: KeptRound['status']): KeptRound => ({
  ...{ id: 'round1', settings: settingsOf(METHOD), status, options: optionsOf(ids) },
  ...{ turnout: { eligible: 5, cast: 3 }, result: count(ballots) },
});

describe('while a round is open', () => {
  it.each(['draft', 'open', 'closing'] as const)(
    '[A20] %s: the turnout and nothing else, even if a result is there',
    (status) => {
      const seen = seeRound(round(status), { voterKey: null });
      expect(seen.result).toBeNull();
      expect(seen.turnout).toEqual({ eligible: 5, cast: status === 'draft' ? 0 : 3 });
      expect(JSON.stringify(seen)).not.toContain('distribution');
      expect(Object.keys(seen).sort()).toEqual([
        'id',
        'method',
        'of',
        'options',
        'result',
        'secret',
        'status',
        'title',
        'turnout',
      ]);
    },
  );

  it('[A20] two rounds that differ only in their ballots look the same', () => {
    const other = { ...round('open'), result: count(cast(vote('org3', { d: 3 }))) };
    expect(seeRound(other, { voterKey: 'v' })).toEqual(seeRound(round('open'), { voterKey: 'v' }));
  });

  it('[A20] closed: the result; each voter keeps their own order of options', () => {
    expect(seeRound(round('closed'), { voterKey: null }).result).toEqual(count(ballots));
    const orders = new Set(
      Array.from({ length: 40 }, (_, v) =>
        seeRound(round('open'), { voterKey: `v${v}` })
          .options.map((o) => o.id)
          .join(),
      ),
    );
    expect(orders.size).toBeGreaterThan(10);
  });

  it('[A24] secrecy may be made stricter, never looser; a secret ballot is nobody’s once the round is closed', () => {
    expect([mayChangeSecrecy(false, true).ok, mayChangeSecrecy(true, false).ok]).toEqual([true, false]);
    expect(mayReadOwnBallot('open', true).ok).toBe(true);
    expect(mayReadOwnBallot('closing', true).ok).toBe(true);
    expect(mayReadOwnBallot('closed', true)).toEqual({ ok: false, refusal: { code: 'ballot-unlinked' } });
    expect(mayReadOwnBallot('closed', false).ok).toBe(true);
  });
});

describe('the rows by organisation', () => {
  const many = (n: number, organisation: string | null, given: Record<string, number>) =>
    Array.from({ length: n }, () => vote(organisation, given));

  it('[A21] organisations with fewer than 3 voters share a row that names them; so do people without one', () => {
    const result = count(
      cast(
        ...many(4, 'org1', { a: 1 }),
        ...many(2, 'org2', { b: 1 }),
        ...many(1, 'org3', { c: 1 }),
        ...many(1, null, { c: 1 }),
      ),
    );
    const cells = result.options[0]?.byOrganisation.map(({ organisationId, organisationIds, name }) => ({
      organisationId,
      organisationIds,
      name,
    }));
    expect(cells).toEqual([
      { organisationId: 'org1', organisationIds: ['org1'], name: 'Organisation 1' },
      { organisationId: null, organisationIds: ['org2', 'org3', null], name: 'Organisation 2 + Organisation 3' },
    ]);
  });

  it('[A21] a lone small organisation shares the row of the smallest other one', () => {
    const result = count(
      cast(...many(4, 'org1', { a: 1 }), ...many(5, 'org2', { b: 1 }), ...many(2, 'org3', { c: 1 })),
    );
    expect(result.options[0]?.byOrganisation.map((cell) => cell.organisationIds)).toEqual([['org2'], ['org3', 'org1']]);
  });

  it('[A22] 0, all, and anything under 3 are hidden, dots and people alike; room totals never', () => {
    const result = count(
      cast(
        ...many(4, 'org1', { a: 1, b: 1 }),
        ...many(4, 'org1', { c: 1 }),
        ...many(4, 'org2', { a: 1 }),
        ...many(2, 'org2', { b: 1 }),
        ...many(2, 'org2', { c: 2 }),
        ...many(5, 'org3', { a: 1, b: 1 }),
        ...many(3, 'org3', { c: 1 }),
      ),
    );
    for (const option of result.options)
      for (const cell of option.byOrganisation) {
        if (cell.suppressed) expect([cell.dots, cell.voters]).toEqual([null, null]);
        else expect(cell.voters).toBeGreaterThanOrEqual(3);
      }
    const cells = (id: string) =>
      result.options.find((option) => option.id === id)?.byOrganisation.map((cell) => cell.voters);
    expect(cells('a')).toEqual([4, 4, 5]);
    expect(cells('b')?.[1]).toBeNull(); // two people
    expect(cells('b')?.filter((cell) => cell === null).length).toBeGreaterThanOrEqual(2); // and one more, against subtraction
    expect(cells('d')).toEqual([null, null, null]);
    expect(result.options.map((option) => option.dots)).toEqual([13, 11, 11, 0]);
    expect(result.organisationsWithheld).toBe(false);
  });

  it('[A25] where the list of ballots would place somebody, the rows are withheld altogether', () => {
    // Every ballot of org1 differs from every one of org2 where the rows would tell: the list would sort them.
    const mixed = cast(
      ...many(3, 'org1', { a: 1 }),
      vote('org1', { b: 1 }),
      ...many(3, 'org2', { a: 2 }),
      vote('org2', { b: 2 }),
    );
    const listed = count(mixed, true);
    expect(listed.organisationsWithheld).toBe(true);
    expect(listed.options.every((option) => option.byOrganisation.every((cell) => cell.suppressed))).toBe(true);
    expect(listed.options.map((option) => option.dots)).toEqual([9, 3, 0, 0]);
  });

  it('[A26] the order by organisations is not told where it would give away somebody who came alone', () => {
    // org2 and org3 sent one person each: only if both chose b does b lead by organisations.
    const result = count(cast(...many(3, 'org1', { a: 1 }), vote('org2', { b: 1 }), vote('org3', { b: 1 })), true);
    expect([result.organisationOrder, result.orderFlips]).toEqual([[], []]);
  });
});

describe('the anonymous list', () => {
  it('[A27] is published from three ballots on, and only where the round said so', () => {
    expect(publishBallots(ballots, true)).toHaveLength(3);
    expect(publishBallots(ballots.slice(0, 2), true)).toBeNull();
    expect(publishBallots(ballots, false)).toBeNull();
    expect(count(ballots, true).ballots).toHaveLength(3);
    expect(count(ballots, false).ballots).toBeUndefined();
  });

  it('[A27] stands in the order of the receipts, without organisation, source or reasons', () => {
    const list = publishBallots(
      cast(
        ['org1', choices({ b: 'object', a: 'support' }, { b: 'My reason' }), 'paper'],
        ['org2', ABSTAIN],
        ['org1', ranking('b', 'a')],
      ),
      true,
    );
    expect(list).toEqual([
      { receipt: 'R9997', ranking: ['b', 'a'] },
      { receipt: 'R9998', abstain: true },
      { receipt: 'R9999', choices: { a: 'support', b: 'object' } },
    ]);
    expect(JSON.stringify(list?.[2])).toBe('{"receipt":"R9999","choices":{"a":"support","b":"object"}}');
  });
});
