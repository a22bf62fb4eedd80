/** The neutral document as JSON, for programs: everything that the other formats show, nothing more. */
import type { Document } from '#core/export/tree.ts';

export function renderJson(document: Document): string {
  return `${JSON.stringify({ format: 'ashar.document/1', ...document }, null, 2)}\n`;
}
