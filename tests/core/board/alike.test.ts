/** Suggested duplicates, the trail of groups, TOWS bonds, and actions from a table. */
import { describe, expect, it } from 'vitest';
import { groupStep, noteStep } from '#core/board/audit.ts';
import { matrixOf, pairOf, type Factor } from '#core/board/bonds.ts';
import { suggestDuplicates } from '#core/board/duplicates.ts';
import type { Note } from '#core/board/schema.ts';
import { actionTexts, readActionTable } from '#core/templates/actions.ts';

const notes = (texts: readonly string[], more: Partial<Note> = {}): Note[] =>
  texts.map((text, n) => ({ id: `n${n}`, at: ['z', n, n], text, colour: 'yellow', ...more }));
const alike = (texts: readonly string[]) =>
  suggestDuplicates(notes(texts)).map((ids) => ids.map((id) => Number(id.slice(1))));

describe('[B18] notes that may say the same', () => {
  it.each([
    ['the same words in another order', ['низкие зарплаты', 'зарплаты низкие']],
    ['Russian endings', ['Нехватка кадров в муниципалитетах', 'нехватка кадров муниципалитета']],
    ['Kyrgyz endings', ['Кадрлардын жетишсиздиги', 'кадрлар жетишсиз']],
    ['letters that a phone lacks', ['Өнөктөштөр менен байланыш', 'онокто\u0448тор менен байланыш']],
    ['English endings', ['Weak local budgets', 'local budget weak']],
    ['signs and small words', ['Доверие населения!', 'доверие — населения']],
  ])('[B18] %s', (_what, texts) => {
    expect(alike(texts)).toEqual([[0, 1]]);
  });

  it('[B18] strangers are not told, nor notes of different areas, nor what stands together already', () => {
    expect(
      alike(['Опыт обучения муниципальных служащих', 'Опыт подготовки законов', 'Низкие зарплаты', '', '—']),
    ).toEqual([]);
    expect(suggestDuplicates(notes(['одно и то же', 'одно и то же'], { group: 'g' }))).toEqual([]);
    const [one, two] = notes(['одно дело', 'одно дело']) as [Note, Note];
    expect(suggestDuplicates([one, { ...two, at: ['y', 0, 0] }])).toEqual([]);
    expect(alike(['Сильная команда', 'Слабый бюджет', 'сильные команды', 'команда сильная'])).toEqual([[0, 2, 3]]);
  });
});

describe('the trail', () => {
  it('[B19] names each step of grouping by ids', () => {
    const [note] = notes(['x']) as [Note];
    expect(noteStep(note, { ...note, group: 'g' })).toEqual([{ groupId: 'g', act: 'joined', detail: 'n0' }]);
    expect(noteStep({ ...note, group: 'g' }, { ...note, group: 'h' }).map(({ act }) => act)).toEqual([
      'left',
      'joined',
    ]);
    expect(noteStep(note, { ...note, text: 'y' })).toEqual([]);
    const group = { id: 'g', at: note.at, title: '' };
    expect(groupStep(null, group)).toEqual([]);
    expect(groupStep(group, { ...group, title: 'a' })).toEqual([{ groupId: 'g', act: 'named', detail: 'a' }]);
    expect(groupStep({ ...group, title: 'a' }, null)).toEqual([{ groupId: 'g', act: 'dissolved', detail: 'a' }]);
  });
});

