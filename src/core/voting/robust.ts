/**
 * Whether a result hangs on its counting rule: the set it keeps must survive counting people instead of dots, places
 * instead of amounts, and the absence of any one organisation. One word on the card, robust or fragile, for a room that
 * will be asked "and if you had counted differently?".
 */
import { countVoices, standing, type Compare } from './count.ts';
import { pairwise, schulzeRanks } from './ranking.ts';
import type { Order } from './ties.ts';
import { topSize, type Voice } from './voice.ts';
import type { Method } from './types.ts';

/** Half Borda points of one ballot that gave amounts: two for each option it gave less, one for each it gave the same. */
function placesOf(gives: readonly number[]): readonly number[] {
  const sorted = [...gives].sort((a, b) => a - b);
  const below = new Map<number, number>();
  const equal = new Map<number, number>();
  sorted.forEach((give, at) => {
    if (!below.has(give)) below.set(give, at);
    equal.set(give, (equal.get(give) ?? 0) + 1);
  });
  return gives.map((give) => 2 * (below.get(give) ?? 0) + (equal.get(give) ?? 1) - 1);
}

const byPoints =
  (points: readonly number[]): Compare =>
  (a, b) =>
    (points[b] ?? 0) - (points[a] ?? 0);

function byPlaces(voices: readonly Voice[], optionCount: number): Compare {
  const points = new Array<number>(optionCount).fill(0);
  for (const voice of voices) {
    // What a ballot leaves unscored stands below all that it scored.
    const amounts = voice.gives.map((give, option) => (voice.answers[option] ? give : Number.NEGATIVE_INFINITY));
    placesOf(amounts).forEach((place, option) => (points[option] = (points[option] ?? 0) + place));
  }
  return byPoints(points);
}

/** Schulze ranks of ranked ballots, by option. */
export function schulzeOf(voices: readonly Voice[], ids: readonly string[]): readonly number[] {
  const index = new Map(ids.map((id, option) => [id, option]));
  const rankings = voices.flatMap(({ ballot }) =>
    ballot.kind === 'ranking'
      ? [ballot.ranking.map((id) => index.get(id)).filter((option) => option !== undefined)]
      : [],
  );
  return schulzeRanks(pairwise(rankings, ids.length));
}

/** The counts of the same ballots without each one of the organisations in turn. */
function withoutEach(method: Method, voices: readonly Voice[], optionCount: number): Compare[] {
  const organisations = new Set(voices.map((voice) => voice.organisationId).filter((id) => id !== null));
  return [...organisations].flatMap((id) => {
    const rest = voices.filter((voice) => voice.organisationId !== id);
    return rest.length === 0 ? [] : [standing(method, countVoices(rest, optionCount))];
  });
}

/**
 * true: the kept set (the cut, or the best third where there is none) survives every other count, that is, nothing left
 * out would stand strictly above anything kept. false: some count would change it, or it is tied at its edge. null:
 * fewer than three ballots, nothing given, or nothing to leave out.
 */
export function isRobust(
  method: Method,
  voices: readonly Voice[],
  order: Order,
  cut: number | null,
  schulze: readonly number[] | null,
): boolean | null {
  const counted = voices.filter((voice) => !voice.abstains);
  const { sequence, ranks } = order;
  const size = topSize(sequence.length, cut);
  const said = counted.some(
    (voice) => voice.answers.includes(true) && (method.kind !== 'dots' || voice.supports.includes(true)),
  );
  if (counted.length < 3 || size >= sequence.length || !said) return null;
  const kept = sequence.slice(0, size);
  const left = sequence.slice(size);
  if (ranks[kept.at(-1) ?? 0] === ranks[left[0] ?? 0]) return false;

  const supporters = countVoices(counted, sequence.length).supporters;
  const others: Compare[] = [byPoints(supporters)]; // approval; for dots it is also what a cap of 1 would give
  if (method.kind === 'dots' || method.kind === 'score') others.push(byPlaces(counted, sequence.length));
  if (schulze) others.push((a, b) => (schulze[a] ?? 0) - (schulze[b] ?? 0));
  others.push(...withoutEach(method, counted, sequence.length));
  return others.every((compare) => {
    const weakest = kept.reduce((worst, option) => (compare(option, worst) > 0 ? option : worst));
    return left.every((option) => compare(option, weakest) >= 0);
  });
}
