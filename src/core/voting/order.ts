/**
 * The order in which a voter sees the options: random from voter to voter, so that nothing profits from standing first,
 * and stable for each of them. It hides nothing: whoever knows the seed knows the order.
 */

/** 128 bits from a string: four rounds of FNV-1a (Fowler, Noll, Vo 1991) from different offsets, mixed as in MurmurHash3. */
function hash(seed: string): [number, number, number, number] {
  const lane = (offset: number): number => {
    let h = offset;
    for (let at = 0; at < seed.length; at++) h = Math.imul(h ^ seed.charCodeAt(at), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  };
  return [lane(0x811c9dc5), lane(0x9e3779b9), lane(0x243f6a88), lane(0xb7e15162)];
}

/** Whole 32-bit numbers from a seed: sfc32, "Small Fast Counting" (Chris Doty-Humphrey, PractRand). */
export function generator(seed: string): () => number {
  let [a, b, c, counter] = hash(seed);
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return next;
}

/** The Fisher-Yates shuffle (Durstenfeld, CACM 7/1964) of the ids in their alphabetical order; the input order plays no part. */
export function optionOrder(optionIds: readonly string[], seed: string): readonly string[] {
  const next = generator(seed);
  const order = [...optionIds].sort();
  for (let last = order.length - 1; last > 0; last--) {
    const pick = next() % (last + 1);
    const held = order[last] as string;
    order[last] = order[pick] as string;
    order[pick] = held;
  }
  return order;
}
