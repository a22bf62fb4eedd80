/** The simulator before the opening. */
import { describe, expect, test } from 'vitest';
import { forecast } from '#core/voting/simulator.ts';

const texts = [
  'Мало средств у муниципалитетов',
  'Мало средств у муниципалитета',
  'Отток кадров',
  'Нет данных',
  'Жол начар',
  'Суу жок',
];
const options = texts.map((text, n) => ({ id: `n${n}`, text }));
const dots = (budget: number) => ({ kind: 'dots' as const, budget, perOption: 1 });

describe('[V95] before the opening', () => {
  test('[V95] the dots of the room are told, against the suggestion', () => {
    expect(forecast({ method: dots(2), options, roll: 9, quorum: null }).dots).toEqual({
      ...{ budget: 2, suggested: { budget: 2, perOption: 1 }, all: 18, perOption: 3, enough: 'fits' },
    });
    expect(forecast({ method: dots(5), options, roll: 9, quorum: null }).dots?.enough).toBe('many');
    expect(forecast({ method: dots(1), options, roll: 5, quorum: null }).dots?.enough).toBe('few');
    expect(forecast({ method: { kind: 'ranking' }, options, roll: 5, quorum: null }).dots).toBeNull();
  });

  test('[V95] near-duplicates are named with what they would take from each other; folded letters are alike', () => {
    const { splitting } = forecast({ method: dots(2), options, roll: 10, quorum: null });
    expect(splitting).toEqual([{ optionIds: ['n0', 'n1'], asOne: 4, each: 2 }]);
    const kyrgyz = [
      { id: 'a', text: 'Күчтүү өкүлчүлүк' },
      { id: 'b', text: 'кучтуу окулчулук' },
      { id: 'c', text: 'Өкүм' },
    ];
    expect(forecast({ method: { kind: 'consent' }, options: kyrgyz, roll: 10, quorum: null }).splitting).toEqual([
      { optionIds: ['a', 'b'], asOne: null, each: null },
    ]);
    const same = Array.from({ length: 500 }, (_, n) => ({ id: `n${n}`, text: 'то же самое' }));
    expect(forecast({ method: dots(1), options: same, roll: 5, quorum: null }).splitting[0]?.optionIds).toHaveLength(
      500,
    );
  });

  test('[V95] a quorum is told in people', () => {
    const people = (quorum: number | null, roll: number) => forecast({ method: dots(2), options, roll, quorum }).quorum;
    expect(people(0.5, 9)).toEqual({ needed: 5, mayMiss: 4 });
    expect(people(0.1, 10)).toEqual({ needed: 1, mayMiss: 9 });
    expect(people(1, 9)).toEqual({ needed: 9, mayMiss: 0 });
    expect([people(null, 9), people(0, 9)]).toEqual([null, null]);
    expect(people(0.5, 0)).toEqual({ needed: 0, mayMiss: 0 });
    expect(forecast({ method: dots(2), options: [], roll: 0, quorum: null })).toEqual({
      dots: null,
      splitting: [],
      quorum: null,
    });
  });
});
