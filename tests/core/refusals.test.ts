/** Every refusal speaks three languages: the code in core and its sentence in the catalogues may not drift apart. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REFUSALS } from '#core/result.ts';

const catalogue = (locale: string) =>
  JSON.parse(readFileSync(new URL(`../../messages/${locale}.json`, import.meta.url), 'utf8')) as Record<
    string,
    unknown
  >;
const keyOf = (code: string) => `refusal_${code.replaceAll('-', '_')}`;
const parametersOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);

/** Codes whose sentence names a figure: whoever refuses must give it. */
const PARAMETERS: Record<string, string> = {
  'note-too-long': 'limit',
  'name-too-long': 'limit',
  'title-too-long': 'limit',
  'reason-too-long': 'limit',
  'text-too-long': 'limit',
  'password-too-short': 'limit',
  'too-large': 'limit',
  'budget-exceeded': 'budget',
  'cap-exceeded': 'cap',
  'proxy-limit': 'limit',
  'decision-incomplete': 'places',
  'tables-number': 'limit',
  'table-too-small': 'limit',
  'too-many-files': 'limit',
  'format-not-available': 'formats',
  'import-malformed': 'path,problem',
};

describe.each(['ky', 'ru', 'en'])('[L1] refusals in %s', (locale) => {
  const messages = catalogue(locale);
  it.each(Object.keys(REFUSALS))('[L1] %s has its sentence', (code) => {
    const sentence = messages[keyOf(code)];
    expect(typeof sentence).toBe('string');
    expect(String(sentence)).toMatch(/^[\p{Lu}].{8,}\.$/u);
    const wanted = PARAMETERS[code];
    expect(parametersOf(String(sentence))).toEqual(wanted ? wanted.split(',') : []);
  });

  it('[L1] no sentence is left for a refusal that no longer exists', () => {
    const known = new Set(Object.keys(REFUSALS).map(keyOf));
    expect(Object.keys(messages).filter((key) => key.startsWith('refusal_') && !known.has(key))).toEqual([]);
  });
});
