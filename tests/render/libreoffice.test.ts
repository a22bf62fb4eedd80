/** The second reader: LibreOffice opens what we write, and shows the same letters. Skipped where it is not installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultsDocument } from '#core/export/results.ts';
import { textsOf } from '#core/export/texts.ts';
import { flatten, heading, paragraph, type Document } from '#core/export/tree.ts';
import { LANGUAGES } from '#core/people/caller.ts';
import { renderDocx } from '#server/render/docx.ts';
import { documentLabels } from '#server/render/labels.ts';
import { HOSTILE } from './hostile.ts';
import { unionSource } from './source.ts';

const found = spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;
if (!found) {
  if (process.env['CI'] === 'true') throw new Error('LibreOffice (soffice) is not installed, and CI skips nothing');
  console.warn('Skipped: LibreOffice (soffice) is not installed, so no second program reads the Word files.');
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ashar-office-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function convert(name: string, document: Document, to: string, extension: string): Promise<Buffer> {
  writeFileSync(join(folder, `${name}.docx`), await renderDocx(document));
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  execFileSync(
    'soffice',
    [profile, '--headless', '--convert-to', to, '--outdir', folder, join(folder, `${name}.docx`)],
    {
      stdio: 'ignore',
      timeout: 120_000,
    },
  );
  return readFileSync(join(folder, `${name}.${extension}`));
}

/** Letters only: LibreOffice wraps nothing in text, but puts a table's cells on lines of their own. */
const letters = (text: string) => text.replace(/\s+/gu, '');

describe.skipIf(!found)('LibreOffice', { timeout: 180_000 }, () => {
  test.each(LANGUAGES)('[D12] opens the results in %s and shows every text of the document', async (language) => {
    const document = resultsDocument(unionSource(), language, documentLabels(language));
    const shown = letters(
      (await convert(`results-${language}`, document, 'txt:Text (encoded):UTF8', 'txt')).toString('utf8'),
    );
    // Charts are pictures, and their words stand in the alternative text, which plain text leaves out.
    const written = flatten(document.blocks).filter(({ kind }) => kind !== 'bars');
    for (const text of textsOf(written)) expect(shown.includes(letters(text)), `${text} is missing`).toBe(true);
  });

  test('[D12] shows hostile texts as their letters', async () => {
    const blocks = HOSTILE.flatMap(({ text }, at) => [heading(1, `Текст ${at}`), paragraph(text)]);
    const document: Document = { language: 'ky', title: 'Өзгөчө тексттер', contents: 'Мазмуну', blocks };
    const shown = letters((await convert('hostile', document, 'txt:Text (encoded):UTF8', 'txt')).toString('utf8'));
    for (const { shown: text } of HOSTILE) expect(shown.includes(letters(text)), `${text} is missing`).toBe(true);
  });

  test('[D12] prints the results', async () => {
    const document = resultsDocument(unionSource(), 'ky', documentLabels('ky'));
    const pdf = await convert('print', document, 'pdf', 'pdf');
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  });
});
