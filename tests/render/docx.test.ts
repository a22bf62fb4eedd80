import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { cell, flatten, headCell, heading, paragraph, run, type Block, type Document } from '#core/export/tree.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { renderDocx } from '#server/render/docx.ts';
import { documentLabels } from '#server/render/labels.ts';
import { partsOf, textOfDocx, unescape, xmlFault } from './docx.ts';
import { HOSTILE } from './hostile.ts';
import { boardOf, KYRGYZ_LETTERS, unionSource } from './source.ts';

const LOCALES = { ky: 'ky-KG', ru: 'ru-RU', en: 'en-GB' };
const results = (language: 'ky' | 'ru' | 'en', source = unionSource()) =>
  resultsDocument(source, language, documentLabels(language));
const wrap = (blocks: readonly Block[], more: Partial<Document> = {}): Document => ({
  language: 'ky',
  title: 'Документ',
  contents: null,
  blocks,
  ...more,
});

/** One block of every kind around a text. */
const everywhere = (text: string): Block[] => [
  heading(1, text),
  paragraph([run(text, { bold: true, lang: 'ru' }), run(text, { link: 'https://gov.kg/?a=1&b="2"' })]),
  paragraph(text, 'code'),
  {
    kind: 'list',
    ordered: true,
    items: [[paragraph(text), { kind: 'list', ordered: false, items: [[paragraph(text)]] }]],
  },
  {
    kind: 'table',
    caption: text,
    columns: [{ share: 1 }, { share: 2 }],
    head: [[headCell(text), headCell('')]],
    rows: [[cell(text), cell('')]],
  },
  { kind: 'callout', tone: 'warning', title: text, blocks: [paragraph(text)] },
  { kind: 'bars', caption: text, alt: text, items: [{ label: text, value: 1, text, share: 0.5, kept: true }] },
  { kind: 'keyValue', rows: [{ key: text, runs: [run(text)] }] },
  { kind: 'source', text },
  { kind: 'landscape', blocks: [paragraph(text)] },
  { kind: 'rule' },
  { kind: 'pageBreak' },
];

describe.each(LANGUAGES)('results as Word in %s', (language) => {
  test('[D5] page, type, styles, numbering, language and page numbers are those of an office', async () => {
    const bytes = await renderDocx(results(language));
    const parts = partsOf(bytes);
    for (const [name, xml] of parts)
      if (/\.(xml|rels)$/.test(name)) expect([name, xmlFault(xml)]).toEqual([name, null]);
    const body = parts.get('word/document.xml') ?? '';
    const styles = parts.get('word/styles.xml') ?? '';
    expect(body).toContain('<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>');
    expect(body).toContain('w:top="1134" w:right="567" w:bottom="1134" w:left="1701"');
    expect(body).toContain('w:orient="landscape"');
    expect(styles).toContain(`w:val="${LOCALES[language]}"`);
    expect(styles).toContain('Times New Roman');
    expect(styles).toMatch(/<w:sz w:val="28"\/>/);
    for (const style of ['Title', 'Heading1', 'Heading2', 'Caption', 'TableText', 'TOC1'])
      expect(styles).toContain(`w:styleId="${style}"`);
    expect(body).toContain('<w:pStyle w:val="Heading1"/>');
    expect(body).toContain('<w:tblHeader/>');
    expect(body).toContain('<w:cantSplit/>');
    const footer = [...parts].find(([name]) => name.startsWith('word/footer'))?.[1] ?? '';
    expect(footer).toContain('PAGE');
    expect(footer).toContain('NUMPAGES');
  });

  test('[D6] the contents are whole when the file is opened: entries, numbers of headings and pages, nothing to update', async () => {
    const bytes = await renderDocx(results(language));
    const lines = textOfDocx(bytes).split('\n');
    const start = lines.indexOf(documentLabels(language).contents);
    const entries = lines.slice(start + 1, start + 8);
    for (const entry of entries) expect(entry).toMatch(/^\d+\.(\d+\.)? .+\t\d+$/);
    const parts = partsOf(bytes);
    expect(parts.get('word/settings.xml')).not.toContain('updateFields');
    expect(parts.get('word/document.xml')).not.toContain('w:dirty="true"');
  });
});

