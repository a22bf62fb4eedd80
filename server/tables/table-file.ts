/** A table that somebody picked on their machine, as the text that they would have pasted: .xlsx, .csv or text in a usual encoding. */
import { ok, refuse, type Result } from '#core/result.ts';
import { tableText } from '#core/templates/actions.ts';
import { readWorkbook } from './workbook.ts';

const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);

/** Excel writes CSV in the code page of its machine: what is no UTF-8 is read as Windows' Cyrillic. */
function decode(bytes: Uint8Array): string {
  if (starts(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** `table-unreadable` for pictures, old .xls and other bytes that are no table. */
export async function readTableFile(bytes: Uint8Array): Promise<Result<string>> {
  if (bytes.length === 0) return refuse('table-empty');
  if (starts(bytes, 0x50, 0x4b)) {
    const rows = await readWorkbook(bytes);
    return rows.ok ? ok(tableText(rows.value)) : rows;
  }
  const text = decode(bytes);
  // Control characters that no text has: a PDF, a picture, an old .xls.
  return /[\x00-\x08\x0E-\x1A]/.test(text.slice(0, 20_000)) ? refuse('table-unreadable') : ok(text);
}
