/**
 * The proof behind a hidden figure: another room in which everything published is the same and the hidden figure is not.
 * It is found by letting two people of different organisations swap their ballots (or, where ballots are not published,
 * their answers on one or two options). No such room found within the effort allowed counts as none.
 */
import { organisationOrder, organisationVote, type OrganisationVote } from './organisations.ts';
import { sum, type Voice } from './voice.ts';
import type { Poll } from './suppress.ts';

/** Comparisons that one round may cost; a room of 1,000 with 50 organisations stays below it, and the close below a second. */
const EFFORT = 20_000_000;

/** Two people who swap: whole ballots, or only the options named. */
interface Swap {
  readonly one: number;
  readonly other: number;
  readonly options: readonly number[] | null;
}

const without = (voice: Voice): boolean => voice.source !== 'device';

class OutOfEffort extends Error {}

class Search {
  readonly poll: Poll;
  readonly hidden: readonly (readonly boolean[])[];
  readonly bodyOf: readonly number[];
  readonly rowOf: readonly number[];
  readonly votes: readonly OrganisationVote[];
  readonly keepsOrder: boolean;
  effort = 0;

  constructor(poll: Poll, hidden: readonly (readonly boolean[])[], keepsOrder: boolean) {
    this.poll = poll;
    this.hidden = hidden;
    this.keepsOrder = keepsOrder;
    const bodyOf: number[] = [];
    const rowOf: number[] = [];
    poll.bodies.forEach((body, at) => body.members.forEach((member) => (bodyOf[member] = at)));
    poll.rows.forEach((row, at) => row.members.forEach((member) => (rowOf[member] = at)));
    this.bodyOf = bodyOf;
    this.rowOf = rowOf;
    this.votes = poll.bodies.map((body) => this.vote(body.members.map((member) => this.voice(member))));
  }

  voice(member: number): Voice {
    const voice = this.poll.voices[member];
    if (!voice) throw new RangeError('a member without a voice');
    return voice;
  }

  vote(members: readonly Voice[]): OrganisationVote {
    return organisationVote(this.poll.method, members, this.poll.optionCount);
  }

  spend(steps: number): void {
    this.effort += steps;
    if (this.effort > EFFORT) throw new OutOfEffort();
  }

  /** Whether no published cell of the two rows, and no figure of the desk, moves when the two swap `option`. */
  unseen(one: number, other: number, option: number): boolean {
    const [a, b] = [this.voice(one), this.voice(other)];
    if (a.gives[option] === b.gives[option] && a.supports[option] === b.supports[option]) return true;
    if (this.poll.deskTold[option] && without(a) !== without(b)) return false;
    const [rowA, rowB] = [this.rowOf[one] ?? 0, this.rowOf[other] ?? 0];
    return rowA === rowB || (this.hidden[rowA]?.[option] === true && this.hidden[rowB]?.[option] === true);
  }

  wholeSwap(one: number, other: number): Swap | null {
    for (let option = 0; option < this.poll.optionCount; option++) {
      this.spend(1);
      if (!this.unseen(one, other, option)) return null;
    }
    return { one, other, options: null };
  }

  /** Swaps answers on `option` alone, or on it and one more that evens out the dots. Only where ballots stay unknown. */
  partSwap(one: number, other: number, option: number): Swap | null {
    const { method, listed, optionCount } = this.poll;
    const [a, b] = [this.voice(one), this.voice(other)];
    if (listed || method.kind === 'ranking' || a.abstains || b.abstains || !this.unseen(one, other, option)) return null;
    if (method.kind !== 'dots') return { one, other, options: [option] };
    const [spentA, spentB] = [sum(a.gives), sum(b.gives)];
    const fits = (options: readonly number[]): boolean => {
      const moved = sum(options.map((each) => (b.gives[each] ?? 0) - (a.gives[each] ?? 0)));
      return spentA + moved <= method.budget && spentB - moved <= method.budget;
    };
    this.spend(optionCount);
    if (fits([option])) return { one, other, options: [option] };
    for (let second = 0; second < optionCount; second++) {
      this.spend(1);
      if (second !== option && fits([option, second]) && this.unseen(one, other, second))
        return { one, other, options: [option, second] };
    }
    return null;
  }

  /** What a member would say after the swap. */
  after(mine: Voice, theirs: Voice, options: readonly number[] | null): Voice {
    if (options === null) return { ...theirs, organisationId: mine.organisationId };
    const [gives, answers, supports] = [[...mine.gives], [...mine.answers], [...mine.supports]];
    for (const option of options) {
      gives[option] = theirs.gives[option] ?? 0;
      answers[option] = theirs.answers[option] ?? false;
      supports[option] = theirs.supports[option] ?? false;
    }
    return { ...mine, gives, answers, supports };
  }

