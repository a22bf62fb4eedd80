/**
 * Two counts of ranked ballots that stand side by side: Borda's points, which decide the order, and Schulze's method,
 * which checks it pair by pair. A ballot may leave options out; those share the places after the ones it ranked.
 */

/**
 * Borda's count in half points (J.-C. de Borda, "Mémoire sur les élections au scrutin", Histoire de l'Académie Royale des Sciences, 1781, in the
 * tournament form): for every option that stands below, two
 * halves; for every other one equally unranked, one half. `place` counts from 0, undefined where the ballot leaves it out.
 */
export function bordaPoints(place: number | undefined, ranked: number, optionCount: number): number {
  return place === undefined ? optionCount - ranked - 1 : 2 * (optionCount - 1 - place);
}

/**
 * `wins[a][b]`: how many ballots put option a above option b. Each ranking lists option indexes, best first; what it
 * leaves out is below all that it names. Costs ballots x options squared.
 */
export function pairwise(rankings: readonly (readonly number[])[], optionCount: number): readonly number[][] {
  const wins = Array.from({ length: optionCount }, () => new Array<number>(optionCount).fill(0));
  for (const ranking of rankings) {
    const below = new Set(Array.from({ length: optionCount }, (_, option) => option));
    for (const above of ranking) {
      below.delete(above);
      const row = wins[above];
      if (row) for (const option of below) row[option] = (row[option] ?? 0) + 1;
    }
  }
  return wins;
}

/**
 * Ranks (1 is best, equals share one) by the Schulze method with winning votes: M. Schulze, "A new monotonic,
 * clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method", Social Choice and
 * Welfare 36 (2011). An option's rank is one more than the number of options that beat it by the strongest path; that
 * relation is transitive (ibid., section 4.1). Costs options cubed: half a second for 500.
 */
export function schulzeRanks(wins: readonly (readonly number[])[]): readonly number[] {
  const count = wins.length;
  const strength = wins.map((row, a) => row.map((won, b) => (won > (wins[b]?.[a] ?? 0) ? won : 0)));
  for (let via = 0; via < count; via++) {
    const onward = strength[via] ?? [];
    for (let from = 0; from < count; from++) {
      const row = strength[from] ?? [];
      const first = row[via] ?? 0;
      if (from === via || first === 0) continue;
      for (let to = 0; to < count; to++) {
        const path = Math.min(first, onward[to] ?? 0);
        if (to !== from && path > (row[to] ?? 0)) row[to] = path;
      }
    }
  }
  const beats = (a: number, b: number): boolean => (strength[a]?.[b] ?? 0) > (strength[b]?.[a] ?? 0);
  return strength.map((_, option) => 1 + strength.filter((_row, other) => beats(other, option)).length);
}
