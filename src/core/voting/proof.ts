/**
 * Proves that hidden figures stay hidden: each one needs a witness, a room with the same published figures in which it
 * is another number. Where ballots are published each ballot needs one too, in which it comes from elsewhere.
 */
import { SMALL } from './bodies.ts';
import type { Poll } from './suppress.ts';
import { Witnesses, type Change, type Effort } from './witness.ts';

type Hidden = readonly (readonly boolean[])[];

/** Subsets of one body that are tried against those of another. */
const SUBSETS = 3000;

/** Nobody or everybody in the room: the room's total, which is never suppressed, says so by itself. */
function openQuestions({ voices, optionCount }: Poll): readonly number[] {
  return Array.from({ length: optionCount }, (_, option) => option).filter((option) => {
    const supporters = voices.filter((voice) => voice.supports[option]).length;
    return supporters > 0 && supporters < voices.length;
  });
}

/** What the witnesses found so far have settled. */
class Ledger {
  readonly cells = new Set<string>();
  readonly voters = new Set<number>();
  private readonly witnesses: Witnesses;
  private readonly options: readonly number[];

  constructor(witnesses: Witnesses, options: readonly number[]) {
    this.witnesses = witnesses;
    this.options = options;
  }

  note(change: Change): void {
    this.witnesses.spend(change.size * this.options.length);
    const { bodyOf, rowOf } = this.witnesses;
    const groups = (of: readonly number[]): Set<number> => new Set([...change.keys()].map((member) => of[member] ?? 0));
    for (const [kind, of] of [
      ['body', bodyOf],
      ['row', rowOf],
    ] as const)
      for (const group of groups(of))
        for (const option of this.options)
          if (this.witnesses.moves(change, of, group, option) !== 0) this.cells.add(`${kind} ${group} ${option}`);
  }
}

/** Pairs and threes of people, each person in about as many of them as any other. */
function* subsets(members: readonly number[], size: 2 | 3): Generator<readonly number[]> {
  const count = members.length;
  const member = (at: number): number => members[at % count] ?? 0;
  let made = 0;
  for (let step = 1; step < count; step++)
    for (let further = step + 1; further < (size === 2 ? step + 2 : count); further++)
      for (let at = 0; at < count; at++) {
        if (made++ > SUBSETS) return;
        yield size === 2 ? [member(at), member(at + step)] : [member(at), member(at + step), member(at + further)];
      }
}

/**
 * Looks for pairs and threes in two rows that gave the told options the same together: they can change places unseen.
 * In a room of forty no two ballots may be alike where it counts, and yet thousands of such exchanges exist.
 */
function noteExchanges(witnesses: Witnesses, ledger: Ledger, settled: () => boolean): void {
  const { bodies, optionCount } = witnesses.poll;
  const told = Array.from({ length: optionCount }, (_, option) => option);
  for (const size of [2, 3] as const)
    for (const [at, body] of bodies.entries())
      for (const other of bodies.slice(at + 1)) {
        const [one] = body.members;
        const [two] = other.members;
        if (one === undefined || two === undefined || witnesses.rowOf[one] === witnesses.rowOf[two]) continue;
        const seen = told.filter((option) => witnesses.isTold(one, option) || witnesses.isTold(two, option));
        const key = (people: readonly number[]): string =>
          seen
            .map((option) => {
              const voices = people.map((person) => witnesses.voice(person));
              const dots = voices.reduce((all, voice) => all + (voice.gives[option] ?? 0), 0);
              return `${dots}/${voices.filter((voice) => voice.supports[option]).length}`;
            })
            .join();
        const there = new Map<string, (readonly number[])[]>();
        for (const people of subsets(body.members, size)) {
          if (!witnesses.spend(size * seen.length)) return;
          const alike = there.get(key(people)) ?? [];
          if (alike.length < 8) there.set(key(people), [...alike, people]);
        }
        for (const people of subsets(other.members, size)) {
          if (!witnesses.spend(size * seen.length)) return;
          for (const alike of there.get(key(people)) ?? []) {
            const change = witnesses.exchange(alike, people);
            if (!witnesses.spend(size * optionCount) || !witnesses.sameRows(change)) continue;
            ledger.note(change);
            for (const person of [...alike, ...people]) ledger.voters.add(person);
          }
        }
        if (settled()) return;
      }
}

/** Options on which some hidden figure could be worked out from what is published; empty: nothing can. */
export function unprovenOptions(poll: Poll, hidden: Hidden, effort: Effort): readonly number[] {
  const { bodies, rows, voices, optionCount } = poll;
  if (bodies.length < 2) return [];
  const options = openQuestions(poll);
  const witnesses = new Witnesses(poll, hidden, effort);
  const ledger = new Ledger(witnesses, options);
  const anyTold = hidden.some((line) => line.includes(false));

  const needs = options.flatMap((option) =>
    rows.flatMap((row, at) => {
      const told = hidden[at]?.[option] === false;
      const own = !told && rows.length > 1 ? [{ option, key: 'row', of: witnesses.rowOf, group: at }] : [];
      if (told && row.bodies.length === 1) return own;
      const each = row.bodies.map((body) => ({
        option,
        key: 'body',
        of: witnesses.bodyOf,
        group: bodies.indexOf(body),
      }));
      return [...own, ...each];
    }),
  );
  const open = () => needs.filter(({ option, key, group }) => !ledger.cells.has(`${key} ${group} ${option}`));
  for (const need of needs) {
    if (ledger.cells.has(`${need.key} ${need.group} ${need.option}`)) continue;
    const change = witnesses.find(need.of, need.group, need.option, false);
    if (change) ledger.note(change);
  }
  if (anyTold && poll.listed) {
    // A ballot that another body's member cast just so, or one that could be exchanged unseen, points to nobody.
    for (const one of voices.keys()) {
      const elsewhere = [...voices.keys()].find(
        (other) =>
          witnesses.bodyOf[other] !== witnesses.bodyOf[one] && witnesses.sameRows(witnesses.exchange([one], [other])),
      );
      if (elsewhere !== undefined) ledger.voters.add(one);
    }
    const settled = (): boolean => open().length === 0 && ledger.voters.size === voices.length;
    if (!settled()) noteExchanges(witnesses, ledger, settled);
    if (ledger.voters.size < voices.length) return Array.from({ length: optionCount }, (_, option) => option);
  }
  return [...new Set(open().map((need) => need.option))];
}

/**
 * Whether the order by organisations, told beside the rows, leaves open what the people of every small organisation said:
 * an organisation of one person has its whole vote in that order.
 */
export function orderIsSafe(poll: Poll, hidden: Hidden, effort: Effort): boolean {
  const { bodies } = poll;
  const small = bodies.flatMap((body, at) => (body.members.length < SMALL ? [at] : []));
  if (bodies.length < 2 || small.length === 0) return true;
  const witnesses = new Witnesses(poll, hidden, effort);
  return openQuestions(poll).every((option) =>
    small.every((body) => witnesses.find(witnesses.bodyOf, body, option, true) !== null),
  );
}
