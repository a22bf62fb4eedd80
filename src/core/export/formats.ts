/** The one list of what can be taken out as which file: screens offer from it, the server writes by it. */

export const FORMATS = {
  results: ['docx', 'pdf', 'xlsx', 'csv', 'png', 'md', 'json'],
  minutes: ['docx', 'pdf', 'md', 'json'],
  poster: ['pdf', 'png'],
  strategy: ['docx', 'pdf', 'md', 'json'],
} as const;

export type DocumentKind = keyof typeof FORMATS;
export type Format = (typeof FORMATS)[DocumentKind][number];

/** As people call them; names of programs are the same in every language. */
export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  docx: 'Word',
  pdf: 'PDF',
  xlsx: 'Excel',
  csv: 'CSV',
  png: 'PNG',
  md: 'Markdown',
  json: 'JSON',
};

/** Whether this kind of document is written in this format. */
export function isFormat(kind: DocumentKind, format: string): format is Format {
  return (FORMATS[kind] as readonly string[]).includes(format);
}
