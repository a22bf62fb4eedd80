/** Numbered paper ballots as PDF: letters, numbers and codes, read back with poppler's tools where they are there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Method } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';
import { renderPaperBallots } from '#server/render/paper-ballots.ts';
import { paperDocument } from '#server/render/paper-document.ts';
import { writePdf } from '#server/render/pdf.ts';

const METHODS: readonly Method[] = [
  { kind: 'dots', budget: 5, perOption: 3 },
  {
    kind: 'score',
    criteria: [
      { name: 'Пайдасы', weight: 1 },
      { name: 'Күчү', weight: 2 },
    ],
    min: 1,
    max: 5,
  },
  { kind: 'ranking' },
  { kind: 'consent' },
  { kind: 'verdict', choices: ['аткарылды', 'аткарылган жок'] },
];
const options = ['Өкүлчүлүк жана коргоо', 'Билим жана кеңеш', 'Каражат табуу'].map((text, n) => ({
  id: `n${n}`,
  text,
}));
const readable = spawnSync('pdftotext', ['-v']).error === undefined;

function textOf(pdf: Uint8Array): string[] {
  const home = mkdtempSync(join(tmpdir(), 'ashar-paper-'));
  writeFileSync(join(home, 'paper.pdf'), pdf);
  const text = execFileSync('pdftotext', ['-layout', join(home, 'paper.pdf'), '-'], { encoding: 'utf8' });
  rmSync(home, { recursive: true });
  return text.split('\f').filter((page) => page.trim() !== '');
}

describe('paper ballots', () => {
  test.skipIf(!readable).each(METHODS)(
    '[V96] $kind: a page a sheet, in three languages, with number, code and every option',
    async (method) => {
      for (const language of ['ky', 'ru', 'en'] as const) {
        const sheets = [1, 2, 3].map((number) => ({ number, code: `ABC23${number}` }));
        const ballots = {
          ...{ roundId: 'r', workshop: 'Стратегия', title: 'Артыкчылыктуу багыттар' },
          language,
          method,
          options,
          sheets,
          deskUrl: 'http://a/w/b/desk?round=r',
        };
        const pdf = await writePdf(paperDocument(ballots));
        const pages = textOf(pdf);
        expect(pages).toHaveLength(3);
        pages.forEach((page, at) => {
          expect(page).toContain(m.paper_title({ number: at + 1 }, { locale: language }));
          expect(page).toContain(`ABC23${at + 1}`);
          for (const { text } of options) expect(page).toContain(text);
        });
      }
    },
  );

  test.skipIf(!readable)('[V96] a ballot of many options says on each of its pages which one it is', async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({ id: `n${n}`, text: `Артыкчылыктуу багыт ${n}` }));
    const ballots = { roundId: 'r', workshop: 'Стратегия', title: 'Тандоо', language: 'ky' as const, options: many };
    const method: Method = { kind: 'consent' };
    const sheets = [{ number: 7, code: 'ABC237' }];
    const pages = textOf(
      await writePdf(paperDocument({ ...ballots, method, sheets, deskUrl: 'http://a/w/b/desk?round=r' })),
    );
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expect(page).toContain('ABC237');
  });

  test('[V96] five hundred options and a name with every kind of bracket make a PDF, in the worker', async () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ id: `n${n}`, text: `<b>${n}</b> {{x}} "'` }));
    const pdf = await renderPaperBallots({
      ...{ roundId: 'r', workshop: '<w>', title: '{}' },
      language: 'ky',
      method: { kind: 'ranking' },
      options: many,
      sheets: [{ number: 1, code: 'ABCDEF' }],
      deskUrl: 'http://a/',
    });
    expect(new TextDecoder().decode(pdf.slice(0, 5))).toBe('%PDF-');
  });
});
