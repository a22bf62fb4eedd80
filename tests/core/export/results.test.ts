import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { resultsRows } from '#core/export/rows.ts';
import { textsOf } from '#core/export/texts.ts';
import { flatten, type Document } from '#core/export/tree.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { documentLabels } from '#server/render/labels.ts';
import { DIRECTIONS, EXTRA_NOTES, KYRGYZ_LETTERS, unionSource } from '../../render/source.ts';

const make = (language: 'ky' | 'ru' | 'en', source = unionSource()) =>
  resultsDocument(source, language, documentLabels(language));

const textOf = (document: Document) => [document.title, ...textsOf(document.blocks)].join('\n');

describe.each(LANGUAGES)('results in %s', (language) => {
  const source = unionSource();
  const document = make(language, source);
  const text = textOf(document);

  test('[D1] every note, group and option of the snapshot is in the document', () => {
    for (const board of source.boards) {
      for (const note of board.notes) expect(text).toContain(note.text);
      for (const group of board.groups) expect(text).toContain(group.title);
    }
    for (const option of DIRECTIONS) expect(text).toContain(option);
    expect(text).toContain(KYRGYZ_LETTERS);
  });

  test('[D11] a round is printed whole: rules, turnout, totals, people, both orders, spread, organisations, ballots', () => {
    const labels = documentLabels(language);
    const round = source.rounds[1];
    const result = round?.result;
    if (!round || !result) throw new Error('no round');
    for (const label of [
      labels.turnout,
      labels.quorum,
      labels.rankOrganisations,
      labels.voters,
      labels.share,
      labels.spread,
      labels.receipt,
    ])
      expect(text).toContain(label);
    expect(text).toContain(labels.lateNotCounted({ count: 2 }));
    for (const { receipt } of result.ballots ?? []) expect(text).toContain(receipt);
    for (const option of result.options) expect(text).toContain(`${option.dots}\n${option.voters}`);
  });

  test('[D2] no word of another language stands in the labels', () => {
    const own = JSON.stringify(Object.values(documentLabels(language)).filter((label) => typeof label === 'string'));
    if (language === 'en') expect(own).not.toMatch(/\p{Script=Cyrillic}/u);
    else expect(own.replace('QR', '')).not.toMatch(/[A-Za-z]{3}/);
  });

  test('[D5] the SWOT stands two by two on a landscape page, and more than three headings get a table of contents', () => {
    const page = document.blocks.find((block) => block.kind === 'landscape');
    const table = page?.kind === 'landscape' ? page.blocks.find((block) => block.kind === 'table') : undefined;
    expect(table?.kind === 'table' && table.rows.map((row) => row.length)).toEqual([2, 2]);
    expect(document.contents).not.toBeNull();
  });
});

test('[D2] figures that the result suppresses are in no cell: a star and the reason stand there', () => {
  const source = unionSource();
  const text = textOf(make('ru', source));
  const consent = source.rounds[2]?.result;
  expect(consent?.options.some(({ byOrganisation }) => byOrganisation.some(({ suppressed }) => suppressed))).toBe(true);
  expect(text).toContain(documentLabels('ru').suppressedNote);
});

test('[D2] a round that is not closed is named and shows no figure', () => {
  const source = unionSource();
  const [first] = source.rounds;
  if (!first) throw new Error('no round');
  const document = make('ru', { ...source, rounds: [{ ...first, closedAt: null, result: null }] });
  const kinds = flatten(document.blocks).map(({ kind }) => kind);
  expect(textOf(document)).toContain(documentLabels('ru').roundNotClosed);
  expect(kinds).not.toContain('bars');
});

test('[D1] a workshop without notes, rounds or organisations is still a document', () => {
  const source = unionSource();
  const empty = { ...source, organisations: [], unaffiliated: 0, boards: [], rounds: [], snapshot: null };
  const document = make('ky', empty);
  expect(document.title).not.toBe('');
  expect(document.contents).toBeNull();
});

test('[D8] the table of results has one width, a row for each note and each option, and says what is suppressed', () => {
  const source = unionSource();
  const { head, rows } = resultsRows(source, 'ru', documentLabels('ru'));
  expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
  const notes = source.boards.reduce((sum, board) => sum + board.notes.length, 0);
  expect(rows.filter(([kind]) => kind === 'Стикер')).toHaveLength(notes);
  expect(rows.filter(([kind]) => kind === 'Вариант')).toHaveLength(
    source.rounds.reduce((sum, { result }) => sum + (result?.options.length ?? 0), 0),
  );
  expect(rows.some((row) => row.includes('*'))).toBe(true);
  expect(rows.flat()).toContain(EXTRA_NOTES[0]?.text);
});
