/**
 * What a TOWS option may rest on: the notes and groups of every board with SWOT's quadrants, each with its place by the last
 * rating of its quadrant. A bond goes on through grouping, taking apart and moving: it is followed to what stands there now.
 */
import type { RoundResult } from '../voting/types.ts';
import type { Factor, Quadrant } from './bonds.ts';
import type { Board } from './read.ts';

export const QUADRANTS: readonly Quadrant[] = ['strengths', 'weaknesses', 'opportunities', 'threats'];
/** So many of a quadrant are its top: as many as a wall shows beside a matrix. Ties at the last place come along. */
export const TOP = 5;

/** A board's content under its id. */
export interface Source {
  readonly boardId: string;
  readonly content: Board;
}

export interface RatedFactor extends Factor {
  readonly boardId: string;
  /** Place in its quadrant by the last rating, 1 is first; null: not rated. */
  readonly rank: number | null;
  readonly top: boolean;
}

/** A bond as it was made: to a note or group, and the notes that lay in that group then. */
export interface MadeBond {
  readonly boardId: string;
  readonly itemId: string;
  readonly anchors: readonly string[];
}

interface Placed extends Factor {
  readonly boardId: string;
  readonly noteIds: readonly string[];
}

function isQuadrant(zone: string): zone is Quadrant {
  return QUADRANTS.some((quadrant) => quadrant === zone);
}

function placed({ boardId, content }: Source): Placed[] {
  const texts = new Map(content.notes.map(({ id, text }) => [id, text]));
  const named = content.groups.map(({ id, at, title, noteIds }) => ({
    ...{ id, at, noteIds },
    // A group that nobody has named speaks by its notes.
    text: title.trim() === '' ? noteIds.map((note) => texts.get(note) ?? '').join(' · ') : title,
  }));
  const alone = content.notes
    .filter(({ group }) => group === undefined)
    .map((note) => ({ ...note, noteIds: [note.id] }));
  return [...named, ...alone].flatMap(({ id, at: [zone], text, noteIds }) =>
    isQuadrant(zone) && text.trim() !== '' ? [{ id, boardId, quadrant: zone, text, noteIds }] : [],
  );
}

/** Verdicts and consent judge; only these methods put in order. */
const RATES: readonly string[] = ['dots', 'score', 'ranking'];

/** A closed round, as far as it rates. */
export interface Rating {
  readonly boardId: string;
  readonly method: string;
  readonly result: RoundResult;
  readonly options: readonly { readonly id: string; readonly noteIds: readonly string[] }[];
}

/** @param ratings closed rounds, latest first. Each quadrant goes by the latest that speaks of it. */
export function factorsOf(sources: readonly Source[], ratings: readonly Rating[]): readonly RatedFactor[] {
  const all = sources.flatMap(placed);
  const told = ratings.filter(({ method }) => RATES.includes(method));
  return QUADRANTS.flatMap((quadrant) =>
    rate(
      all.filter((factor) => factor.quadrant === quadrant),
      told,
    ),
  );
}

function rate(factors: readonly Placed[], ratings: readonly Rating[]): RatedFactor[] {
  for (const rating of ratings) {
    const places = new Map(factors.flatMap((factor) => placeIn(rating, factor)));
    if (places.size === 0) continue;
    return factors
      .map(({ noteIds: _inside, ...factor }) => {
        const place = places.get(factor.id);
        if (!place) return { ...factor, rank: null, top: false };
        const rank = 1 + [...places.values()].filter((other) => other.rank < place.rank).length;
        return { ...factor, rank, top: rank <= TOP && place.given > 0 };
      })
      .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || 0);
  }
  return factors.map(({ noteIds: _inside, ...factor }) => ({ ...factor, rank: null, top: false }));
}

/** What was rated as a note stands in a group now, or the other way round: the best place of what they share. */
function placeIn({ boardId, result, options }: Rating, factor: Placed): [string, { rank: number; given: number }][] {
  if (boardId !== factor.boardId) return [];
  const inside = new Set(
    options
      .filter(({ id, noteIds }) => id === factor.id || noteIds.some((note) => factor.noteIds.includes(note)))
      .map(({ id }) => id),
  );
  const found = result.options.filter(({ id }) => inside.has(id)).sort((a, b) => a.rank - b.rank)[0];
  return found ? [[factor.id, { rank: found.rank, given: found.dots }]] : [];
}

/** Ids of the factors that a bond leads to now: a note's group once it is grouped, a group's notes once it is taken apart. */
export function followBond(bond: MadeBond, sources: readonly Source[]): readonly string[] {
  const content = sources.find(({ boardId }) => boardId === bond.boardId)?.content;
  if (!content) return [];
  if (content.groups.some(({ id }) => id === bond.itemId)) return [bond.itemId];
  const ids = [bond.itemId, ...bond.anchors];
  return [...new Set(content.notes.flatMap(({ id, group }) => (ids.includes(id) ? [group ?? id] : [])))];
}
