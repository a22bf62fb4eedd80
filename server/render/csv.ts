/**
 * A table as CSV that Excel opens by a double click here: UTF-8 with a byte order mark, `;` between cells, CRLF lines. A
 * text that a spreadsheet would run as a formula is kept a text by an apostrophe (OWASP, CSV injection).
 */
import type { RowCell, Rows } from '#core/export/rows.ts';
import { cleanText } from '#core/export/text.ts';
import type { Language } from '#core/people/caller.ts';

/** Also after blanks, and in the full-width forms that some spreadsheets fold. */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/;

function cellOf(value: RowCell, language: Language): string {
  if (value === null) return '';
  // Excel with Russian or Kyrgyz settings reads 0.25 as a date.
  if (typeof value === 'number') return language === 'en' ? String(value) : String(value).replace('.', ',');
  const text = cleanText(value);
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

export function renderCsv({ head, rows }: Rows, language: Language): string {
  const lines = [head, ...rows].map((row) => row.map((value) => cellOf(value, language)).join(';'));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
