/**
 * Nobody can work out a hidden figure: for small rooms every room that fits the published figures is tried, and each
 * hidden figure must take at least two values among them. The attacker knows who is in which organisation, all totals,
 * the rows, the order by organisations, the desk's figures and, where it is published, the list of ballots.
 * Not reckoned with (SPEC A28): what rule 8 tells when organisations break a tie, and the word robust or fragile.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tally, type TallyInput } from '#core/voting/tally.ts';
import type { Ballot, CountedBallot, Method, RoundResult } from '#core/voting/types.ts';
import { ABSTAIN, choices, dots, LETTERS, optionsOf, organisationsOf, settingsOf } from './rounds.ts';

const SEED = Number(process.env['ASHAR_SEED'] ?? 2020);
const RUNS = process.env['ASHAR_FULL'] === '1' ? 20 : 1;

/** Every ballot that the method allows. */
function allBallots(method: Method, ids: readonly string[]): Ballot[] {
  if (method.kind === 'consent')
    return ids
      .reduce<Record<string, string>[]>(
        (some, id) => some.flatMap((each) => ['support', 'object'].map((choice) => ({ ...each, [id]: choice }))),
        [{}],
      )
      .map((given) => choices(given));
  if (method.kind !== 'dots') throw new Error('dots or consent');
  const { budget, perOption } = method;
  const amounts = Array.from({ length: perOption + 1 }, (_, n) => n);
  return ids
    .reduce<Record<string, number>[]>(
      (some, id) => some.flatMap((each) => amounts.map((n) => ({ ...each, [id]: n }))),
      [{}],
    )
    .filter((given) => Object.values(given).reduce((a, b) => a + b, 0) <= budget)
    .map((given) => dots(Object.fromEntries(Object.entries(given).filter(([, n]) => n > 0))));
}

/** Calls `visit` with every different way of laying out the items of a multiset (as counts by kind) over the places. */
function arrangements(counts: number[], places: number, visit: (kinds: number[]) => void): void {
  const line: number[] = [];
  const step = (): void => {
    if (line.length === places) return visit(line);
    counts.forEach((left, kind) => {
      if (left === 0) return;
      counts[kind] = left - 1;
      line.push(kind);
      step();
      line.pop();
      counts[kind] = left;
    });
  };
  step();
}

/** Every multiset of ballots of the given size. */
function multisets(kinds: number, size: number, visit: (counts: number[]) => void): void {
  const counts = new Array<number>(kinds).fill(0);
  const step = (kind: number, left: number): void => {
    if (kind === kinds - 1) {
      counts[kind] = left;
      return visit(counts);
    }
    for (let n = 0; n <= left; n++) {
      counts[kind] = n;
      step(kind + 1, left - n);
    }
  };
  step(0, size);
}

const gives = (ballot: Ballot, id: string): number =>
  ballot.kind === 'dots'
    ? (ballot.dots[id] ?? 0)
    : ballot.kind === 'choices' && ballot.choices[id] === 'support'
      ? 1
      : 0;

/** Cells that a room totals up to, by group of voters: `dots voters`. */
const cellOf = (ballots: readonly Ballot[], id: string): { dots: number; voters: number } => ({
  dots: ballots.reduce((sum, ballot) => sum + gives(ballot, id), 0),
  voters: ballots.filter((ballot) => gives(ballot, id) > 0).length,
});

interface Group {
  readonly key: string;
  readonly members: readonly number[];
}

