/** Breaks in long Cyrillic words for large titles: what is read stays the same, and no sliver is left on a line. */
import { expect, test } from 'vitest';
import { softHyphens } from '../../src/lib/i18n/soft-hyphens.ts';

const shown = (text: string) => softHyphens(text).replaceAll('\u00ad', '-');

test('[U3] long Kyrgyz and Russian words break between syllables, never leaving fewer than three letters', () => {
  expect(shown('артыкчылыктуу')).toBe('артык-чы-лык-туу');
  expect(shown('мүмкүнчүлүктөр')).toBe('мүм-күн-чү-лүк-төр');
  expect(shown('самостоятельность')).not.toMatch(/-.{0,2}$|^.{0,2}-/);
});

test('[U3] short words, Latin words and the text itself stay as they are', () => {
  expect(shown('үмүт, өнүгүү; Strengths, opportunities')).toBe('үмүт, өнүгүү; Strengths, opportunities');
  const text = 'Жетишкендиктер, көйгөйлөр, ресурстар: 2025–2030';
  expect(softHyphens(text).replaceAll('\u00ad', '')).toBe(text);
});
