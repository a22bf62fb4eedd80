/** A name that may exist in some languages only: the wanted one, or the first there is. */
import type { Language } from '#core/people/caller.ts';

export type SomeWords = Readonly<Partial<Record<Language, string>>>;

export function wordsIn(words: SomeWords, language: Language): string {
  return words[language] ?? words.ru ?? words.ky ?? words.en ?? '';
}
