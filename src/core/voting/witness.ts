/**
 * Other rooms that look the same from outside: people of different organisations swap their ballots (or, where ballots
 * are not published, answers on one or two options), and every published figure must stay as it is. Such a room is the
 * witness that a hidden figure could have been another (proof.ts).
 */
import { generator } from './order.ts';
import { organisationOrder, organisationVote, type OrganisationVote } from './organisations.ts';
import { sum, type Voice } from './voice.ts';
import type { Poll } from './suppress.ts';

/** Who says what instead, by index of voice. */
export type Change = ReadonlyMap<number, Voice>;

/** Comparisons that may still be made: a search that runs out has found nothing. */
export interface Effort {
  left: number;
}

export class Witnesses {
  readonly poll: Poll;
  readonly bodyOf: readonly number[];
  readonly rowOf: readonly number[];
  private readonly hidden: readonly (readonly boolean[])[];
  private readonly votes: readonly OrganisationVote[];
  private readonly toldOptions: readonly number[];
  private readonly effort: Effort;

  constructor(poll: Poll, hidden: readonly (readonly boolean[])[], effort: Effort) {
    const bodyOf: number[] = [];
    const rowOf: number[] = [];
    poll.bodies.forEach((body, at) => body.members.forEach((member) => (bodyOf[member] = at)));
    poll.rows.forEach((row, at) => row.members.forEach((member) => (rowOf[member] = at)));
    this.poll = poll;
    this.hidden = hidden;
    this.effort = effort;
    this.bodyOf = bodyOf;
    this.rowOf = rowOf;
    this.votes = poll.bodies.map((body) => this.vote(body.members.map((member) => this.voice(member))));
    const told = (option: number): boolean => poll.deskTold[option] === true || hidden.some((row) => !row[option]);
    this.toldOptions = Array.from({ length: poll.optionCount }, (_, option) => option).filter(told);
  }

  voice(member: number): Voice {
    const voice = this.poll.voices[member];
    if (!voice) throw new RangeError('a member without a voice');
    return voice;
  }

  private vote(members: readonly Voice[]): OrganisationVote {
    return organisationVote(this.poll.method, members, this.poll.optionCount);
  }

  /** Takes from the effort; false once it is used up. */
  spend(steps: number): boolean {
    this.effort.left -= steps;
    return this.effort.left > 0;
  }

  isTold(member: number, option: number): boolean {
    return this.hidden[this.rowOf[member] ?? 0]?.[option] === false;
  }

  /** The ballots of two groups of people change hands, one by one. */
  exchange(some: readonly number[], others: readonly number[]): Change {
    const takes = (mine: number, theirs: number): [number, Voice] => {
      const { organisationId, source } = this.voice(mine);
      return [mine, { ...this.voice(theirs), organisationId, source }];
    };
    return new Map(
      some.flatMap((one, at) => {
        const other = others[at];
        return other === undefined ? [] : [takes(one, other), takes(other, one)];
      }),
    );
  }

  /** Swaps answers on `option`, alone or with one more that evens out the dots; only where ballots stay unknown. */
  exchangeAnswers(one: number, other: number, option: number): Change | null {
    const { method, listed } = this.poll;
    if (listed || ((this.isTold(one, option) || this.isTold(other, option)) && this.rowOf[one] !== this.rowOf[other]))
      return null;
    const [a, b] = [this.voice(one), this.voice(other)];
    if (method.kind === 'ranking' || a.abstains || b.abstains) return null;
    this.spend(a.gives.length);
    const spent = [sum(a.gives), sum(b.gives)] as const;
    const fits = (options: readonly number[]): boolean => {
      if (method.kind !== 'dots') return true;
      const moved = sum(options.map((each) => (b.gives[each] ?? 0) - (a.gives[each] ?? 0)));
      return spent[0] + moved <= method.budget && spent[1] - moved <= method.budget;
    };
    const free = (each: number): boolean => {
      const told = this.isTold(one, each) || this.isTold(other, each);
      return this.spend(1) && !(told && this.rowOf[one] !== this.rowOf[other]) && each !== option;
    };
    const singles = fits([option]) ? [option] : null;
    const second = singles ? undefined : Array.from(a.gives.keys()).find((each) => fits([option, each]) && free(each));
    const options = singles ?? (second === undefined ? null : [option, second]);
    if (!options) return null;
    const merged = (mine: Voice, theirs: Voice): Voice => {
      const [gives, answers, supports] = [[...mine.gives], [...mine.answers], [...mine.supports]];
      for (const each of options) {
        gives[each] = theirs.gives[each] ?? 0;
        answers[each] = theirs.answers[each] ?? false;
        supports[each] = theirs.supports[each] ?? false;
      }
      return { ...mine, gives, answers, supports };
    };
    return new Map([
      [one, merged(a, b)],
      [other, merged(b, a)],
    ]);
  }

