/** What Poppler reads out of a PDF; where its tools are not installed, tests that need them say so and are left out. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const POPPLER = spawnSync('pdftotext', ['-v']).error === undefined;
if (!POPPLER) {
  if (process.env['CI'] === 'true') throw new Error('Poppler (pdftotext) is not installed, and CI skips nothing');
  console.warn('Skipped: Poppler (pdftotext) is not installed, so nothing reads the PDF files back.');
}

export function poppler(tool: 'pdftotext' | 'pdfinfo' | 'pdffonts', pdf: Uint8Array, ...options: string[]): string {
  const home = mkdtempSync(join(tmpdir(), 'ashar-pdf-'));
  try {
    writeFileSync(join(home, 'a.pdf'), pdf);
    const file = [join(home, 'a.pdf'), ...(tool === 'pdftotext' ? ['-'] : [])];
    return execFileSync(tool, [...options, ...file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Letters in reading order, without line ends and the page numbers at the foot of every page. */
export const pdfLetters = (pdf: Uint8Array): string =>
  poppler('pdftotext', pdf, '-raw')
    .split('\f')
    .map((page) => page.replace(/\n\d+ \/ \d+\s*$/, ''))
    .join('')
    .replace(/[\s\u202A-\u202C]+/gu, '');
