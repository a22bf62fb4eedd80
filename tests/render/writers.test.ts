import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { resultsRows } from '#core/export/rows.ts';
import { textsOf } from '#core/export/texts.ts';
import { cell, headCell, heading, paragraph, run, type Block, type Document } from '#core/export/tree.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { renderCsv } from '#server/render/csv.ts';
import { renderJson } from '#server/render/json.ts';
import { documentLabels } from '#server/render/labels.ts';
import { renderMarkdown } from '#server/render/md.ts';
import { contentDisposition, downloadName } from '#server/render/names.ts';
import { HOSTILE } from './hostile.ts';
import { KYRGYZ_LETTERS, unionSource } from './source.ts';

const wrap = (...blocks: Block[]): Document => ({ language: 'ru', title: 'Документ', contents: null, blocks });
/** Markdown read back: escapes undone, line breaks as lines. */
const plain = (markdown: string) => markdown.replace(/\\\n/g, '\n').replace(/\\([!-/:-@[-`{-~])/g, '$1');

describe('Markdown', () => {
  test.each(LANGUAGES)('[D1] every text of the document is in the Markdown, in %s', (language) => {
    const document = resultsDocument(unionSource(), language, documentLabels(language));
    const made = plain(renderMarkdown(document))
      .replace(/<br>/g, '\n')
      .replace(/^[ >]+/gm, '');
    for (const text of textsOf(document.blocks))
      for (const line of text.split('\n')) expect(made).toContain(line.trim());
  });

  test.each(HOSTILE)('[D9] hostile text stays text: $shown', ({ text, shown }) => {
    const made = renderMarkdown(wrap(paragraph(text)));
    expect(made).not.toMatch(/(?<!\\)[<`[*_~|]/);
    // Blanks at the beginning of a line would make code of it; they are no letters.
    const trimmed = (value: string) =>
      value
        .split('\n')
        .map((line) => line.trim())
        .join('\n')
        .trim();
    expect(trimmed(plain(made))).toContain(trimmed(shown));
  });

  test('[D9] no line of a text begins a list, a quote, a heading or a rule', () => {
    const made = renderMarkdown(wrap(paragraph('- a\n+ b\n* c\n1. d\n2) e\n# f\n> g\n===\n---\n    h')));
    for (const line of made.split('\n').slice(2)) expect(line).not.toMatch(/^(\s*[-+*>#=]|\s*\d+[.)]| {4})/);
  });

  test('[D9] a table keeps its cells whatever stands in them', () => {
    const made = renderMarkdown(
      wrap({
        kind: 'table',
        columns: [{ share: 1 }, { share: 1 }],
        head: [[headCell('a'), headCell('b')]],
        rows: [[cell('x | y\nz'), cell('')]],
      }),
    );
    expect(made).toContain('| x \\| y<br>z |  |');
  });

  test('[D9] headings carry the same numbers as in Word', () => {
    const made = renderMarkdown(
      wrap(heading(1, 'A'), heading(2, 'B'), heading(2, 'C'), heading(1, 'D'), heading(2, 'E'), heading(1, 'F', false)),
    );
    expect(made.match(/^##+ .*$/gm)).toEqual(['## 1. A', '### 1.1. B', '### 1.2. C', '## 2. D', '### 2.1. E', '## F']);
  });

  test('[D9] marks and links are written once, around their words', () => {
    const runs = [
      run('два ', { bold: true }),
      run('слова', { bold: true }),
      run(' и '),
      run('ссылка', { link: 'https://gov.kg/a(b)' }),
    ];
    expect(renderMarkdown(wrap(paragraph(runs)))).toContain('**два слова** и [ссылка](<https://gov.kg/a(b)>)');
  });
});

test('[D1] the JSON is the document itself, with the name of its format', () => {
  const document = resultsDocument(unionSource(), 'ky', documentLabels('ky'));
  const { format, ...rest } = JSON.parse(renderJson(document)) as Document & { format: string };
  expect(format).toBe('ashar.document/1');
  expect(rest).toEqual(document);
});

/** CSV read back by the rules of RFC 4180, with `;`. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [[]];
  const token = /(?:"((?:[^"]|"")*)"|([^;\r\n"]*))(;|\r\n|$)/gy;
  for (let at = csv.startsWith('\uFEFF') ? 1 : 0; at < csv.length;) {
    token.lastIndex = at;
    const match = token.exec(csv);
    if (!match) throw new Error(`no CSV at ${at}: ${csv.slice(at, at + 40)}`);
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
    at += match[0].length;
  }
  return rows.filter((row) => row.length > 0);
}

describe('CSV', () => {
  test('[D8] it opens in Excel here: byte order mark, semicolons, CRLF, decimal comma', () => {
    const csv = renderCsv(
      {
        head: ['а', 'б'],
        rows: [
          ['ң', 0.25],
          [null, 3],
        ],
      },
      'ky',
    );
    expect(csv).toBe('\uFEFF"а";"б"\r\n"ң";0,25\r\n;3\r\n');
    expect(renderCsv({ head: [], rows: [[0.25]] }, 'en')).toContain('0.25');
  });

  test.each(HOSTILE)('[D8] no cell is a formula, and no letter is lost: $shown', ({ text, shown }) => {
    const [, row] = readCsv(renderCsv({ head: ['x'], rows: [[text, 1]] }, 'ru'));
    const value = row?.[0] ?? '';
    expect(value).not.toMatch(/^[=+\-@\t\r]/);
    expect(value.replace(/^'/, '')).toBe(shown);
    expect(row?.[1]).toBe('1');
  });

  test('[D8] whatever the texts, every row has as many cells as the head', () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1 }), (rows) => {
        const read = readCsv(renderCsv({ head: ['a', 'b', 'c'], rows }, 'ru'));
        expect(read.map((row) => row.length)).toEqual(Array.from({ length: rows.length + 1 }, () => 3));
      }),
    );
  });

  test('[D8] the results of the case come back whole', () => {
    const rows = resultsRows(unionSource(), 'ky', documentLabels('ky'));
    const read = readCsv(renderCsv(rows, 'ky'));
    expect(read).toHaveLength(rows.rows.length + 1);
    expect(read.flat().join('\n')).toContain(KYRGYZ_LETTERS);
  });
});

describe('file names', () => {
  test('[D10] a name keeps its Kyrgyz letters and says what the file is', () => {
    expect(downloadName('results', 'Өнүгүү стратегиясы: «ңөү»', '2020-03-09', 'docx')).toBe(
      'ashar_results_Өнүгүү_стратегиясы_ңөү_2020-03-09.docx',
    );
    expect(downloadName('draft', '', '', 'md')).toBe('ashar_draft.md');
  });

  test('[D10] the header is ASCII, one line, and carries the exact name', () => {
    const name = downloadName('results', 'Жалпы жыйын', '2020-03-09', 'docx');
    expect(contentDisposition(name)).toBe(
      `attachment; filename="ashar_results_Zhalpy_zhyiyn_2020-03-09.docx"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
  });

  test('[D10] no title leaves the folder, splits the header, or grows past a file system', () => {
    const bad = [
      '../../etc/passwd',
      'a\r\nSet-Cookie: x=1',
      'CON',
      '..',
      'a"; filename="b.exe',
      'ң'.repeat(500),
      '\uD800',
      'x\u202Ecod.exe',
      ...HOSTILE.map(({ text }) => text),
    ];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...bad), fc.string({ unit: 'binary' })), (title) => {
        const name = downloadName('results', title, '2020-03-09', 'docx');
        expect(name).toMatch(/^ashar_results_(?:[\p{L}\p{N}\p{M}_-]+_)?2020-03-09\.docx$/u);
        expect(Buffer.byteLength(name)).toBeLessThan(300);
        const header = contentDisposition(name);
        expect(header).toMatch(/^attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
        expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(name);
      }),
    );
  });
});