  /** Whether the order by organisations, as published, stays the same. */
  sameOrder({ one, other, options }: Swap): boolean {
    if (!this.keepsOrder) return true;
    const { poll } = this;
    const [a, b] = [this.voice(one), this.voice(other)];
    const changed = new Map([
      [one, this.after(a, b, options)],
      [other, this.after(b, a, options)],
    ]);
    const touched = [this.bodyOf[one], this.bodyOf[other]];
    const votes = poll.bodies.map((body, at) => {
      if (!touched.includes(at)) return this.votes[at] ?? [];
      this.spend(body.members.length * poll.optionCount);
      return this.vote(body.members.map((member) => changed.get(member) ?? this.voice(member)));
    });
    const real = votes.filter((_, at) => poll.bodies[at]?.id !== null);
    this.spend(poll.optionCount ** 2);
    const order = organisationOrder(poll.method, real, poll.sequence, poll.byPerson);
    const same = (x: readonly number[], y: readonly number[]): boolean => x.every((value, at) => value === y[at]);
    const { sequence, flips } = poll.order;
    return same(order.sequence, sequence) && order.flips.length === flips.length && same(order.flips, flips);
  }

  /** A swap that changes how many of `group` support the option (`groupOf` says who is in which), all published figures the same. */
  find(groupOf: readonly number[], group: number, option: number): Swap | null {
    const { voices } = this.poll;
    for (let one = 0; one < voices.length; one++) {
      if (groupOf[one] !== group) continue;
      for (let other = 0; other < voices.length; other++) {
        this.spend(1);
        if (groupOf[other] === group || this.voice(one).supports[option] === this.voice(other).supports[option]) continue;
        for (const swap of [this.wholeSwap(one, other), this.partSwap(one, other, option)])
          if (swap && this.sameOrder(swap)) return swap;
      }
    }
    return null;
  }

  /** Whether somebody of another organisation could have cast this very ballot. */
  couldBeElsewhere(one: number): boolean {
    return this.poll.voices.some((_, other) => {
      if (this.bodyOf[other] === this.bodyOf[one]) return false;
      const swap = this.wholeSwap(one, other);
      return swap !== null && this.sameOrder(swap);
    });
  }
}

/** Options on which some hidden figure could be worked out from what is published; empty: nothing can. */
export function unprovenOptions(
  poll: Poll,
  hidden: readonly (readonly boolean[])[],
  keepsOrder: boolean,
): readonly number[] {
  const { bodies, rows, voices, optionCount } = poll;
  if (bodies.length < 2) return [];
  const everyOption = Array.from({ length: optionCount }, (_, option) => option);
  const search = new Search(poll, hidden, keepsOrder);
  const proven = new Set<string>();
  const unproven = new Set<number>();

  const prove = (kind: 'body' | 'row', groupOf: readonly number[], group: number, option: number): void => {
    if (unproven.has(option) || proven.has(`${kind} ${group} ${option}`)) return;
    const swap = search.find(groupOf, group, option);
    if (!swap) return void unproven.add(option);
    const { one, other, options } = swap;
    for (const each of options ?? everyOption) {
      if (voices[one]?.supports[each] === voices[other]?.supports[each]) continue;
      for (const member of [one, other]) {
        proven.add(`body ${search.bodyOf[member]} ${each}`);
        if (search.rowOf[one] !== search.rowOf[other]) proven.add(`row ${search.rowOf[member]} ${each}`);
      }
    }
  };

  try {
    for (const option of everyOption) {
      const supporters = voices.filter((voice) => voice.supports[option]).length;
      // Nobody or everybody in the room: the room's total, which is never suppressed, says so by itself.
      if (supporters === 0 || supporters === voices.length) continue;
      rows.forEach((row, at) => {
        const told = hidden[at]?.[option] === false;
        if (!told && rows.length > 1) prove('row', search.rowOf, at, option);
        if (told && row.bodies.length === 1) return;
        for (const body of row.bodies) prove('body', search.bodyOf, bodies.indexOf(body), option);
      });
    }
    const anyTold = hidden.some((line) => line.includes(false));
    if (poll.listed && anyTold && !voices.every((_, voice) => search.couldBeElsewhere(voice))) return everyOption;
  } catch (error) {
    if (error instanceof OutOfEffort) return everyOption;
    throw error;
  }
  return [...unproven];
}
