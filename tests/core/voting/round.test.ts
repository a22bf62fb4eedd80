/** The settings of a round, what may be voted on, and its way from draft to closed. */
import { describe, expect, it } from 'vitest';
import {
  acceptsBallot,
  checkOptions,
  checkSettings,
  graceIsOver,
  mayClose,
  mayEdit,
  mayOpen,
  suggestDots,
} from '#core/voting/round.ts';
import type { Result } from '#core/result.ts';
import { optionsOf } from './rounds.ts';

const BODY = { title: 'Priorities', of: 'groups', method: { kind: 'dots', budget: 5, perOption: 2 }, secret: true };
const code = (result: Result<unknown>) => (result.ok ? 'taken' : result.refusal.code);
const withMethod = (method: unknown) => code(checkSettings({ ...BODY, method }));

describe('settings', () => {
  it('[V1] what is left out: no quorum, no cut, no grace time, ballots published, secret', () => {
    expect(checkSettings({ ...BODY, title: ' Priorities ', secret: undefined })).toEqual({
      ok: true,
      value: { ...BODY, quorum: null, cut: null, graceSeconds: 0, publish: true },
    });
  });

  it('[V1] a title is needed and has at most 120 characters', () => {
    expect(code(checkSettings({ ...BODY, title: '  ' }))).toBe('title-needed');
    expect(code(checkSettings({ ...BODY, title: undefined }))).toBe('title-needed');
    expect(code(checkSettings({ ...BODY, title: 'ө'.repeat(120) }))).toBe('taken');
    const long = checkSettings({ ...BODY, title: 'x'.repeat(10_000) });
    expect(long).toEqual({ ok: false, refusal: { code: 'title-too-long', params: { limit: 120 } } });
  });

  it.each([[null], ['x'], [[]], [{ ...BODY, title: 5 }], [{ ...BODY, of: 'people' }], [{ ...BODY, secret: 'no' }]])(
    '[V1] %j is malformed',
    (body) => expect(code(checkSettings(body))).toBe('malformed'),
  );

  it('[V1] a quorum of 0 and of 1 are settings, beyond them not', () => {
    for (const quorum of [0, 1, 0.5]) expect(code(checkSettings({ ...BODY, quorum }))).toBe('taken');
    for (const quorum of [-0.1, 1.1, Number.NaN, '0.5'])
      expect(code(checkSettings({ ...BODY, quorum }))).toBe('settings-invalid');
  });

  it('[V1] cut and grace time are whole and within bounds', () => {
    for (const cut of [0, -1, 1.5, 501]) expect(code(checkSettings({ ...BODY, cut }))).toBe('settings-invalid');
    for (const graceSeconds of [-1, 0.5, 3601, Number.NaN])
      expect(code(checkSettings({ ...BODY, graceSeconds }))).toBe('settings-invalid');
    expect(code(checkSettings({ ...BODY, cut: 3, graceSeconds: 60 }))).toBe('taken');
  });

  it('[V1] dots: budget 1 to 100, cap 1 to the budget', () => {
    expect(withMethod({ kind: 'dots', budget: 1, perOption: 1 })).toBe('taken');
    expect(withMethod({ kind: 'dots', budget: 100, perOption: 100 })).toBe('taken');
    expect(withMethod({ kind: 'dots', budget: 7 })).toBe('taken');
    for (const [budget, perOption] of [
      [0, 1],
      [101, 1],
      [5, 6],
      [5, 0],
      [2.5, 1],
      [Number.NaN, 1],
      ['5', 1],
    ])
      expect(withMethod({ kind: 'dots', budget, perOption })).toBe('settings-invalid');
  });

  it('[V1] score: 1 to 12 criteria of different names and positive weights, min below max', () => {
    const criteria = [
      { name: 'Impact', weight: 2 },
      { name: 'Effort', weight: 0.5 },
    ];
    const score = { kind: 'score', criteria, min: 0, max: 5 };
    expect(withMethod(score)).toBe('taken');
    for (const wrong of [
      { criteria: [] },
      { criteria: Array.from({ length: 13 }, (_, n) => ({ name: `C${n}`, weight: 1 })) },
      { criteria: [criteria[0], criteria[0]] },
      { criteria: [{ name: ' ', weight: 1 }] },
      { criteria: [{ name: '__proto__', weight: 1 }] },
      { criteria: [{ name: 'Impact', weight: 0 }] },
      { criteria: [{ name: 'Impact', weight: Number.NaN }] },
      { criteria: 'Impact' },
      { min: 5, max: 5 },
      { min: 0.5 },
      { max: 1e9 },
    ])
      expect(withMethod({ ...score, ...wrong })).toBe('settings-invalid');
  });

  it('[V1] verdict: 2 to 12 different choices; an unknown method is refused', () => {
    expect(withMethod({ kind: 'verdict', choices: ['done', 'not done'] })).toBe('taken');
    for (const choices of [['done'], ['done', ' done'], ['done', ''], ['done', 5], 'done', undefined])
      expect(withMethod({ kind: 'verdict', choices })).toBe('settings-invalid');
    expect(withMethod({ kind: 'lottery' })).toBe('settings-invalid');
    expect(withMethod('dots')).toBe('malformed');
  });
});