/** Checks one round by trying every room; returns how many rooms fit. */
function check(round: TallyInput, result: RoundResult): number {
  const ids = round.options.map((option) => option.id);
  const voters = [...round.ballots].sort((a, b) => (a.organisationId ?? '~').localeCompare(b.organisationId ?? '~'));
  const kinds: Ballot[] = [...allBallots(round.settings.method, ids), ABSTAIN];
  const text = kinds.map((kind) => JSON.stringify(kind));
  const normal = (ballot: Ballot): number => {
    const key = (b: Ballot) =>
      b.kind === 'abstain' ? 'x' : ids.map((id) => (b.kind === 'choices' ? b.choices[id] : gives(b, id))).join();
    const found = kinds.findIndex((kind) => key(kind) === key(ballot));
    if (found < 0) throw new Error(`not among ${text.join(' ')}`);
    return found;
  };

  const members = (organisation: string | null): number[] =>
    voters.flatMap((voter, at) => (voter.organisationId === organisation ? [at] : []));
  const first = result.options[0];
  if (!first) throw new Error('no options');
  const rows: Group[] = first.byOrganisation.map((cell, at) => ({
    ...{ key: `row ${at}`, members: cell.organisationIds.flatMap((id) => members(id)) },
  }));
  for (const row of rows) if (rows.length > 1) expect(row.members.length).toBeGreaterThanOrEqual(3);
  const bodies: Group[] = [...new Set(voters.map((voter) => voter.organisationId))].map((id) => ({
    ...{ key: `body ${id}`, members: members(id) },
  }));

  const cell = (id: string, row: number) => result.options.find((option) => option.id === id)?.byOrganisation[row];
  const told = ids.flatMap((id) =>
    rows.flatMap((row, at) => {
      const shown = cell(id, at);
      return shown && !shown.suppressed ? [{ id, row, shown }] : [];
    }),
  );
  const hidden = ids.flatMap((id) => {
    const room = result.options.find((option) => option.id === id)?.voters ?? 0;
    // Nobody or everybody: told by the room's total, which is never suppressed.
    if (room === 0 || room === voters.length) return [];
    const open = (group: Group): boolean =>
      told.some((t) => t.id === id && t.row.members.join() === group.members.join());
    const groups = rows.length > 1 ? [...rows, ...bodies] : bodies;
    return groups
      .filter((group) => group.members.length < voters.length && !open(group))
      .map((group) => ({ id, group }));
  });

  // The order by organisations may place a body of three and more; never tell what one or two people said.
  const alone = hidden.filter(({ group }) => group.key.startsWith('body') && group.members.length < 3);

  const seen = new Map<string, Set<number>>();
  let fitting = 0;
  const roomOf = (line: readonly number[]): Ballot[] => line.map((kind) => kinds[kind] ?? ABSTAIN);
  const tryRooms = (counts: number[]): void =>
    arrangements(counts, voters.length, (line) => {
      const room = roomOf(line);
      const of = (those: readonly number[]): Ballot[] => those.map((at) => room[at] ?? ABSTAIN);
      for (const { id, row, shown } of told) {
        const there = cellOf(of(row.members), id);
        if (there.dots !== shown.dots || there.voters !== shown.voters) return;
      }
      fitting++;
      note(hidden, '', of);
      if (result.organisationOrder.length === 0 || alone.length === 0) return;
      const ballots: CountedBallot[] = voters.map((voter, at) => ({ ...voter, ballot: room[at] ?? ABSTAIN }));
      const other = orderOf({ ...round, ballots }, result);
      if (other === `${result.organisationOrder.join()};${result.orderFlips.join()}`) note(alone, 'ordered ', of);
    });
  const note = (those: typeof hidden, mark: string, of: (members: readonly number[]) => Ballot[]): void => {
    for (const { id, group } of those) {
      const key = `${mark}${id} ${group.key}`;
      const values = seen.get(key) ?? new Set<number>();
      seen.set(key, values.add(cellOf(of(group.members), id).voters));
    }
  };

  const real = new Array<number>(kinds.length).fill(0);
  for (const { ballot } of voters) real[normal(ballot)] = (real[normal(ballot)] ?? 0) + 1;
  if (result.ballots) tryRooms(real);
  else {
    const figures = (counts: readonly number[]): string =>
      `${counts.at(-1)} ${ids
        .map((id) => {
          const spread = new Map<number, number>();
          counts.slice(0, -1).forEach((n, kind) => {
            const value = gives(kinds[kind] ?? ABSTAIN, id);
            spread.set(value, (spread.get(value) ?? 0) + n);
          });
          return [...spread].map(([value, n]) => `${value}:${n}`).join(' ');
        })
        .join('|')}`;
    const published = figures(real);
    multisets(kinds.length, voters.length, (counts) => {
      if (figures(counts) === published) tryRooms([...counts]);
    });
  }
  const values = (mark: string, id: string, group: Group): number => seen.get(`${mark}${id} ${group.key}`)?.size ?? 0;
  for (const { id, group } of hidden)
    expect(values('', id, group), `${id} in ${group.key}: ${describe(round, result)}`).toBeGreaterThanOrEqual(2);
  if (result.organisationOrder.length > 0)
    for (const { id, group } of alone)
      expect(
        values('ordered ', id, group),
        `${id} in ${group.key}, ordered: ${describe(round, result)}`,
      ).toBeGreaterThanOrEqual(2);
  return fitting;
}

