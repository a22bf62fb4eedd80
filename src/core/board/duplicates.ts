/**
 * Notes that may say the same: words whatever their endings, in any order, with ң ө ү folded. Only suggested; whether they
 * belong together is a person's decision, and their texts stay as they were.
 */
import { fold } from '../people/names.ts';

/** Letters that two forms of a word share at least, and their part of the longer one: the rest is endings, in any language. */
const SHORTEST_ROOT = 4;
const ROOT_SHARE = 0.6;
/** Words that carry nothing: they would make strangers alike. */
const EMPTY = new Set(
  'и в во на с со к по о об из за для не нет от до при или а но же бы the a an of to in on and or for with is are not no жана менен учун да бул бар жок'.split(
    ' ',
  ),
);
/** Shared words among all words of both: 3 of 5 are alike, 1 of 2 are not. */
const ALIKE = 0.6;

/** What a text is about: its words, folded, once each, without small ones. */
export function wordsOf(text: string): readonly string[] {
  const words = [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
  const full = words.filter((word) => !EMPTY.has(word));
  return full.length > 0 ? full : words;
}

/** Whether two words are forms of one: кадрлардын and кадрлар, муниципалитетах and муниципалитета. */
export function sameRoot(one: string, other: string): boolean {
  if (one === other) return true;
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared += 1;
  return shared >= SHORTEST_ROOT && shared >= ROOT_SHARE * Math.max(one.length, other.length);
}

/** Shared words among all words of both, 0 to 1. */
export function likeness(one: readonly string[], other: readonly string[]): number {
  const common = one.filter((word) => other.some((each) => sameRoot(word, each))).length;
  const all = one.length + other.length - common;
  return all === 0 ? 0 : common / all;
}

/**
 * Groups of two and more notes of one area that may say the same, in the order of the notes. Notes that stand in one group
 * already are not told again.
 */
export function suggestDuplicates(
  notes: readonly {
    readonly id: string;
    readonly at: readonly [string, number, number];
    readonly text: string;
    readonly group?: string;
  }[],
): readonly (readonly string[])[] {
  const words = notes.map(({ text }) => wordsOf(text));
  const byRoot = new Map<string, number[]>();
  const parent = notes.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] ?? at;
    return at;
  };
  for (const [index, note] of notes.entries()) {
    const mine = words[index] ?? [];
    const candidates = new Set<number>();
    for (const word of mine) {
      const key = `${note.at[0]} ${word.slice(0, SHORTEST_ROOT)}`;
      const known = byRoot.get(key) ?? [];
      for (const other of known) candidates.add(other);
      byRoot.set(key, [...known, index]);
    }
    for (const other of candidates) {
      if (other === index || (note.group !== undefined && note.group === notes[other]?.group)) continue;
      if (likeness(mine, words[other] ?? []) >= ALIKE) parent[root(index)] = root(other);
    }
  }
  const found = new Map<number, string[]>();
  for (const [index, { id }] of notes.entries()) found.set(root(index), [...(found.get(root(index)) ?? []), id]);
  return [...found.values()].filter((group) => group.length > 1);
}
