/** Verdicts: what the room said, where it disagrees, and the usual four choices in three languages. */
import { describe, expect, it } from 'vitest';
import { checkCause, checkEvidence, judge, verdictName, VERDICTS } from '#core/templates/verdicts.ts';
import { m } from '#messages/messages.js';

const choices = ['done', 'partly', 'not', '?'];
const of = (done: number, partly: number, not: number, unknown: number) =>
  judge({ done, partly, not, '?': unknown, '-': 3 }, choices);

describe('verdicts', () => {
  it('[S82] what most of those who know said leads; several where they are even; "don\'t know" only where nobody knew', () => {
    expect(of(5, 1, 1, 9).leading).toEqual(['done']);
    expect(of(2, 2, 0, 9).leading).toEqual(['done', 'partly']);
    expect(of(0, 0, 0, 4).leading).toEqual(['?']);
    expect(of(0, 0, 0, 0)).toEqual({
      counts: choices.map((choice) => ({ choice, count: 0 })),
      leading: [],
      disputed: false,
    });
    expect(judge({ yes: 1, no: 4 }, ['yes', 'no']).leading).toEqual(['no']);
  });

  it('[S82] the room disagrees below two thirds of one mind; who does not know and a single answer disagree with nobody', () => {
    expect(
      [of(4, 2, 0, 0), of(3, 2, 0, 9), of(2, 2, 2, 0), of(1, 0, 0, 20), of(0, 0, 6, 6), of(1, 1, 0, 0)].map(
        ({ disputed }) => disputed,
      ),
    ).toEqual([false, true, true, false, false, true]);
  });

  it('[S82] the usual choices are read in the language of the reader, others as they were written', () => {
    expect(verdictName('не выполнено', 'ky')).toBe('Аткарылган жок');
    expect(verdictName('Отложено', 'ky')).toBe('Отложено');
    for (const locale of ['ky', 'ru', 'en'] as const)
      expect(m.lead_choices_default({}, { locale }).split('\n')).toEqual(VERDICTS.map((words) => words[locale]));
  });

  it('[S83] evidence is an address of the web, a cause is at most a thousand characters', () => {
    const fine = (link: string) => checkEvidence(link).ok;
    expect(['', ' https://stat.kg/ru ', 'http://192.168.0.4/a?b'].map(fine)).toEqual([true, true, true]);
    expect(
      ['javascript:alert(1)', 'отчёт.docx', 'https://', 'https://a b', `https://${'a'.repeat(3000)}`].map(fine),
    ).toEqual([false, false, false, false, false]);
    expect([checkCause('x'.repeat(1000)).ok, checkCause('x'.repeat(1001)).ok]).toEqual([true, false]);
  });
});
