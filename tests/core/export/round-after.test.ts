/** What the result card says beside its figures stands in documents as well: near-ties, the 2x2, movement, mergers. */
import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { resultsSheets } from '#core/export/sheets.ts';
import type { ResultsSource, SourceRound } from '#core/export/source.ts';
import { textsOf } from '#core/export/texts.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { tally } from '#core/voting/tally.ts';
import type { Ballot, Method } from '#core/voting/types.ts';
import { documentLabels } from '#server/render/labels.ts';
import { cast, dots, organisationsOf, settingsOf } from '../voting/rounds.ts';

const options = ['Обучение', 'Окутуу курстары', 'Каражат'].map((text, n) => ({
  ...{ id: `o${n}`, text, noteIds: [`n${n}`], zone: 'options' },
}));
const scores = (...marks: [number, number][]): Ballot => ({
  kind: 'score',
  scores: Object.fromEntries(marks.map(([Польза, Усилия], n) => [`o${n}`, { Польза, Усилия }])),
});
const DOTS: Method = { kind: 'dots', budget: 5, perOption: 5 };
const SCORE: Method = {
  kind: 'score',
  criteria: ['Польза', 'Усилия'].map((name) => ({ name, weight: 1 })),
  min: 1,
  max: 5,
};

function round(id: string, method: Method, ballots: readonly Ballot[], more: Partial<SourceRound> = {}): SourceRound {
  const settings = { ...settingsOf(method, {}), title: id, publish: true, crewVotes: true as const };
  const counted = tally({
    ...{ settings, options, ballots: cast(...ballots.map((ballot) => [null, ballot] as const)) },
    ...{ organisations: organisationsOf(1), eligible: ballots.length, receivedAfterClose: 0 },
  });
  const result = { ...counted, unconfirmed: 2 };
  return { id, boardId: 'b', settings, options, openedAt: 1, closedAt: 2, result, ...more };
}

const source: ResultsSource = {
  workshop: { title: 'Стратегия', date: '2020-03-09', timeZone: 'Asia/Bishkek' },
  ...{ organisations: [], unaffiliated: 3, snapshot: null },
  boards: [
    {
      ...{ id: 'b', title: 'Приоритеты', template: 'blank', zones: [{ id: 'options', name: 'Варианты' }] },
      notes: options.map(({ noteIds, text }, n) => ({
        id: noteIds[0] ?? '',
        at: ['options', n, 0],
        text,
        colour: 'yellow',
      })),
      groups: [{ id: 'g', at: ['options', 0, 0], title: 'Окуу', noteIds: ['n0', 'n1'] }],
    },
  ],
  rounds: [
    round('first', DOTS, [dots({ o0: 3, o1: 2 }), dots({ o1: 2 }), dots({ o0: 2, o2: 1 })]),
    round('again', DOTS, [dots({ o1: 5 }), dots({ o1: 4 }), dots({ o0: 1 })], {
      origin: { roundId: 'first', kind: 're-vote' },
    }),
    round('two criteria', SCORE, [scores([5, 1], [4, 4], [1, 5]), scores([4, 2], [5, 5], [2, 5])]),
  ],
};

describe.each(LANGUAGES)('in %s', (language) => {
  const labels = documentLabels(language);
  const document = resultsDocument(source, language, labels);

  test('[V111] near-ties, the 2x2, movement, mergers, unconfirmed paper and who else voted are in the document', () => {
    const text = textsOf(document.blocks).join('\n');
    for (const said of [
      ...[labels.nearTies, labels.nearTiesText, labels.movement, labels.merged, labels.crewVotes, labels.unconfirmed],
      labels.twoByTwo({ x: 'Польза', y: 'Усилия' }),
      labels.quarters['high-low']?.({ x: 'Польза', y: 'Усилия' }) ?? '?',
      'Окуу',
    ])
      expect(text).toContain(said);
    const tables = document.blocks.filter((block) => block.kind === 'table');
    const rowsOf = (caption: string) =>
      tables
        .filter((table) => table.caption?.startsWith(caption))
        .map((table) => table.rows.map((row) => row.map((cell) => textsOf(cell.blocks).join(' | '))));
    // Five dots of two people, then four of three: places, totals and people before and now.
    expect(rowsOf(labels.movement)).toEqual([
      [
        ['Окутуу курстары', '2', '1', '4', '9', '2', '2'],
        ['Обучение', '1', '2', '5', '1', '2', '1'],
        ['Каражат', '3', '3', '1', '0', '1', '0'],
      ],
    ]);
    const [[merged] = []] = rowsOf(labels.merged);
    expect(merged?.[2]).toBe('3');
    const [quarters] = rowsOf(labels.twoByTwo({ x: 'Польза', y: 'Усилия' }));
    expect(quarters?.[0]?.[1]).toMatch(/Окутуу курстары \(4[.,]5/);
    expect(quarters?.[1]?.[1]).toContain('Обучение');
    expect(quarters?.[0]?.[0]).toContain('Каражат');
  });

  test('[V111] a workbook shows neither less nor more', () => {
    const cells = resultsSheets(source, document, language, labels).flatMap(({ rows }) => rows.flat());
    for (const said of [labels.movement, labels.merged, 'Окуу'])
      expect(cells.some((cell) => String(cell).includes(said))).toBe(true);
  });
});
