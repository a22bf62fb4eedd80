/**
 * A round in the reader's language: its title and the texts of its options where they were translated, else as they were
 * written. A vote belongs to the option, so ids, figures and order are never touched.
 */
import type { Language } from '../people/caller.ts';

type Texts = Readonly<Partial<Record<Language, string>>>;

/** Translations of one round; what has none is not in it. */
export interface RoundWords {
  readonly titles: Texts;
  /** By option. */
  readonly texts: Readonly<Record<string, Texts>>;
}

interface Worded {
  readonly title: string;
  readonly words?: RoundWords | undefined;
  readonly options?: readonly { readonly id: string; readonly text: string }[] | undefined;
  readonly result: { readonly options: readonly { readonly id: string; readonly text: string }[] } | null;
}

export function roundTitle({ title, words }: Pick<Worded, 'title' | 'words'>, language: Language): string {
  return words?.titles[language] ?? title;
}

/** The same round, to be read in a language; itself where nothing is translated. */
export function roundIn<T extends Worded>(round: T, language: Language): T {
  const { words } = round;
  if (!words) return round;
  const inWords = <O extends { readonly id: string; readonly text: string }>(option: O): O => {
    const text = words.texts[option.id]?.[language];
    return text === undefined ? option : { ...option, text };
  };
  return {
    ...round,
    title: roundTitle(round, language),
    ...(round.options && { options: round.options.map(inWords) }),
    result: round.result && { ...round.result, options: round.result.options.map(inWords) },
  };
}
