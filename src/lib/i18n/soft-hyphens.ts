/**
 * Places where a long word may break, for large titles: no browser has a Kyrgyz hyphenation dictionary, and few have the
 * Russian one. Only for text that is shown big and never copied or searched, since the marks stay in it.
 */
const LETTER = 'а-яёңөүА-ЯЁҢӨҮ';
const VOWEL = 'аеёиоуыэюяөүАЕЁИОУЫЭЮЯӨҮ';
const LONG_WORD = new RegExp(`[${LETTER}]{10,}`, 'g');
/** After a vowel and before a consonant that a vowel follows; й, ъ and ь stay with what is before them. */
const SYLLABLE = new RegExp(
  `([${VOWEL}](?:[^${VOWEL}]?|[йЙ]?[^${VOWEL}])[йъьЙЪЬ]?)(?=[^${VOWEL}йъьЙЪЬ][${VOWEL}])`,
  'g',
);
const SHORTEST_PART = 3;

/** The same text with U+00AD between the syllables of its Cyrillic words of ten letters and more. */
export function softHyphens(text: string): string {
  return text.replace(LONG_WORD, (word) =>
    word.replace(SYLLABLE, (part: string, _vowel: string, at: number) => {
      const end = at + part.length;
      return end < SHORTEST_PART || word.length - end < SHORTEST_PART ? part : `${part}\u00ad`;
    }),
  );
}
