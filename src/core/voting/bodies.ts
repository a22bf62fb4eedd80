/**
 * Who stands behind the rows "by organisation": each organisation that cast a ballot, and the small ones merged until a
 * row speaks for at least three people (PRODUCT, rule 7). Merging looks only at how many ballots were cast, never at
 * what is in them, so the rows themselves tell nothing.
 */
import type { Voice } from './voice.ts';

/** Fewer people than this behind a figure, and one of them could be recognised. */
export const SMALL = 3;

/** An organisation, or the people without one (id null). Members are indexes of voices. */
export interface Body {
  readonly id: string | null;
  readonly name: string;
  readonly members: readonly number[];
}

/** A row of the result: one body, or several small ones together. */
export interface Row {
  readonly bodies: readonly Body[];
  readonly name: string;
  readonly members: readonly number[];
}

/** The organisations that cast ballots, in the order given; unknown ids follow, people without an organisation last. */
export function bodiesOf(
  voices: readonly Voice[],
  organisations: readonly { readonly id: string; readonly name: string }[],
): readonly Body[] {
  const members = new Map<string | null, number[]>();
  voices.forEach(({ organisationId }, voice) => {
    const there = members.get(organisationId);
    if (there) there.push(voice);
    else members.set(organisationId, [voice]);
  });
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  const unknown = [...members.keys()].filter((id) => id !== null).filter((id) => !names.has(id));
  const order = [...names.keys(), ...unknown.sort(), null];
  return order.flatMap((id) => {
    const those = members.get(id);
    return those ? [{ id, name: id === null ? '' : (names.get(id) ?? ''), members: those }] : [];
  });
}

const rowOf = (bodies: readonly Body[]): Row => ({
  bodies,
  name: bodies
    .map((body) => body.name)
    .filter((name) => name !== '')
    .join(' + '),
  members: bodies.flatMap((body) => body.members),
});

/** One row for each body of three and more; all smaller ones share a row, with the smallest of the others if need be. */
export function rowsOf(bodies: readonly Body[]): readonly Row[] {
  const small = bodies.filter((body) => body.members.length < SMALL);
  const large = bodies.filter((body) => body.members.length >= SMALL);
  if (small.length === 0) return large.map((body) => rowOf([body]));
  const together = small.reduce((people, body) => people + body.members.length, 0);
  if (together >= SMALL) return [...large.map((body) => rowOf([body])), rowOf(small)];
  const [smallest] = [...large].sort((a, b) => a.members.length - b.members.length);
  const others = large.filter((body) => body !== smallest);
  return [...others.map((body) => rowOf([body])), rowOf(smallest ? [...small, smallest] : small)];
}