describe('TOWS', () => {
  const factor = (id: string, quadrant: Factor['quadrant']): Factor => ({ id, quadrant, text: id });
  const factors = [
    factor('s1', 'strengths'),
    factor('s2', 'strengths'),
    factor('w', 'weaknesses'),
    factor('o', 'opportunities'),
    factor('t', 'threats'),
  ];
  const [s1, s2, w, o, t] = factors as [Factor, Factor, Factor, Factor, Factor];

  it('[B20] an option binds one inner and one outer side, with one or more factors of each', () => {
    const pair = (...chosen: Factor[]) => {
      const made = pairOf(chosen);
      return made.ok ? made.value : made.refusal.code;
    };
    expect([pair(s1, o), pair(w, o), pair(s1, s2, t), pair(w, t)]).toEqual(['so', 'wo', 'st', 'wt']);
    for (const wrong of [[], [s1], [s1, s2], [s1, w], [o, t], [s1, w, o]])
      expect(pair(...wrong)).toBe('factors-of-two-quadrants');
  });

  it('[B20] the heat map counts options by factor, and shows what nobody used', () => {
    const { options, loose, heat } = matrixOf(
      ['a', 'b', 'c'].map((id) => ({ id, text: id })),
      factors,
      [
        { optionId: 'a', factorId: 's1' },
        { optionId: 'a', factorId: 'o' },
        { optionId: 'b', factorId: 's1' },
        { optionId: 'b', factorId: 't' },
        { optionId: 'c', factorId: 'gone' },
      ],
    );
    expect(options.map(({ optionId, pair }) => [optionId, pair])).toEqual([
      ['a', 'so'],
      ['b', 'st'],
    ]);
    expect(loose.map(({ optionId }) => optionId)).toEqual(['c']);
    expect(heat.map(({ id, options: count }) => [id, count])).toEqual([
      ['s1', 2],
      ['s2', 0],
      ['w', 0],
      ['o', 1],
      ['t', 1],
    ]);
  });
});

describe('[N15] actions from a table', () => {
  it('[N15] columns are guessed by headings in three languages', () => {
    expect(
      readActionTable('№\tМероприятия\tСрок\tОтветственный исполнитель\n1\tОбучить\t2018\tДирекция').columns,
    ).toEqual({ text: 1, period: 2, owner: 3 });
    expect(readActionTable('Иш-чара;Мөөнөтү;Жооптуу\nа;б;в').columns).toEqual({ text: 0, period: 1, owner: 2 });
    expect(readActionTable('Owner,Action,Deadline\nx,y,z').columns).toEqual({ owner: 0, text: 1, period: 2 });
  });

  it('[N15] an action that speaks of actions is no heading, and the person has the last word', () => {
    const table = 'Разработать мероприятия по обучению депутатов айылных кенешей\t2018\nИздать\t2019';
    expect(readActionTable(table).rows).toHaveLength(2);
    expect(readActionTable(table, true).rows).toEqual([['Издать', '2019']]);
    const odd = readActionTable('Кто\tЧто\nДирекция\tОбучить', true);
    expect([odd.heading, odd.rows]).toEqual([['Кто', 'Что'], [['Дирекция', 'Обучить']]]);
    expect(readActionTable('Задача\tСрок\nОбучить\t2018', false).rows).toHaveLength(2);
  });

  it('[N15] without headings by what stands in them; quotes, empty lines and missing cells are borne', () => {
    const table = readActionTable(
      '2018\tПровести общее собрание всех членов\tДирекция Союза\r\n\r\n2019\tОбучить депутатов айылных кенешей\tИнститут',
    );
    expect([table.heading, table.columns]).toEqual([null, { text: 1, period: 0, owner: 2 }]);
    expect(actionTexts(table, table.columns)).toEqual([
      'Провести общее собрание всех членов\n2018 · Дирекция Союза',
      'Обучить депутатов айылных кенешей\n2019 · Институт',
    ]);
    expect(
      actionTexts(readActionTable('действие;срок\n"один; ""два""\nтри";2020\n;2021\nчетыре'), { text: 0, period: 1 }),
    ).toEqual(['один; "два"\nтри\n2020 · —', 'четыре']);
    for (const odd of ['', '\n\n', '"', '\t\t', 'одна строка'])
      expect(Array.isArray(actionTexts(readActionTable(odd), readActionTable(odd).columns))).toBe(true);
  });
});
