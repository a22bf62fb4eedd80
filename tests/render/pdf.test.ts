/** Documents as PDF, read back by Poppler. */
import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { textsOf } from '#core/export/texts.ts';
import { cell, flatten, headCell, heading, paragraph, type Block, type Document } from '#core/export/tree.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { documentLabels } from '#server/render/labels.ts';
import { pdfDocument } from '#server/render/pdf/document.ts';
import { writePdf } from '#server/render/pdf.ts';
import { HOSTILE } from './hostile.ts';
import { pdfLetters, poppler, POPPLER } from './pdf-text.ts';
import { unionSource } from './source.ts';

const letters = (text: string) => text.replace(/\s+/gu, '');
const render = (document: Document) => writePdf(pdfDocument(document));
const results = (language: 'ky' | 'ru' | 'en') => resultsDocument(unionSource(), language, documentLabels(language));
const wrap = (...blocks: Block[]): Document => ({ language: 'ky', title: 'Документ', contents: null, blocks });

describe.skipIf(!POPPLER)('PDF', () => {
  test.each(LANGUAGES)(
    '[D21] every text of the results is in the PDF, in %s, with its contents and page numbers',
    async (language) => {
      const document = results(language);
      const pdf = await render(document);
      const shown = pdfLetters(pdf);
      const written = flatten(document.blocks).filter(({ kind }) => kind !== 'bars');
      for (const text of textsOf(written)) expect(shown.includes(letters(text)), `${text} is missing`).toBe(true);
      const pages = poppler('pdftotext', pdf, '-layout').split('\f').slice(0, -1);
      pages.forEach((page, at) =>
        expect(page.trimEnd().split('\n').at(-1)?.trim()).toBe(`${at + 1} / ${pages.length}`),
      );
      // The contents lead to the pages on which their headings stand.
      for (const [, title = '', page = ''] of (pages[0] ?? '').matchAll(/^ *(\d+\.\d* ?.+?) {2,}(\d+)$/gm))
        expect(letters(pages[Number(page) - 1] ?? '')).toContain(letters(title));
    },
  );

  test('[D21] charts are drawings whose words can be read and copied', async () => {
    const bars = flatten(results('ru').blocks).filter(({ kind }) => kind === 'bars');
    const shown = pdfLetters(await render(wrap(...bars)));
    for (const text of textsOf(bars)) expect(shown).toContain(letters(text));
  });

  test('[D21] A4, the SWOT on a landscape page, fonts embedded, the language named', async () => {
    const pdf = await render(results('ky'));
    const info = poppler('pdfinfo', pdf, '-f', '1', '-l', '99');
    expect(info).toMatch(/Page +1 size: +595\.28 x 841\.89/);
    expect(info).toMatch(/size: +841\.89 x 595\.28/);
    const fonts = poppler('pdffonts', pdf).split('\n').slice(2).filter(Boolean);
    expect(fonts.some((line) => line.includes('LiberationSerif'))).toBe(true);
    for (const line of fonts) expect(line).toMatch(/yes yes yes/);
    expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/Lang \(ky-KG\)/);
  });

  test.each(HOSTILE)('[D21] hostile text comes out as its letters: $shown', async ({ text, shown }) => {
    const blocks: Block[] = [
      heading(1, text),
      paragraph(text),
      {
        kind: 'table',
        columns: [{ share: 1 }, { share: 3 }],
        head: [[headCell('x'), headCell('y')]],
        rows: [[cell(text), cell('b')]],
      },
      { kind: 'callout', tone: 'note', title: text, blocks: [paragraph(text, 'plain')] },
      { kind: 'list', ordered: true, items: [[paragraph(text)]] },
      { kind: 'keyValue', rows: [{ key: text, runs: [{ text }] }] },
      { kind: 'bars', caption: text, alt: '', items: [{ label: text, value: 1, text: '1', share: 1, kept: true }] },
    ];
    // One-coloured emoji have no colour of skin; letters that no font has are written by their number, those from right
    // to left are read back in runs.
    const said = letters(shown)
      .replace('\u{1F3FD}', '')
      .replace('中文', 'U+4E2D][U+6587]')
      .replace(/^.*(?=U\+4E2D)/, '');
    const found = pdfLetters(await render(wrap(...blocks)));
    // The long word is read back in pieces, where pages end and columns meet; a chart cuts it, its caption does not.
    if (said.length === 2000) expect(found.match(/ң/g)?.length).toBeGreaterThan(8 * 2000);
    else expect(found.split(said).length).toBeGreaterThan(9);
  });
});

test('[D21] a table of a thousand rows repeats its head; a row longer than a page is torn, not lost', async () => {
  const rows = Array.from({ length: 1000 }, (_, at) => [cell(`${at}`), cell(at === 500 ? 'ң '.repeat(6000) : 'текст')]);
  const table: Block = {
    kind: 'table',
    columns: [{ share: 1 }, { share: 3 }],
    head: [[headCell('№'), headCell('БАШЫ')]],
    rows,
    caption: 'Таблица',
  };
  const pdf = await render(wrap(table));
  if (!POPPLER) return;
  const pages = poppler('pdftotext', pdf, '-raw').split('\f').slice(0, -1);
  for (const page of pages) expect(page).toContain('БАШЫ');
  expect(pdfLetters(pdf).match(/ң/g)).toHaveLength(6000);
});