test('[D1] every note and option is in the Word file, letter by letter', async () => {
  const source = unionSource();
  const text = textOfDocx(await renderDocx(results('ky', source)));
  for (const note of source.boards.flatMap(({ notes }) => notes)) expect(text).toContain(note.text);
  expect(text).toContain(KYRGYZ_LETTERS);
});

test('[D22] a chart is a picture, and its alternative text says every label and figure', async () => {
  const document = results('ru');
  const parts = partsOf(await renderDocx(document));
  const body = parts.get('word/document.xml') ?? '';
  const told = [...body.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, text = '']) => unescape(text)).join('\n');
  const charts = flatten(document.blocks).filter((block) => block.kind === 'bars');
  expect(charts.length).toBeGreaterThan(0);
  expect([...parts.keys()].filter((name) => /^word\/media\/.*\.png$/.test(name)).length).toBe(charts.length);
  for (const { items } of charts) for (const { label, text } of items) expect(told).toContain(`${label}: ${text}`);
});

test('[D2] metadata names the office and no person', async () => {
  const source = unionSource();
  const core = partsOf(await renderDocx(results('ru', source))).get('docProps/core.xml') ?? '';
  expect(core).toContain('<dc:creator>Ashar</dc:creator>');
  expect(core).toContain('<cp:lastModifiedBy>Ashar</cp:lastModifiedBy>');
  expect(core).not.toContain('Un-named');
});

test.each(HOSTILE)('[D3] hostile text comes out as its letters: $shown', async ({ text, shown }) => {
  const bytes = await renderDocx(
    wrap(everywhere(text), { title: text, subtitle: text, organisation: text, contents: 'Мазмуну' }),
  );
  const parts = partsOf(bytes);
  for (const [name, xml] of parts) if (/\.(xml|rels)$/.test(name)) expect([name, xmlFault(xml)]).toEqual([name, null]);
  const found = textOfDocx(bytes);
  expect(found.split(shown.replaceAll('\t', ' ')).length).toBeGreaterThan(8);
  const fields = [...(parts.get('word/document.xml') ?? '').matchAll(/<w:instrText[^>]*>([^<]*)/g)].map(
    ([, code = '']) => code.trim(),
  );
  for (const code of fields) expect(code).toMatch(/^(TOC|PAGEREF) /);
});

test('[D3] whatever text there is, the Word file is well-formed XML', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
      for (const [name, xml] of partsOf(await renderDocx(wrap(everywhere(text), { title: text }))))
        if (/\.(xml|rels)$/.test(name)) expect([name, xmlFault(xml)]).toEqual([name, null]);
    }),
    { numRuns: 60 },
  );
});

test('[D5] spans that leave the table or collide lose no cell and leave no row short', async () => {
  const rows = [
    [cell('a', { rowSpan: 9 }), cell('b', { colSpan: 9 })],
    [cell('c')],
    [cell('d'), cell('e'), cell('f'), cell('g')],
    [],
  ];
  const table: Block = { kind: 'table', columns: [{ share: 1 }, { share: 1 }, { share: 1 }], head: [], rows };
  const bytes = await renderDocx(wrap([table]));
  const body = partsOf(bytes).get('word/document.xml') ?? '';
  const across = [...body.matchAll(/<w:tr>.*?<\/w:tr>|<w:tr .*?<\/w:tr>/g)].map(([row]) =>
    [...row.matchAll(/<w:tc>.*?<\/w:tc>/g)].reduce(
      (sum, [each]) => sum + Number(/gridSpan w:val="(\d+)"/.exec(each)?.[1] ?? 1),
      0,
    ),
  );
  expect(across).toEqual([3, 3, 3, 3]);
  for (const letter of 'abcdefg') expect(textOfDocx(bytes)).toContain(letter);
});

test('[D1] five thousand notes are all in the Word file', { timeout: 60_000 }, async () => {
  const zones = ['strengths', 'weaknesses', 'opportunities', 'threats'];
  const notes = Array.from({ length: 5000 }, (_, at) => ({
    zone: zones[at % 4] ?? '',
    language: 'ru' as const,
    text: `Стикер ${at} о бюджете;`,
  }));
  const board = boardOf('swot', notes);
  const source = unionSource();
  const plain = { ...source, boards: [{ ...board, notes: board.content.notes, groups: [] }] };
  const started = performance.now();
  const text = textOfDocx(await renderDocx(results('ru', plain)));
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(new Set(text.match(/Стикер \d+ о бюджете;/g)).size).toBe(5000);
});
