/**
 * Break-outs: the room at tables, each with a board of its own. Who sits where is decided here, and what a table's board is
 * to somebody: the one rule of visibility, asked by every door through the rights on a board.
 */
import { generator } from '../voting/order.ts';
import type { BoardRole } from './rights.ts';

/** board: each table has a copy of the whole board; zone: each has some of its areas. */
export const SPLIT_MODES = ['board', 'zone'] as const;
export type SplitMode = (typeof SPLIT_MODES)[number];

/** mixed: bodies spread over the tables; random: by lot; hand: as somebody said. */
export const SEATINGS = ['mixed', 'random', 'hand'] as const;
export type Seating = (typeof SEATINGS)[number];

/** open: people work there; closing: its notes are on their way to the plenary; back: they are there. */
export type TableState = 'open' | 'closing' | 'back';

export const MOST_TABLES = 50;
/** Fewer at a table, and what is written there without a name has a writer. */
export const FEWEST_NAMELESS = 3;

/** What a board is to somebody, as far as tables go. */
export type BoardPlace =
  /** No split concerns it. */
  | 'room'
  /** A table's board where they may work. */
  | 'table'
  /** A table's board that flowed back: to be read. */
  | 'back'
  /** The board that was split, for somebody who sits at a table that still works: to be read. */
  | 'away'
  /** Another table's board: as if it were not there. */
  | 'hidden';

/** Who leads and the secretariat visit any table; a participant their own; the projector none. */
export function placeAtTable(role: BoardRole, own: boolean, state: TableState): BoardPlace {
  if (role === 'screen' || (role === 'member' && !own)) return 'hidden';
  return state === 'open' ? 'table' : 'back';
}

/** The board that was split: whoever sits at a table that still works reads it, everybody else goes on as before. */
export function placeInPlenary(role: BoardRole, seatedAt: TableState | null): BoardPlace {
  return role === 'member' && seatedAt === 'open' ? 'away' : 'room';
}

export interface Seatable {
  readonly id: string;
  readonly organisationId: string | null;
}

function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const pick = next() % (last + 1);
    const held = order[last] as T;
    order[last] = order[pick] as T;
    order[pick] = held;
  }
  return order;
}

/**
 * The table of each person, by number. Sizes differ by one at most; mixed, so do the people of each body at each table.
 * The same people and seed give the same seats, whatever the order in which they are named.
 */
export function seatPeople(
  people: readonly Seatable[],
  tables: number,
  seating: 'mixed' | 'random',
  seed: string,
): ReadonlyMap<string, number> {
  const next = generator(seed);
  const drawn = shuffled(
    [...people].sort((a, b) => (a.id < b.id ? -1 : 1)),
    next,
  );
  const sizes = new Map<string | null, number>();
  for (const { organisationId } of people) sizes.set(organisationId, (sizes.get(organisationId) ?? 0) + 1);
  const bodies = [...sizes].sort((a, b) => b[1] - a[1] || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)).map(([id]) => id);
  const dealt =
    seating === 'random'
      ? drawn
      : bodies.flatMap((body) => drawn.filter(({ organisationId }) => organisationId === body));
  // Dealt in turn, body after body: nobody's second sits down before everybody's table has one.
  return new Map(dealt.map(({ id }, turn) => [id, turn % tables]));
}

/** The smallest of the tables that still work, the first of equals; null: none works. */
export function smallestTable(
  tables: readonly { readonly id: string; readonly state: TableState }[],
  seats: ReadonlyMap<string, string>,
): string | null {
  const counts = new Map<string, number>();
  for (const table of seats.values()) counts.set(table, (counts.get(table) ?? 0) + 1);
  const open = tables.filter(({ state }) => state === 'open');
  const fewest = Math.min(...open.map(({ id }) => counts.get(id) ?? 0));
  return open.find(({ id }) => (counts.get(id) ?? 0) === fewest)?.id ?? null;
}
