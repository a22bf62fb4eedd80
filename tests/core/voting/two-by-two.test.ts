/** The 2x2 of a score round, from individual scores. */
import { expect, test } from 'vitest';
import { tally } from '#core/voting/tally.ts';
import { twoByTwo } from '#core/voting/two-by-two.ts';
import type { Method } from '#core/voting/types.ts';

test('[V99] each option stands where the individual scores put it; what nobody scored is not drawn', () => {
  const method: Method = {
    kind: 'score',
    criteria: [
      { name: 'Польза', weight: 3 },
      { name: 'Усилия', weight: 1 },
    ],
    min: 1,
    max: 5,
  };
  const options = ['a', 'b', 'c'].map((id) => ({ id, text: id, noteIds: [id], zone: 's' }));
  const marks = [
    { a: { Польза: 5, Усилия: 1 }, b: { Польза: 2, Усилия: 4 } },
    { a: { Польза: 4, Усилия: 1 }, b: { Польза: 2, Усилия: 5 } },
  ];
  const ballots = marks.map((scores, n) => ({
    ballot: { kind: 'score' as const, scores },
    organisationId: null,
    source: 'device' as const,
    receipt: `r${n}`,
  }));
  const settings = {
    title: 'X',
    of: 'notes' as const,
    method,
    secret: true,
    quorum: null,
    cut: null,
    graceSeconds: 0,
    publish: true,
  };
  const result = tally({ settings, options, ballots, organisations: [], eligible: 2, receivedAfterClose: 0 });
  expect(twoByTwo(method, result)).toEqual([
    { id: 'a', text: 'a', x: 4.5, y: 1, spreadX: 0.5, spreadY: 0, quadrant: 'high-low' },
    { id: 'b', text: 'b', x: 2, y: 4.5, spreadX: 0, spreadY: 0.5, quadrant: 'low-high' },
  ]);
  expect(twoByTwo({ kind: 'ranking' }, result)).toEqual([]);
});