/** The order by organisations of another room, told in the way the published one is, without asking what may be told. */
function orderOf(round: TallyInput, published: RoundResult): string {
  const ids = published.options.map((option) => option.id); // the order by persons is the same in every fitting room
  const organisations = [...new Set(round.ballots.map((ballot) => ballot.organisationId))].filter((id) => id !== null);
  const votes = new Map(
    ids.map((id) => {
      const sum = organisations.reduce((all, organisation) => {
        const those = round.ballots.filter((b) => b.organisationId === organisation && b.ballot.kind !== 'abstain');
        if (those.length === 0) return all;
        const shares = those.map(({ ballot }) => {
          const spent = ballot.kind === 'dots' ? ids.reduce((s, other) => s + gives(ballot, other), 0) : 1;
          return spent === 0 ? 0 : gives(ballot, id) / spent;
        });
        return all + shares.reduce((a, b) => a + b, 0) / those.length;
      }, 0);
      return [id, Math.round(sum * 1e9)] as const;
    }),
  );
  const heard = (id: string): number => votes.get(id) ?? 0;
  const persons = (id: string): number => published.options.find((option) => option.id === id)?.dots ?? 0;
  const order = [...ids].sort((a, b) => heard(b) - heard(a));
  const span = (id: string, by: (id: string) => number): [number, number] => [
    1 + ids.filter((other) => by(other) > by(id)).length,
    ids.filter((other) => by(other) >= by(id)).length,
  ];
  const flips = ids.filter((id) => {
    const [[p1, p2], [o1, o2]] = [span(id, persons), span(id, heard)];
    return p2 < o1 || o2 < p1;
  });
  const spoke = round.ballots.some((ballot) => ballot.organisationId !== null && ballot.ballot.kind !== 'abstain');
  return spoke ? `${order.join()};${flips.join()}` : ';';
}

const describe = (round: TallyInput, result: RoundResult): string =>
  JSON.stringify({
    ballots: round.ballots.map((b) => [b.organisationId, b.ballot]),
    result: result.options.map((o) => [o.id, o.byOrganisation.map((c) => `${c.name}:${c.voters}`)]),
    order: result.organisationOrder,
  });

interface Shape {
  readonly method: Method;
  readonly optionCount: number;
  readonly sizes: fc.Arbitrary<number[]>;
  readonly publish: boolean;
  readonly runs: number;
}

const few = (most: number, bodies: number, total: number) =>
  fc
    .array(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: bodies })
    .filter((s) => s.reduce((a, b) => a + b) <= total);