describe('options', () => {
  const many = (count: number) => optionsOf(Array.from({ length: count }, (_, n) => `o${n}`));

  it('[V2] one option is enough, a ranking needs two, 500 are the most', () => {
    expect(code(checkOptions([], 'dots'))).toBe('too-few-options');
    expect(code(checkOptions(many(1), 'dots'))).toBe('taken');
    expect(code(checkOptions(many(1), 'ranking'))).toBe('too-few-options');
    expect(code(checkOptions(many(2), 'ranking'))).toBe('taken');
    expect(code(checkOptions(many(500), 'dots'))).toBe('taken');
    expect(code(checkOptions(many(501), 'dots'))).toBe('too-many-options');
  });

  it('[V2] two options may read the same, but not be the same', () => {
    const [one, two] = many(2).map((option) => ({ ...option, text: 'Roads' }));
    expect(code(checkOptions([one!, two!], 'dots'))).toBe('taken');
    expect(code(checkOptions([one!, one!], 'dots'))).toBe('option-repeated');
    expect(code(checkOptions([{ ...one!, id: '__proto__' }], 'dots'))).toBe('option-unknown');
  });
});

describe('the life of a round', () => {
  it('[V13] draft opens once; open closes once, through the grace time where there is one', () => {
    expect(mayOpen('draft')).toEqual({ ok: true, value: 'open' });
    expect(['open', 'closing', 'closed'].map((s) => code(mayOpen(s as 'open')))).toEqual([
      'round-open',
      'round-open',
      'round-closed',
    ]);
    expect(mayClose('open', { graceSeconds: 0 })).toEqual({ ok: true, value: 'closed' });
    expect(mayClose('open', { graceSeconds: 30 })).toEqual({ ok: true, value: 'closing' });
    expect(code(mayClose('draft', { graceSeconds: 0 }))).toBe('round-not-open');
    expect(code(mayClose('closing', { graceSeconds: 30 }))).toBe('round-closed');
    expect(code(mayClose('closed', { graceSeconds: 0 }))).toBe('round-closed');
  });

  it('[V13] settings and options are frozen from the opening on', () => {
    expect(code(mayEdit('draft'))).toBe('taken');
    expect(code(mayEdit('open'))).toBe('options-frozen');
    expect(code(mayEdit('closing'))).toBe('options-frozen');
    expect(code(mayEdit('closed'))).toBe('round-closed');
  });

  const at = (status: 'draft' | 'open' | 'closing' | 'closed', castAt: number | null, now: number) => {
    const closedAt = status === 'closing' || status === 'closed' ? 1_000_000 : null;
    const result = acceptsBallot({ status, closedAt, graceSeconds: 30, castAt, now });
    return result.ok ? result.value : result.refusal.code;
  };

  it('[V14] a ballot is counted while the round is open, and refused before', () => {
    expect(at('draft', null, 5)).toBe('round-not-open');
    expect(at('open', null, 5)).toBe('counted');
    expect(at('open', 1, 5)).toBe('counted');
  });

  it('[V14] cast before the close and come within the grace time: counted; come later: kept as late', () => {
    expect(at('closing', 999_999, 1_029_999)).toBe('counted');
    expect(at('closing', 1_000_000, 1_000_000)).toBe('counted');
    expect(at('closing', 999_999, 1_030_000)).toBe('late');
    expect(at('closed', 999_999, 1_010_000)).toBe('late');
    expect(graceIsOver(1_000_000, 30, 1_029_999)).toBe(false);
    expect(graceIsOver(1_000_000, 30, 1_030_000)).toBe(true);
  });

  it('[V14] cast after the close: refused, with and without a time of casting', () => {
    expect(at('closing', null, 1_000_001)).toBe('round-closed');
    expect(at('closing', 1_000_001, 1_000_002)).toBe('round-closed');
    expect(at('closed', null, 2_000_000)).toBe('round-closed');
    expect(at('closed', Number.NaN, 2_000_000)).toBe('round-closed');
    expect(at('closed', 9e15, 2_000_000)).toBe('round-closed');
  });

  it('[V26] the suggested dots grow with the options and stay within bounds', () => {
    expect(suggestDots(0)).toEqual({ budget: 1, perOption: 1 });
    expect(suggestDots(1)).toEqual({ budget: 1, perOption: 1 });
    expect(suggestDots(12)).toEqual({ budget: 4, perOption: 2 });
    expect(suggestDots(500)).toEqual({ budget: 10, perOption: 5 });
  });
});
