/** No format shows less than another: the words of the neutral document are looked for in every file made from it. */
import readXlsx from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { minutesDocument } from '#core/export/minutes.ts';
import { resultsDocument } from '#core/export/results.ts';
import { textsOf } from '#core/export/texts.ts';
import type { Document } from '#core/export/tree.ts';
import { LANGUAGES, type Language } from '#core/people/caller.ts';
import { documentLabels } from '#server/render/labels.ts';
import { writeJob, type Job } from '#server/render/write.ts';
import { partsOf, textOfDocx, unescape } from './docx.ts';
import { poppler, POPPLER } from './pdf-text.ts';
import { unionSnapshot, unionSource } from './source.ts';

const from = { snapshot: JSON.stringify(unionSnapshot()) };
const fields = { number: '3', place: 'Бишкек', chair: 'Төрага', secretary: 'Катчылык' };
const agenda = [
  {
    title: { ky: 'Жыйынтык', ru: 'Итоги', en: 'Review' },
    plannedMinutes: 30,
    runs: [{ from: Date.UTC(2020, 2, 9, 8), to: Date.UTC(2020, 2, 9, 8, 40) }],
    skipped: false,
    materials: [{ title: 'Отчёт', url: 'https://example.org/report' }],
  },
];

/** Words of two letters and more, and numbers: signs between them differ by format. */
const words = (text: string): Set<string> => new Set(text.match(/[\p{L}\p{N}]{2,}/gu) ?? []);
const wordsOf = ({ title, subtitle = '', date = '', blocks }: Document) =>
  words([title, subtitle, date, ...textsOf(blocks)].join('\n'));

async function readBack(job: Job): Promise<string> {
  const body = await writeJob(job);
  if (typeof body === 'string') return body;
  if (job.format === 'docx') {
    const xml = partsOf(body).get('word/document.xml') ?? '';
    const pictures = [...xml.matchAll(/descr="([^"]*)"/g)].map(([, told = '']) => unescape(told));
    return [textOfDocx(body), ...pictures].join('\n');
  }
  if (job.format === 'xlsx')
    return (await readXlsx(Buffer.from(body))).flatMap(({ data }) => data.flat().map(String)).join('\n');
  return poppler('pdftotext', body, '-raw');
}

const missing = (wanted: ReadonlySet<string>, text: string) => {
  const solid = text.replace(/[\s\u202A-\u202C]+/gu, '');
  return [...wanted].filter((word) => !solid.includes(word));
};

describe.each(LANGUAGES)('in %s', (language: Language) => {
  const labels = documentLabels(language);
  test.each(['docx', 'pdf', 'md', 'json'] as const)(
    '[D23] results and minutes as %s have every word of the document',
    { timeout: 60_000 },
    async (format) => {
      if (format === 'pdf' && !POPPLER) return;
      const results = await readBack({ kind: 'results', format, language, from, boardId: null });
      expect(missing(wordsOf(resultsDocument(unionSource(), language, labels)), results)).toEqual([]);
      const minutes = await readBack({ kind: 'minutes', format, language, from, fields, agenda });
      const document = minutesDocument({ results: unionSource(), fields, agenda }, language, labels);
      expect(missing(wordsOf(document), minutes)).toEqual([]);
    },
  );

  test('[D24] no file names anything that is nobody’s business: people, keys, places on the machine', async () => {
    for (const format of ['docx', 'xlsx', 'pdf'] as const) {
      const body = await writeJob({ kind: 'results', format, language, from, boardId: null });
      const parts =
        format === 'pdf' ? [Buffer.from(body).toString('latin1')] : [...partsOf(body as Uint8Array).values()];
      const names = format === 'pdf' ? [] : [...partsOf(body as Uint8Array).keys()];
      for (const part of parts) expect(/\/(home|root|tmp|work)\/|Un-named|<w:comment /.test(part)).toBe(false);
      for (const name of names) expect(name).not.toMatch(/comments|vbaProject|customXml/i);
    }
  });
});