  /** A change by two to four chance swaps, the first of which is given. */
  wander(one: number, other: number, pick: (n: number) => number): Change {
    const stands = new Map<number, number>();
    const at = (member: number): number => stands.get(member) ?? member;
    const swap = (a: number, b: number): void => {
      const [x, y] = [at(a), at(b)];
      stands.set(a, y).set(b, x);
    };
    swap(one, other);
    const people = this.poll.voices.length;
    for (let more = 1 + pick(3); more > 0; more--) swap(pick(people), pick(people));
    return new Map(
      [...stands].map(([mine, theirs]) => {
        const { organisationId, source } = this.voice(mine);
        return [mine, { ...this.voice(theirs), organisationId, source }];
      }),
    );
  }

  /** The same as `sameRows` of two people's exchange, without building it: nearly every pair fails, and fails early. */
  unseen(one: number, other: number): boolean {
    const [a, b] = [this.voice(one), this.voice(other)];
    const together = this.rowOf[one] === this.rowOf[other];
    const sameDoor = (a.source === 'device') === (b.source === 'device');
    for (const option of this.toldOptions) {
      if (!this.spend(1)) return false;
      if (a.gives[option] === b.gives[option] && a.supports[option] === b.supports[option]) continue;
      if (this.poll.deskTold[option] && !sameDoor) return false;
      if (!together && (this.isTold(one, option) || this.isTold(other, option))) return false;
    }
    return true;
  }

  /** Whether the published rows and the desk's figures stay the same. */
  sameRows(change: Change): boolean {
    for (const option of this.toldOptions) {
      if (!this.spend(change.size)) return false;
      const moved = new Map<number | 'desk', [number, number]>();
      for (const [member, voice] of change) {
        const was = this.voice(member);
        const dots = (voice.gives[option] ?? 0) - (was.gives[option] ?? 0);
        const people = Number(voice.supports[option]) - Number(was.supports[option]);
        if (dots === 0 && people === 0) continue;
        const places: (number | 'desk')[] = this.isTold(member, option) ? [this.rowOf[member] ?? 0] : [];
        if (this.poll.deskTold[option] && was.source !== 'device') places.push('desk');
        for (const place of places) {
          const [d, p] = moved.get(place) ?? [0, 0];
          moved.set(place, [d + dots, p + people]);
        }
      }
      for (const [dots, people] of moved.values()) if (dots !== 0 || people !== 0) return false;
    }
    return true;
  }

  /** Whether the order by organisations, as published, stays the same. */
  sameOrder(change: Change): boolean {
    const { poll } = this;
    const touched = new Set([...change.keys()].map((member) => this.bodyOf[member]));
    const votes = poll.bodies.flatMap((body, at) => {
      if (body.id === null) return [];
      if (!touched.has(at)) return [this.votes[at] ?? []];
      this.spend(body.members.length * poll.optionCount);
      return [this.vote(body.members.map((member) => change.get(member) ?? this.voice(member)))];
    });
    if (!this.spend(poll.optionCount ** 2)) return false;
    const { sequence, flips } = organisationOrder(poll.method, votes, poll.sequence, poll.byPerson);
    const same = (x: readonly number[], y: readonly number[]): boolean =>
      x.length === y.length && x.every((value, at) => value === y[at]);
    return same(sequence, poll.order.sequence) && same(flips, poll.order.flips);
  }

  /** By how many supporters of `option` a group (of bodies or rows) changes. */
  moves(change: Change, groupOf: readonly number[], group: number, option: number): number {
    let moved = 0;
    for (const [member, now] of change)
      if (groupOf[member] === group)
        moved += Number(now.supports[option]) - Number(this.voice(member).supports[option]);
    return moved;
  }

  /** A change, rows the same (and the order too where it is told), that moves the supporters of `option` in one group. */
  find(groupOf: readonly number[], group: number, option: number, keepsOrder: boolean): Change | null {
    const { voices } = this.poll;
    if (!this.spend(voices.length)) return null;
    const everybody = [...voices.keys()];
    const differ = (one: number, other: number): boolean =>
      groupOf[other] !== group && voices[one]?.supports[option] !== voices[other]?.supports[option];
    const mine = everybody.filter((member) => groupOf[member] === group);
    for (const one of mine)
      for (const other of everybody) {
        if (!this.spend(1)) return null;
        if (!differ(one, other)) continue;
        const whole = this.unseen(one, other) ? this.exchange([one], [other]) : null;
        if (whole && (!keepsOrder || this.sameOrder(whole))) return whole;
        const part = this.exchangeAnswers(one, other, option);
        if (part && this.sameRows(part) && (!keepsOrder || this.sameOrder(part))) return part;
      }
    if (!keepsOrder) return null;
    // One person's swap often turns the order; a few more swaps elsewhere turn it back.
    const pick = generator(`${group} ${option}`);
    const among = (n: number): number => pick() % n;
    for (let attempt = 0; attempt < 400; attempt++) {
      const [one, other] = [mine[among(mine.length)] ?? 0, among(voices.length)];
      const change = this.wander(one, other, among);
      if (!this.spend(change.size)) return null;
      if (this.moves(change, groupOf, group, option) === 0) continue;
      if (this.sameRows(change) && this.sameOrder(change)) return change;
    }
    return null;
  }
}
