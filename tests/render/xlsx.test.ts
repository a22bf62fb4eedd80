/** Excel, read back by another library than the one that wrote it. */
import fc from 'fast-check';
import readXlsx from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { resultsSheets, type Sheet } from '#core/export/sheets.ts';
import { textsOf } from '#core/export/texts.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { documentLabels } from '#server/render/labels.ts';
import { renderXlsx } from '#server/render/xlsx.ts';
import { partsOf, xmlFault } from './docx.ts';
import { HOSTILE } from './hostile.ts';
import { boardOf, unionSource } from './source.ts';

const sheetsOf = (language: 'ky' | 'ru' | 'en', source = unionSource()) => {
  const labels = documentLabels(language);
  return resultsSheets(source, resultsDocument(source, language, labels), language, labels);
};
const read = async (bytes: Uint8Array) => readXlsx(Buffer.from(bytes), { trim: false });
/** A day counted in a fraction is a hair beside its minute when it is read back. */
const minute = (value: unknown) =>
  value instanceof Date ? new Date(Math.round(value.getTime() / 60_000) * 60_000) : value;
const one = (texts: readonly string[]): Sheet => ({
  name: 'a',
  columns: [{ title: 'x', kind: 'text', width: 20 }],
  rows: texts.map((text) => [text]),
});

describe.each(LANGUAGES)('results as Excel in %s', (language) => {
  test('[D20] a second reader finds one sheet a matter, every row and every figure, typed', async () => {
    const sheets = sheetsOf(language);
    const found = await read(await renderXlsx(sheets));
    expect(found.map(({ sheet }) => sheet)).toEqual(sheets.map(({ name }) => name));
    for (const [at, { columns, rows }] of sheets.entries()) {
      const data = found[at]?.data ?? [];
      expect(data[0]).toEqual(columns.map(({ title }) => title));
      expect(data.slice(1).map((row) => row.map(minute))).toEqual(
        rows.map((row) =>
          row.map((value) => (value !== null && typeof value === 'object' ? new Date(`${value.date}:00Z`) : value)),
        ),
      );
    }
  });

  test('[D20] the head is frozen and has filters on every sheet', async () => {
    const parts = partsOf(await renderXlsx(sheetsOf(language)));
    const sheets = [...parts].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
    expect(sheets).toHaveLength(sheetsOf(language).length);
    for (const [name, xml] of sheets) {
      expect([name, xmlFault(xml)]).toEqual([name, null]);
      expect(xml).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/);
      expect(xml).toMatch(/<pane [^>]*state="frozen"/);
      expect(xml).not.toContain('<f>');
    }
    expect(parts.get('xl/workbook.xml')).not.toMatch(/state="(very)?hidden"/i);
  });

  test('[D20] every text and figure of the document is on a sheet', async () => {
    const source = unionSource();
    const labels = documentLabels(language);
    const document = resultsDocument(source, language, labels);
    const found = await read(await renderXlsx(sheetsOf(language, source)));
    const all = found.flatMap(({ data }) => data.flat().map(String)).join('\n');
    for (const board of source.boards) for (const note of board.notes) expect(all).toContain(note.text);
    for (const block of document.blocks)
      if (block.kind === 'keyValue' || block.kind === 'callout' || block.kind === 'source')
        for (const text of textsOf([block])) expect(all).toContain(text);
  });
});

test.each(HOSTILE)('[D20] hostile text is text in Excel: $shown', async ({ text, shown }) => {
  const bytes = await renderXlsx([one([text])]);
  for (const [name, xml] of partsOf(bytes))
    if (name.endsWith('.xml')) expect([name, xmlFault(xml)]).toEqual([name, null]);
  expect((await read(bytes))[0]?.data[1]?.[0]).toBe(shown);
});

test('[D20] a sign that Excel would read as a letter stays a sign; a text longer than a cell goes on below', async () => {
  const xml = partsOf(await renderXlsx([one(['_x0041_'])])).get('xl/sharedStrings.xml') ?? '';
  expect(xml).toContain('_x005F_x0041_');
  const long = 'ң'.repeat(70_000);
  const rows = (await read(await renderXlsx([one([long])])))[0]?.data.slice(1) ?? [];
  expect(rows.map(([part]) => part).join('')).toBe(long);
});

test('[D20] no name of a sheet is refused by Excel or used twice, whatever the titles', () => {
  const source = unionSource();
  const [board] = source.boards;
  if (!board) throw new Error('no board');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 6 }), (titles) => {
      const boards = [...titles, "'a'", 'History', 'x'.repeat(40), 'X'.repeat(40)].map((title, at) => ({
        ...board,
        id: `b${at}`,
        title,
      }));
      const names = sheetsOf('ru', { ...source, boards }).map(({ name }) => name);
      for (const name of names) {
        expect(name).toMatch(/^[^\\/?*[\]:]{1,31}$/);
        expect(name).not.toMatch(/^'|'$|^history$/i);
      }
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    }),
    { numRuns: 40 },
  );
});

test('[D20] five thousand notes are all in the workbook within five seconds', { timeout: 30_000 }, async () => {
  const notes = Array.from({ length: 5000 }, (_, at) => ({
    zone: ['strengths', 'weaknesses', 'opportunities', 'threats'][at % 4] ?? '',
    language: 'ru' as const,
    text: `Стикер ${at} о бюджете;`,
  }));
  const source = unionSource();
  const board = { ...boardOf('swot', notes), groups: [] };
  const started = performance.now();
  const sheets = sheetsOf('ru', { ...source, boards: [{ ...board, notes: board.content.notes }] });
  const bytes = await renderXlsx(sheets);
  expect(performance.now() - started).toBeLessThan(5000);
  const all = (await read(bytes)).flatMap(({ data }) => data.flat()).join('\n');
  expect(new Set(all.match(/Стикер \d+ о бюджете;/g)).size).toBe(5000);
});
