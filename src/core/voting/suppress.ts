/**
 * Which figures by organisation may be told. Small cells are hidden; so is whatever would let somebody subtract to them;
 * and at the end every hidden figure must have another value that fits all that is published (proof.ts), or more is
 * hidden, up to all rows. It fails closed: what is not proved safe is not told.
 */
import { SMALL, type Body, type Row } from './bodies.ts';
import type { Compare } from './count.ts';
import { sum, type Voice } from './voice.ts';
import { orderIsSafe, unprovenOptions } from './proof.ts';
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

/** Comparisons that one search may cost: a good part of a second on a small machine, once, at the close. */
const EFFORT = 1_500_000;

/** Each pass hides more lines and costs one search; a table not proved safe by then is withheld. */
const PASSES = 8;

const isSmall = (people: number, of: number): boolean => people < SMALL || people >= of;

/** 0, 'all' and anything under 3 inside a row; for consent those who object count as people too. */
export function isSmallCell(
  method: Method,
  voices: readonly Voice[],
  members: readonly number[],
  option: number,
): boolean {
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
    return (
      those.length > 0 && (those.length < 2 || people === 0 || people === sum(those.map((row) => sizes[row] ?? 0)))
    );
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

/** The first guess, with more lines hidden until every hidden figure is proved safe; null where that would hide them all. */
function provedByHiding(poll: Poll): boolean[][] | null {
  const hidden = firstGuess(poll);
  const effort = { left: EFFORT };
  for (let pass = 0; pass < PASSES && hidden.some((line) => line.includes(false)); pass++) {
    const unproven = unprovenOptions(poll, hidden, effort);
    if (unproven.length === 0) return hidden;
    // Lines once hidden stay so; an option that cannot be proved although it is all hidden will not be by hiding others.
    if (unproven.every((option) => hidden.every((line) => line[option]))) return null;
    for (const option of unproven) for (const line of hidden) line[option] = true;
  }
  return null;
}

/** From nothing told, line after line from the best option down, each kept only if everything is still proved safe. */
function provedByTelling(poll: Poll): boolean[][] | null {
  const guess = firstGuess(poll);
  let hidden = nothingTold(poll);
  const effort = { left: EFFORT };
  for (const option of poll.sequence) {
    if (effort.left <= 0) break;
    if (guess.every((line) => line[option])) continue;
    const more = hidden.map((line, row) => line.map((was, at) => (at === option ? (guess[row]?.[at] ?? true) : was)));
    if (unprovenOptions(poll, more, effort).length === 0) hidden = more;
  }
  return hidden.some((line) => line.includes(false)) ? hidden : null;
}

const nothingTold = (poll: Poll): boolean[][] => poll.rows.map(() => new Array<boolean>(poll.optionCount).fill(true));

/**
 * Decides what is told of a round by organisation: rows and order; else the order alone (rule 7 wants the two orders
 * together); else the rows alone; else neither. A single row is the room itself and tells nothing more. The order may
 * show where an organisation of three and more stands as a whole, that is its purpose; never what a person said who
 * came alone or as one of two.
 */
export function suppress(poll: Poll): Told {
  const nothing = nothingTold(poll);
  const several = poll.rows.length > 1;
  const safe = (hidden: boolean[][]): boolean => orderIsSafe(poll, hidden, { left: EFFORT });
  const rows = several ? (provedByHiding(poll) ?? provedByTelling(poll)) : null;
  if (rows && safe(rows)) return { hidden: rows, withheld: false, orderTold: true };
  const orderTold = safe(nothing);
  if (rows && !orderTold) return { hidden: rows, withheld: false, orderTold };
  return { hidden: nothing, withheld: several, orderTold };
}