const SHAPES: Record<string, Shape> = {
  'listed, 3 options, 2 dots': {
    ...{
      method: { kind: 'dots', budget: 2, perOption: 2 },
      optionCount: 3,
      sizes: few(5, 3, 8),
      publish: true,
      runs: 300,
    },
  },
  'listed, 2 options, two large organisations': {
    ...{ method: { kind: 'dots', budget: 1, perOption: 1 }, optionCount: 2, publish: true, runs: 200 },
    sizes: fc.tuple(fc.integer({ min: 4, max: 5 }), fc.integer({ min: 4, max: 5 })).map((pair) => [...pair]),
  },
  'listed, 1 dot, many small ones': {
    ...{
      method: { kind: 'dots', budget: 1, perOption: 1 },
      optionCount: 3,
      sizes: few(2, 5, 8),
      publish: true,
      runs: 200,
    },
  },
  'unlisted, 2 options, 1 dot': {
    ...{
      method: { kind: 'dots', budget: 1, perOption: 1 },
      optionCount: 2,
      sizes: few(5, 3, 9),
      publish: false,
      runs: 200,
    },
  },
  'unlisted, 2 options, 2 dots': {
    ...{
      method: { kind: 'dots', budget: 2, perOption: 1 },
      optionCount: 2,
      sizes: few(5, 2, 9),
      publish: false,
      runs: 150,
    },
  },
  'listed, two organisations of six': {
    ...{ method: { kind: 'dots', budget: 1, perOption: 1 }, optionCount: 2, publish: true, runs: 20 },
    sizes: fc.tuple(fc.constantFrom(5, 6), fc.constantFrom(5, 6)).map((pair) => [...pair]),
  },
  'listed, three organisations of four': {
    ...{ method: { kind: 'dots', budget: 1, perOption: 1 }, optionCount: 2, publish: true, runs: 25 },
    sizes: fc.tuple(fc.constant(4), fc.constant(4), fc.constantFrom(3, 4)).map((three) => [...three]),
  },
  'unlisted, two large organisations': {
    ...{ method: { kind: 'dots', budget: 2, perOption: 2 }, optionCount: 2, publish: false, runs: 30 },
    sizes: fc.tuple(fc.constantFrom(4, 5), fc.constant(4)).map((pair) => [...pair]),
  },
};

for (const [name, shape] of Object.entries(SHAPES)) {
  it(`[A23] no hidden figure can be worked out: ${name} (seed ${SEED})`, { timeout: 600_000 }, () => {
    const { method, optionCount, publish } = shape;
    const ids = LETTERS.slice(0, optionCount);
    const kinds = [...allBallots(method, ids), ABSTAIN];
    let [rooms, rows, orders, rounds] = [0, 0, 0, 0];
    const room = shape.sizes.chain((sizes) =>
      fc.array(fc.nat({ max: kinds.length * 3 }), { minLength: 40, maxLength: 40 }).map((chosen) => ({
        sizes,
        chosen: chosen.map((n) => (n >= kinds.length * 3 ? kinds.length - 1 : n % (kinds.length - 1))),
      })),
    );
    fc.assert(
      fc.property(room, ({ sizes, chosen }) => {
        const organisations = organisationsOf(sizes.length);
        let next = 0;
        const ballots: CountedBallot[] = sizes.flatMap((size, at) =>
          Array.from({ length: size }, () => ({
            ...{ ballot: kinds[chosen[next] ?? 0] ?? ABSTAIN, source: 'device' as const },
            ...{ organisationId: organisations[at]?.id ?? null, receipt: `R${(next++ * 7919) % 1009}` },
          })),
        );
        const settings = settingsOf(method, { publish });
        const round = {
          settings,
          options: optionsOf(ids),
          ballots,
          organisations,
          eligible: 20,
          receivedAfterClose: 0,
        };
        const result = tally(round);
        rooms += check(round, result);
        rounds++;
        if (result.options.some((option) => option.byOrganisation.some((cell) => !cell.suppressed))) rows++;
        if (result.organisationOrder.length > 0) orders++;
      }),
      { seed: SEED, numRuns: shape.runs * RUNS },
    );
    console.info(`${name}: ${rounds} rounds, ${rooms} rooms fitted, rows told in ${rows}, order in ${orders}`);
  });
}
