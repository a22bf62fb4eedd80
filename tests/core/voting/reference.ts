/**
 * A second count, written from PRODUCT's rules without looking at the first: by brute force and with exact fractions,
 * slow and plain. It shares types with the product and nothing else.
 */
import type { Ballot, CountedBallot, Method } from '#core/voting/types.ts';
import type { TallyInput } from '#core/voting/tally.ts';

/** A fraction, exact. */
interface Q {
  readonly n: bigint;
  readonly d: bigint;
}
const q = (n: number | bigint, d: number | bigint = 1): Q => ({ n: BigInt(n), d: BigInt(d) });
const add = (a: Q, b: Q): Q => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
const over = (a: Q, n: number): Q => ({ n: a.n, d: a.d * BigInt(n) });
const cmp = (a: Q, b: Q): number => {
  const diff = a.n * b.d - b.n * a.d;
  return diff < 0n ? -1 : diff > 0n ? 1 : 0;
};
const total = (items: readonly Q[]): Q => items.reduce(add, q(0));
export const number = (a: Q): number => Number((a.n * 1_000_000_000_000n) / a.d) / 1e12;

const milli = (weight: number): bigint => BigInt(Math.round(weight * 1000));

/** What one ballot gives one option, in published points; null where it says nothing of it. */
function points(method: Method, ballot: Ballot, id: string, ids: readonly string[]): Q | null {
  if (method.kind === 'dots' && ballot.kind === 'dots') return q(ballot.dots[id] ?? 0);
  if (method.kind === 'score' && ballot.kind === 'score') {
    const marks = ballot.scores[id];
    if (!marks) return null;
    return total(method.criteria.map((c) => ({ n: milli(c.weight) * BigInt(marks[c.name] ?? 0), d: 1000n })));
  }
  if (method.kind === 'ranking' && ballot.kind === 'ranking') {
    // One point for every option beaten, half a point for every option met as an equal.
    const at = ballot.ranking.indexOf(id);
    return total(
      ids
        .filter((other) => other !== id)
        .map((other) => {
          const there = ballot.ranking.indexOf(other);
          if (at < 0 && there < 0) return q(1, 2);
          return q(at >= 0 && (there < 0 || at < there) ? 1 : 0);
        }),
    );
  }
  if (ballot.kind === 'choices') {
    const choice = ballot.choices[id];
    if (choice === undefined) return null;
    if (method.kind === 'consent') return q(choice === 'object' ? 0 : 1);
    if (method.kind === 'verdict') return q(choice === method.choices[0] ? 1 : 0);
  }
  return null;
}

function supports(method: Method, ballot: Ballot, id: string, ids: readonly string[], top: number): boolean {
  if (method.kind === 'ranking') return ballot.kind === 'ranking' && ballot.ranking.slice(0, top).includes(id);
  if (method.kind === 'consent') return ballot.kind === 'choices' && ballot.choices[id] === 'support';
  const given = points(method, ballot, id, ids);
  if (!given) return false;
  if (method.kind !== 'score') return cmp(given, q(0)) > 0;
  const weight = method.criteria.reduce((all, c) => all + milli(c.weight), 0n);
  return cmp(given, { n: weight * BigInt(method.min + method.max), d: 2000n }) > 0;
}

/** Strongest paths by trying every way from one option to another. */
function schulze(ballots: readonly Ballot[], ids: readonly string[]): Map<string, number> {
  const prefer = (a: string, b: string): number =>
    ballots.filter((ballot) => {
      if (ballot.kind !== 'ranking') return false;
      const [x, y] = [ballot.ranking.indexOf(a), ballot.ranking.indexOf(b)];
      return x >= 0 && (y < 0 || x < y);
    }).length;
  const link = (a: string, b: string): number => (prefer(a, b) > prefer(b, a) ? prefer(a, b) : 0);
  const strongest = (from: string, to: string, seen: readonly string[]): number =>
    Math.max(
      link(from, to),
      ...ids
        .filter((via) => via !== to && via !== from && !seen.includes(via) && link(from, via) > 0)
        .map((via) => Math.min(link(from, via), strongest(via, to, [...seen, from]))),
    );
  const p = new Map(
    ids.flatMap((a) => ids.filter((b) => b !== a).map((b) => [`${a} ${b}`, strongest(a, b, [])] as const)),
  );
  const beats = (a: string, b: string): boolean => (p.get(`${a} ${b}`) ?? 0) > (p.get(`${b} ${a}`) ?? 0);
  return new Map(ids.map((a) => [a, 1 + ids.filter((b) => b !== a && beats(b, a)).length]));
}

