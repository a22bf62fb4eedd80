/**
 * The words of the page's language, in the browser's build (scripts/vite-words.ts): each group of messages has a table
 * per language, the page's own is there before anything is shown, another one is fetched when it is chosen.
 */
import { getLocale, isLocale, type Locale } from '#messages/runtime.js';

type Table = Record<string, (inputs: object) => string>;
type Tables = Record<Locale, () => Promise<{ default: Table }>>;
type Say = (key: string, inputs: object, locale?: Locale) => string;

const groups: ((locale: Locale) => Promise<void>)[] = [];
const asked = new Map<Locale, Promise<void>>();
let arrived = (): void => undefined;

/** Whoever shows messages is told when the words of one more language came. */
export const whenWordsArrive = (tell: () => void): void => void (arrived = tell);

/** The words of a language, of every group in use; rejects where the network is away. */
export function fetchWords(locale: Locale): Promise<void> {
  const fetching = Promise.all(groups.map((group) => group(locale))).then(() => arrived());
  return fetching;
}

/** Once per language: a message was asked for in a language that is not here yet. */
function missed(locale: Locale): void {
  if (asked.has(locale)) return;
  const fetching = fetchWords(locale).catch(() => void asked.delete(locale));
  asked.set(locale, fetching);
}

export async function wordsFrom(tables: Tables): Promise<Say> {
  const here: Partial<Record<Locale, Table>> = {};
  const bring = async (locale: Locale): Promise<void> => {
    here[locale] ??= (await tables[locale]()).default;
  };
  groups.push(bring);
  const lang = document.documentElement.lang;
  const first = isLocale(lang) ? lang : 'en';
  await bring(first);
  return (key, inputs, locale = getLocale()) => {
    const table = here[locale];
    if (!table) missed(locale);
    return (table ?? here[first])?.[key]?.(inputs) ?? key;
  };
}
