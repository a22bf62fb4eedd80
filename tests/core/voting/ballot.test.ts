/** Ballots as they come over the wire: what is taken, and every refusal. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBallot, optionOrder, remaining } from '#core/voting/ballot.ts';
import type { Method } from '#core/voting/types.ts';

const IDS = ['a', 'b', 'c'];
const DOTS: Method = { kind: 'dots', budget: 5, perOption: 3 };
const SCORE: Method = {
  ...{ kind: 'score', min: 1, max: 5 },
  criteria: [
    { name: 'Impact', weight: 2 },
    { name: 'Effort', weight: 1 },
  ],
};
const RANKING: Method = { kind: 'ranking' };
const CONSENT: Method = { kind: 'consent' };
const VERDICT: Method = { kind: 'verdict', choices: ['done', 'partly', 'not done'] };

const taken = (method: Method, raw: unknown) => {
  const result = checkBallot(method, IDS, raw);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};
const refused = (method: Method, raw: unknown) => {
  const result = checkBallot(method, IDS, raw);
  return result.ok ? 'taken' : result.refusal.code;
};
const parsed = (json: string): unknown => JSON.parse(json);

describe('dots', () => {
  it('[V3] a ballot at its budget is taken, one over it is refused with the budget', () => {
    expect(taken(DOTS, { dots: { a: 3, b: 2 } })).toEqual({ kind: 'dots', dots: { a: 3, b: 2 } });
    expect(checkBallot(DOTS, IDS, { dots: { a: 3, b: 3 } })).toEqual({
      ...{ ok: false, refusal: { code: 'budget-exceeded', params: { budget: 5 } } },
    });
  });

  it('[V4] more on one option than its cap is refused with the cap', () => {
    expect(checkBallot(DOTS, IDS, { dots: { a: 4 } })).toEqual({
      ...{ ok: false, refusal: { code: 'cap-exceeded', params: { cap: 3 } } },
    });
  });

  it.each([
    ['negative', -1],
    ['fractional', 0.5],
    ['NaN', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['huge', 1e300],
    ['a string', '1'],
    ['null', null],
    ['true', true],
    ['a list', [1]],
    ['an object', { valueOf: () => 1 }],
  ])('[V5] a count that is %s is refused', (_name, count) => {
    expect(refused(DOTS, { dots: { a: count } })).toBe('number-invalid');
  });

  it('[V5] negative dots cannot pay for others', () => {
    expect(refused(DOTS, { dots: { a: 3, b: 3, c: -1 } })).toBe('number-invalid');
  });

  it('[V6] an option that is not in the round is refused, whatever its name', () => {
    for (const id of ['z', '', 'constructor', 'toString', 'hasOwnProperty'])
      expect(refused(DOTS, { dots: { [id]: 1 } })).toBe('option-unknown');
    expect(refused(DOTS, parsed('{"dots":{"__proto__":1}}'))).toBe('option-unknown');
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [`o${n}`, 0]));
    expect(refused(DOTS, { dots: many })).toBe('option-unknown');
  });

  it('[V8] zero dots are dropped; a ballot that gives nothing is a ballot and no abstention', () => {
    expect(taken(DOTS, { dots: { a: 0, b: 1 } })).toEqual({ kind: 'dots', dots: { b: 1 } });
    expect(taken(DOTS, { dots: {} })).toEqual({ kind: 'dots', dots: {} });
    expect(taken(DOTS, { dots: { a: -0 } })).toEqual({ kind: 'dots', dots: {} });
  });

  it('[V26] what is left of the budget', () => {
    expect(remaining(DOTS, taken(DOTS, { dots: { a: 3 } }))).toBe(2);
    expect(remaining(DOTS, null)).toBe(5);
    expect(remaining(DOTS, { kind: 'abstain' })).toBe(5);
    expect(remaining(RANKING, null)).toBeNull();
  });
});

describe('the body', () => {
  it.each([
    [null],
    [undefined],
    [7],
    ['dots'],
    [[]],
    [{}],
    [{ dot: {} }],
    [{ dots: null }],
    [{ dots: [] }],
    [{ dots: 'a' }],
  ])('[V7] %j is malformed', (raw) => expect(refused(DOTS, raw)).toBe('malformed'));

  it('[V7] a ballot of another kind, or of two kinds at once, is refused', () => {
    expect(refused(DOTS, { ranking: ['a'] })).toBe('ballot-kind-mismatch');
    expect(refused(RANKING, { dots: { a: 1 } })).toBe('ballot-kind-mismatch');
    expect(refused(CONSENT, { scores: {} })).toBe('ballot-kind-mismatch');
    expect(refused(DOTS, { dots: { a: 1 }, abstain: true })).toBe('ballot-kind-mismatch');
  });

  it('[V7] abstaining fits every method and is only `true`', () => {
    for (const method of [DOTS, SCORE, RANKING, CONSENT, VERDICT])
      expect(taken(method, { abstain: true })).toEqual({ kind: 'abstain' });
    expect(refused(DOTS, { abstain: 'yes' })).toBe('malformed');
  });

  it('[V7] what belongs to the command is passed over', () => {
    const command = { dots: { a: 1 }, clientKey: 'k', castAt: '2020-03-09T10:00:00Z', receipt: 'R' };
    expect(taken(DOTS, command)).toEqual({ kind: 'dots', dots: { a: 1 } });
  });

  it('[V5] no input of any shape makes it throw, and what is taken keeps budget and cap', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'reason', '');
    const leaf = fc.oneof(fc.integer({ min: -2, max: 6 }), fc.double(), fc.string(), fc.constant(null), fc.boolean());
    const inner = fc.oneof(leaf, fc.dictionary(key, leaf), fc.array(leaf));
    const body = fc.dictionary(
      fc.constantFrom('dots', 'scores', 'ranking', 'choices', 'abstain', 'reasons', 'reason', '__proto__'),
      fc.oneof(fc.dictionary(key, inner), fc.array(key), leaf),
      { maxKeys: 3 },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.anything()), (raw) => {
        for (const method of [DOTS, SCORE, RANKING, CONSENT, VERDICT]) {
          const result = checkBallot(method, IDS, raw);
          if (!result.ok || result.value.kind !== 'dots') continue;
          const counts = Object.entries(result.value.dots);
          expect(counts.every(([id, n]) => IDS.includes(id) && Number.isInteger(n) && n >= 1 && n <= 3)).toBe(true);
          expect(counts.reduce((sum, [, n]) => sum + n, 0)).toBeLessThanOrEqual(5);
        }
      }),
      { seed: 2020, numRuns: 3000 },
    );
  });
});

describe('scores', () => {
  it('[V9] an option is scored on every criterion or left out', () => {
    const marks = { Impact: 5, Effort: 1 };
    expect(taken(SCORE, { scores: { a: marks } })).toEqual({ kind: 'score', scores: { a: marks } });
    expect(refused(SCORE, { scores: { a: { Impact: 5 } } })).toBe('scores-incomplete');
    expect(refused(SCORE, { scores: { a: {} } })).toBe('scores-incomplete');
    expect(refused(SCORE, { scores: { a: { ...marks, Beauty: 3 } } })).toBe('choice-unknown');
  });

  it('[V9] a mark outside the scale is refused', () => {
    for (const mark of [0, 6, 2.5, Number.NaN, '3', null])
      expect(refused(SCORE, { scores: { a: { Impact: mark, Effort: 1 } } })).toBe('number-invalid');
    expect(refused(SCORE, { scores: { a: [5, 1] } })).toBe('malformed');
    expect(refused(SCORE, { scores: { z: { Impact: 1, Effort: 1 } } })).toBe('option-unknown');
  });
});

describe('ranking', () => {
  it('[V10] a full or a partial ranking is taken in its order', () => {
    expect(taken(RANKING, { ranking: ['c', 'a', 'b'] })).toEqual({ kind: 'ranking', ranking: ['c', 'a', 'b'] });
    expect(taken(RANKING, { ranking: ['b'] })).toEqual({ kind: 'ranking', ranking: ['b'] });
  });

  it('[V10] nothing ranked, an option twice, an unknown one, another type: refused', () => {
    expect(refused(RANKING, { ranking: [] })).toBe('ranking-incomplete');
    expect(refused(RANKING, { ranking: ['a', 'a'] })).toBe('option-repeated');
    expect(refused(RANKING, { ranking: ['a', 'z'] })).toBe('option-unknown');
    expect(refused(RANKING, { ranking: ['a', 1] })).toBe('malformed');
    expect(refused(RANKING, { ranking: { 0: 'a' } })).toBe('malformed');
  });
});

describe('choices', () => {
  it('[V11] an objection carries its reason, wherever the sender put it', () => {
    const ballot = { kind: 'choices', choices: { a: 'object', b: 'support' }, reasons: { a: 'No money' } };
    const given = { a: 'object', b: 'support' };
    expect(taken(CONSENT, { choices: given, reasons: { a: ' No money ' } })).toEqual(ballot);
    expect(taken(CONSENT, { choices: given, reason: 'No money' })).toEqual(ballot);
    expect(taken(CONSENT, { choices: { ...given, reason: 'No money' } })).toEqual(ballot);
  });

  it('[V11] an objection without a reason is refused, a reason of 2,001 characters too', () => {
    expect(refused(CONSENT, { choices: { a: 'object' } })).toBe('reason-needed');
    expect(refused(CONSENT, { choices: { a: 'object' }, reason: '  ' })).toBe('reason-needed');
    expect(taken(CONSENT, { choices: { a: 'object' }, reason: 'ң'.repeat(2000) }).kind).toBe('choices');
    const long = checkBallot(CONSENT, IDS, { choices: { a: 'object' }, reason: 'x'.repeat(2001) });
    expect(long).toEqual({ ok: false, refusal: { code: 'reason-too-long', params: { limit: 2000 } } });
  });

  it('[V11] a choice, an option or a reason that does not belong is refused', () => {
    expect(refused(CONSENT, { choices: { a: 'veto' } })).toBe('choice-unknown');
    expect(refused(CONSENT, { choices: { a: 1 } })).toBe('choice-unknown');
    expect(refused(VERDICT, { choices: { a: 'support' } })).toBe('choice-unknown');
    expect(refused(CONSENT, { choices: { z: 'support' } })).toBe('option-unknown');
    expect(refused(CONSENT, { choices: { a: 'support' }, reasons: { z: 'x' } })).toBe('option-unknown');
    expect(refused(CONSENT, { choices: { a: 'support' }, reasons: ['x'] })).toBe('malformed');
    expect(refused(CONSENT, { choices: { a: 'object' }, reason: 5 })).toBe('malformed');
  });
});

describe('the order of options', () => {
  it('[V12] is stable for a voter, whatever order the store gives, and keeps every option', () => {
    const first = optionOrder(IDS, 'round1 voter1');
    expect(optionOrder([...IDS].reverse(), 'round1 voter1')).toEqual(first);
    expect([...first].sort()).toEqual(IDS);
  });

  it('[V12] is even over the voters: each option stands first about as often', () => {
    const firsts = { a: 0, b: 0, c: 0 } as Record<string, number>;
    for (let voter = 0; voter < 6000; voter++) {
      const [id = ''] = optionOrder(IDS, `round ${voter}`);
      firsts[id] = (firsts[id] ?? 0) + 1;
    }
    for (const times of Object.values(firsts)) expect(Math.abs(times - 2000)).toBeLessThan(150);
    expect(new Set(Array.from({ length: 300 }, (_, v) => optionOrder(IDS, `r ${v}`).join())).size).toBe(6);
  });
});