/** The whole count again. Keys by option id. */
export function recount({ settings, options, ballots: all, eligible }: TallyInput) {
  const { method, cut } = settings;
  const ids = options.map((option) => option.id);
  const top = Math.max(1, Math.min(ids.length, cut ?? Math.floor(ids.length / 3)));
  const cast = all.filter((ballot) => ballot.ballot.kind !== 'abstain');

  const figures = (ballots: readonly CountedBallot[]) =>
    new Map(
      ids.map((id) => {
        const said = ballots.map(({ ballot }) => points(method, ballot, id, ids)).filter((given) => given !== null);
        const for_ = ballots.filter(({ ballot }) => supports(method, ballot, id, ids, top));
        const answered =
          method.kind === 'ranking'
            ? ballots.filter(({ ballot }) => ballot.kind === 'ranking' && ballot.ranking.includes(id)).length
            : said.length;
        const organisations = new Set(for_.map((ballot) => ballot.organisationId).filter((o) => o !== null)).size;
        const sum = total(said);
        // What decides: the total, or for scores the mean (nothing said stands below everything).
        const key = method.kind !== 'score' ? sum : said.length > 0 ? over(sum, said.length) : q(-1e9);
        return [id, { sum, answered, voters: for_.length, organisations, key, said }] as const;
      }),
    );
  const mine = figures(cast);
  const get = (id: string) => mine.get(id)!;
  const better = (a: string, b: string): number =>
    cmp(get(b).key, get(a).key) || get(b).voters - get(a).voters || get(b).organisations - get(a).organisations;
  const rank = (id: string): number => 1 + ids.filter((other) => better(other, id) < 0).length;
  const order = [...ids].sort((a, b) => better(a, b) || ids.indexOf(a) - ids.indexOf(b));

  // One organisation, one vote.
  const organisations = [...new Set(cast.map((b) => b.organisationId))].filter((id) => id !== null);
  const voice = (id: string): Q => {
    const each = organisations.flatMap((organisation) => {
      const members = cast.filter((ballot) => ballot.organisationId === organisation);
      const shares = members.flatMap(({ ballot }) => {
        const given = points(method, ballot, id, ids);
        if (method.kind === 'score') return given ? [given] : [];
        const spent = ids.map((other) => points(method, ballot, other, ids) ?? q(0)).reduce(add);
        if (method.kind !== 'dots') return [given ?? q(0)];
        return [spent.n === 0n || !given ? q(0) : { n: given.n * spent.d, d: given.d * spent.n }];
      });
      return shares.length === 0 ? [] : [over(total(shares), shares.length)];
    });
    if (method.kind === 'score') return each.length === 0 ? q(-1e9) : over(total(each), each.length);
    return total(each);
  };
  // In a score round an organisation counts only if it scored something at all.
  const spoke =
    method.kind === 'score'
      ? cast.some(
          (b) => b.organisationId !== null && b.ballot.kind === 'score' && Object.keys(b.ballot.scores).length > 0,
        )
      : organisations.length > 0;
  const voices = new Map(ids.map((id) => [id, voice(id)] as const));
  const louder = (a: string, b: string): number => cmp(voices.get(b)!, voices.get(a)!);
  const organisationOrder = spoke ? [...order].sort((a, b) => louder(a, b) || order.indexOf(a) - order.indexOf(b)) : [];
  const span = (id: string, by: (a: string, b: string) => number) => {
    const before = ids.filter((other) => by(other, id) < 0).length;
    const equal = ids.filter((other) => other !== id && by(other, id) === 0).length;
    return { from: before + 1, to: before + 1 + equal };
  };
  const plain = (a: string, b: string): number => cmp(get(b).key, get(a).key);
  const orderFlips = spoke
    ? order.filter((id) => {
        const [p, o] = [span(id, plain), span(id, louder)];
        return p.to < o.from || o.to < p.from;
      })
    : [];

  // Does the kept set survive other counts?
  const kept = order.slice(0, top);
  const left = order.slice(top);
  const survives = (score: (id: string) => Q): boolean =>
    kept.every((inside) => left.every((outside) => cmp(score(inside), score(outside)) >= 0));
  const bordaOf = (id: string): Q =>
    total(
      cast.flatMap(({ ballot }) =>
        ids
          .filter((other) => other !== id)
          .map((other) => {
            const [x, y] = [points(method, ballot, id, ids), points(method, ballot, other, ids)];
            if (!x || !y) return q(x ? 2 : y ? 0 : 1, 2);
            return q(1 + cmp(x, y), 2);
          }),
      ),
    );
  const leaving = organisations.every((organisation) => {
    const rest = cast.filter((ballot) => ballot.organisationId !== organisation);
    const without = figures(rest);
    return rest.length === 0 || survives((id) => without.get(id)!.key);
  });
  const byPath =
    method.kind === 'ranking'
      ? schulze(
          cast.map((b) => b.ballot),
          ids,
        )
      : null;
  const nothing =
    method.kind === 'dots' ? ids.every((id) => get(id).voters === 0) : ids.every((id) => get(id).answered === 0);
  const robust =
    cast.length < 3 || left.length === 0 || nothing
      ? null
      : better(kept.at(-1)!, left[0]!) !== 0 &&
        survives((id) => q(get(id).voters)) &&
        (method.kind === 'consent' || method.kind === 'verdict' || survives(bordaOf)) &&
        (!byPath || survives((id) => q(-(byPath.get(id) ?? 0)))) &&
        leaving;

  return {
    order,
    organisationOrder,
    orderFlips,
    robust,
    indicative: settings.quorum !== null && all.length * 10 < Math.round(settings.quorum * 10) * eligible,
    abstained: all.length - cast.length,
    options: new Map(
      ids.map(
        (id) => [id, { ...get(id), dots: number(get(id).sum), rank: rank(id), schulze: byPath?.get(id) }] as const,
      ),
    ),
    exactTie: (id: string) => ids.filter((other) => rank(other) === rank(id)).length > 1,
    cutTie: (() => {
      if (cut === null || cut >= ids.length) return [];
      const [last, next] = [order[cut - 1]!, order[cut]!];
      return rank(last) === rank(next) ? order.filter((id) => rank(id) === rank(last)) : null;
    })(),
  };
}
