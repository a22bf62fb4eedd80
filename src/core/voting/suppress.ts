/**
 * Which figures by organisation may be told. Small cells are hidden; so is whatever would let somebody subtract to them;
 * and at the end every hidden figure must have another value that fits all that is published (witness.ts), or more is
 * hidden, up to all rows and the order by organisations. It fails closed: what is not proved safe is not told.
 */
import { SMALL, type Body, type Row } from './bodies.ts';
import type { Compare } from './count.ts';
import { sum, type Voice } from './voice.ts';
import { unprovenOptions } from './witness.ts';
import type { OrganisationOrder } from './organisations.ts';
import type { Method } from './types.ts';

/** Everything that the secrecy of one closed round depends on. */
export interface Poll {
  readonly method: Method;
  readonly optionCount: number;
  readonly voices: readonly Voice[];
  readonly bodies: readonly Body[];
  readonly rows: readonly Row[];
  /** The anonymous ballots are published too. */
  readonly listed: boolean;
  /** By option: the figures of paper and proxy ballots are told. */
  readonly deskTold: readonly boolean[];
  readonly order: OrganisationOrder;
  /** Order by persons, which the other one is compared with. */
  readonly sequence: readonly number[];
  readonly byPerson: Compare;
}

/** What is told: by row and option whether the cell is hidden; and whether the order by organisations is told. */
export interface Told {
  readonly hidden: readonly (readonly boolean[])[];
  readonly withheld: boolean;
  readonly orderTold: boolean;
}

const isSmall = (people: number, of: number): boolean => people < SMALL || people >= of;

/** 0, 'all' and anything under 3 inside a row; for consent those who object count as people too. */
export function isSmallCell(method: Method, voices: readonly Voice[], members: readonly number[], option: number): boolean {
  const those = members.map((member) => voices[member]).filter((voice) => voice !== undefined && !voice.abstains);
  const supporters = those.filter((voice) => voice?.supports[option]).length;
  if (isSmall(supporters, those.length)) return true;
  if (method.kind !== 'consent') return false;
  const consents = sum(those.map((voice) => voice?.gives[option] ?? 0));
  return isSmall(consents, those.length) || those.length - consents < SMALL;
}

/**
 * One line of the table: the small cells, and with them more, smallest first, until at least two are hidden and their
 * sum (known from the room's total) leaves them room: neither nobody nor everybody.
 */
function hideInLine(supporters: readonly number[], sizes: readonly number[], small: readonly boolean[]): boolean[] {
  const hidden = [...small];
  const next = supporters.map((_, row) => row).sort((a, b) => (supporters[a] ?? 0) - (supporters[b] ?? 0));
  const unsafe = (): boolean => {
    const those = next.filter((row) => hidden[row]);
    const people = sum(those.map((row) => supporters[row] ?? 0));
    return those.length > 0 && (those.length < 2 || people === 0 || people === sum(those.map((row) => sizes[row] ?? 0)));
  };
  for (const row of next) {
    if (!unsafe()) break;
    hidden[row] = true;
  }
  return hidden;
}

function firstGuess(poll: Poll): boolean[][] {
  const { voices, rows, optionCount, method } = poll;
  const sizes = rows.map((row) => row.members.length);
  const lines = Array.from({ length: optionCount }, (_, option) => {
    const supporters = rows.map((row) => row.members.filter((member) => voices[member]?.supports[option]).length);
    const small = rows.map((row) => isSmallCell(method, voices, row.members, option));
    return hideInLine(supporters, sizes, small);
  });
  return rows.map((_, row) => lines.map((line) => line[row] ?? true));
}

const all = (poll: Poll): boolean[][] => poll.rows.map(() => new Array<boolean>(poll.optionCount).fill(true));

/** The first guess, with more lines hidden until every hidden figure is proved safe; null where that would hide them all. */
function provedRows(poll: Poll, keepsOrder: boolean): boolean[][] | null {
  const hidden = firstGuess(poll);
  while (hidden.some((line) => line.includes(false))) {
    const unproven = unprovenOptions(poll, hidden, keepsOrder);
    if (unproven.length === 0) return hidden;
    // Lines once hidden stay so; an option that cannot be proved although it is all hidden will not be by hiding others.
    if (unproven.every((option) => hidden.every((line) => line[option]))) return null;
    for (const option of unproven) for (const line of hidden) line[option] = true;
  }
  return null;
}

/**
 * Decides what is told of a round by organisation: rows and order; else the order alone (rule 7 wants both orders
 * together); else the rows alone; else neither. A single row is the room itself and tells nothing more.
 */
export function suppress(poll: Poll): Told {
  const nothing = poll.rows.map(() => new Array<boolean>(poll.optionCount).fill(true));
  const several = poll.rows.length > 1;
  const withOrder = several ? provedRows(poll, true) : null;
  if (withOrder) return { hidden: withOrder, withheld: false, orderTold: true };
  if (unprovenOptions(poll, nothing, true).length === 0) return { hidden: nothing, withheld: several, orderTold: true };
  const withoutOrder = several ? provedRows(poll, false) : null;
  return { hidden: withoutOrder ?? nothing, withheld: several && !withoutOrder, orderTold: false };
}
