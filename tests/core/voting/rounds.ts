/** Makings of rounds for the tests of voting: seeded chance, options, ballots of every method. */
import type { Ballot, CountedBallot, Method, Option, RoundSettings } from '#core/voting/types.ts';

/** mulberry32 (Tommy Ettinger): independent of the generator under test. Returns 0 to n-1. */
export function chance(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

export const LETTERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

export const optionsOf = (ids: readonly string[]): Option[] =>
  ids.map((id) => ({ id, text: `Option ${id}`, noteIds: [id], zone: 'z' }));

export const settingsOf = (method: Method, more: Partial<RoundSettings> = {}): RoundSettings => ({
  ...{ title: 'Priorities', of: 'notes', secret: true, quorum: null, cut: null, graceSeconds: 0, publish: false },
  method,
  ...more,
});

export const organisationsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `org${at + 1}`, name: `Organisation ${at + 1}` }));

/** Ballots written `org: ballot`; receipts run against the order in which they stand here. */
export function cast(
  ...ballots: readonly (readonly [string | null, Ballot, CountedBallot['source']?])[]
): CountedBallot[] {
  return ballots.map(([organisationId, ballot, source], at) => ({
    ...{ organisationId, ballot, source: source ?? 'device' },
    receipt: `R${String(9999 - at)}`,
  }));
}

export const dots = (given: Record<string, number>): Ballot => ({ kind: 'dots', dots: given });
export const ranking = (...ids: string[]): Ballot => ({ kind: 'ranking', ranking: ids });
export const choices = (given: Record<string, string>, reasons: Record<string, string> = {}): Ballot => ({
  ...{ kind: 'choices', choices: given, reasons },
});
export const ABSTAIN: Ballot = { kind: 'abstain' };

function shuffled<T>(items: readonly T[], pick: (n: number) => number): T[] {
  const left = [...items];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(pick(left.length), 1));
  return out;
}

function randomMethod(pick: (n: number) => number): Method {
  const budget = 1 + pick(6);
  const min = pick(3) - 1;
  const criteria = ['Impact', 'Effort', 'Reach']
    .slice(0, 1 + pick(3))
    .map((name) => ({ name, weight: 1 + pick(8) / 2 }));
  const methods: Method[] = [
    { kind: 'dots', budget, perOption: 1 + pick(budget) },
    { kind: 'dots', budget, perOption: 1 + pick(budget) },
    { kind: 'score', criteria, min, max: min + 1 + pick(5) },
    { kind: 'ranking' },
    { kind: 'consent' },
    { kind: 'verdict', choices: ['done', 'partly', 'not done'] },
  ];
  return methods[pick(methods.length)] ?? { kind: 'ranking' };
}

function randomBallot(method: Method, ids: readonly string[], pick: (n: number) => number): Ballot {
  if (pick(9) === 0) return ABSTAIN;
  const some = shuffled(ids, pick).slice(0, method.kind === 'ranking' ? 1 + pick(ids.length) : pick(ids.length + 1));
  switch (method.kind) {
    case 'dots': {
      const given: Record<string, number> = {};
      let left = method.budget;
      for (const id of some) {
        const count = Math.min(left, 1 + pick(method.perOption));
        if (count > 0) given[id] = count;
        left -= count;
      }
      return dots(given);
    }
    case 'score':
      return {
        kind: 'score',
        scores: Object.fromEntries(
          some.map((id) => [
            id,
            Object.fromEntries(
              method.criteria.map(({ name }) => [name, method.min + pick(method.max - method.min + 1)]),
            ),
          ]),
        ),
      };
    case 'ranking':
      return ranking(...some);
    case 'consent':
      return choices(
        Object.fromEntries(some.map((id) => [id, ['support', 'live-with', 'object'][pick(3)] ?? 'support'])),
        {},
      );
    case 'verdict':
      return choices(Object.fromEntries(some.map((id) => [id, method.choices[pick(3)] ?? 'done'])));
  }
}

/** One small round of any method, everything by chance. */
export function randomRound(seed: number) {
  const pick = chance(seed);
  const method = randomMethod(pick);
  const ids = LETTERS.slice(0, 2 + pick(5));
  const organisations = organisationsOf(1 + pick(4));
  const voters = pick(12);
  const where = (): string | null => organisations[pick(organisations.length + 1)]?.id ?? null;
  const sources = ['device', 'device', 'device', 'paper', 'proxy'] as const;
  const ballots: CountedBallot[] = Array.from({ length: voters }, (_, at) => ({
    ...{ ballot: randomBallot(method, ids, pick), organisationId: where(), source: sources[pick(5)] ?? 'device' },
    receipt: `R${pick(1e9)}-${at}`,
  }));
  const cut = pick(2) === 0 ? null : 1 + pick(ids.length);
  const quorum = pick(2) === 0 ? null : pick(11) / 10;
  const settings = settingsOf(method, { cut, quorum, publish: pick(2) === 0 });
  return {
    settings,
    options: optionsOf(ids),
    ballots,
    organisations,
    eligible: voters + pick(8),
    receivedAfterClose: pick(3),
  };
}
