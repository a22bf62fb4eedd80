/**
 * An .xlsx file as rows of text. A workbook is a zip that a stranger made: it is unpacked in steps and dropped as soon as it
 * grows beyond a bound, its cells may not lie beyond another, and only what was unpacked here is handed to the parser, packed
 * anew: what a second reading of the same zip might find, no longer exists. Formulas are never computed: a cell is the
 * value that its file holds, as text.
 */
import { Unzip, UnzipInflate, zipSync } from 'fflate';
import readWorkbookFile from 'read-excel-file/universal';
import { ok, refuse, type Result } from '#core/result.ts';

/** Unpacked, all parts together: a programme of a thousand actions has less than one. */
const MOST_UNPACKED = 8 * 1024 * 1024;
const MOST_PARTS = 200;
const MOST_ROWS = 5000;
const MOST_COLUMNS = 100;
/** Bytes unpacked between two looks at how much has come out: at most a thousand times as much. */
const STEP = 8 * 1024;
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/i;

class TooLarge extends Error {}

/** Runs out as soon as too much came out, whatever the zip says about itself. */
function unpack(bytes: Uint8Array): Record<string, Uint8Array> {
  const parts: Record<string, Uint8Array[]> = {};
  let [size, count] = [0, 0];
  const unzip = new Unzip((file) => {
    if (++count > MOST_PARTS) throw new TooLarge();
    if (!PARTS.test(file.name) || Object.hasOwn(parts, file.name)) return;
    const chunks: Uint8Array[] = [];
    parts[file.name] = chunks;
    file.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      if (size > MOST_UNPACKED) throw new TooLarge();
      chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += STEP) unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  return Object.fromEntries(
    Object.entries(parts).map(([name, chunks]) => [name, new Uint8Array(Buffer.concat(chunks))]),
  );
}

/** Whether a sheet keeps within the bounds: the parser fills every gap up to the furthest cell. */
function isBounded(sheet: Uint8Array): boolean {
  for (const [, place = ''] of Buffer.from(sheet)
    .toString('latin1')
    .matchAll(/\sr\s*=\s*["']([^"']*)["']/g)) {
    const found = /^([A-Z]{0,3})(\d{1,7})$/.exec(place);
    if (!found) return false;
    const column = [...(found[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    if (column > MOST_COLUMNS || Number(found[2]) > MOST_ROWS) return false;
  }
  return true;
}

const two = (part: number): string => String(part).padStart(2, '0');

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  // Dates of a sheet have no zone: the parser gives them as UTC.
  if (value instanceof Date)
    return `${two(value.getUTCDate())}.${two(value.getUTCMonth() + 1)}.${value.getUTCFullYear()}`;
  return typeof value === 'string' ? value : String(value as number | boolean);
}

/** Rows of the first sheet that holds any. `table-unreadable` for what is no workbook, `too-large` beyond the bounds. */
export async function readWorkbook(bytes: Uint8Array): Promise<Result<string[][]>> {
  try {
    const parts = unpack(bytes);
    const sheets = Object.entries(parts).filter(([name]) => name.startsWith('xl/worksheets/'));
    if (sheets.length === 0) return refuse('table-unreadable');
    if (!sheets.every(([, sheet]) => isBounded(sheet)))
      return refuse('too-large', { limit: `${MOST_ROWS} × ${MOST_COLUMNS}` });
    const clean = zipSync(parts, { level: 0 });
    const read = await readWorkbookFile(clean.slice().buffer);
    const filled = read.map(({ data }) => data.map((row) => row.map(cellText))).find((rows) => rows.length > 0);
    return filled ? ok(filled) : refuse('table-empty');
  } catch (error) {
    if (error instanceof TooLarge) return refuse('too-large', { limit: `${MOST_UNPACKED / 1024 / 1024} MiB` });
    return refuse('table-unreadable');
  }
}
