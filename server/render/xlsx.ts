/**
 * Sheets as an Excel workbook: numbers, shares and dates are typed, text is text whatever it begins with, the head stays
 * in sight and has filters. Metadata says what made the file and nothing about anybody.
 */
import writeExcelFile, { type Row } from 'write-excel-file/node';
import { getCellAddress, sanitizeTextContent } from 'write-excel-file/utility';
import type { Sheet, SheetCell, SheetColumn } from '#core/export/sheets.ts';
import { cleanLine, cleanText } from '#core/export/text.ts';

type Feature = NonNullable<NonNullable<Parameters<typeof writeExcelFile>[1]>['features']>[number];

/** What one cell of Excel can hold. */
const LONGEST = 32_000;
const FORMATS = { text: undefined, number: '#,##0.####', percent: '0.0%', date: 'dd.mm.yyyy hh:mm' } as const;
const FORMULA = /^\s*[=+\-@]/;

/** In a workbook `_x0041_` means A: an underscore that begins such a sign is written as one. */
const literal = (text: string) => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

function cellOf(value: SheetCell, column: SheetColumn): Row[number] {
  if (value === null || value === '') return null;
  if (typeof value === 'boolean') return { value, type: Boolean, alignVertical: 'top' };
  if (typeof value === 'number') {
    const format = column.kind === 'text' ? FORMATS.number : FORMATS[column.kind];
    return { value, type: Number, alignVertical: 'top', ...(format !== undefined && { format }) };
  }
  if (typeof value === 'object')
    return { value: new Date(`${value.date}:00Z`), type: Date, format: FORMATS.date, alignVertical: 'top' };
  const kept = literal(cleanText(value));
  // Where somebody edits such a cell later, "text" keeps it from becoming a formula; long texts Excel shows as ####.
  const format = FORMULA.test(kept) && kept.length < 250 ? { format: '@' } : {};
  return { value: kept, type: String, wrap: true, alignVertical: 'top', ...format };
}

/** A text longer than a cell goes on in the rows below: nothing is cut off. */
function rowsOf(row: readonly SheetCell[]): SheetCell[][] {
  const parts = row.map((value) => {
    if (typeof value !== 'string' || value.length <= LONGEST) return [value];
    return Array.from({ length: Math.ceil(value.length / LONGEST) }, (_, at) =>
      value.slice(at * LONGEST, (at + 1) * LONGEST),
    );
  });
  const height = Math.max(1, ...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => parts.map((part) => part[at] ?? null));
}

/** Filters on the head of every sheet, and the hidden name by which Excel knows them. */
function filters(sheets: readonly Sheet[], lengths: readonly number[]): Feature {
  const last = (at: number) => getCellAddress(lengths[at] ?? 0, Math.max(0, (sheets[at]?.columns.length ?? 1) - 1));
  const absolute = (address: string) => address.replace(/([A-Z]+)(\d+)/, '$$$1$$$2');
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml, _options, { sheetIndex }) =>
            xml.replace('</sheetData>', `</sheetData><autoFilter ref="A1:${last(sheetIndex)}"/>`),
        },
        'xl/workbook.xml': {
          transform: (xml) => {
            const names = sheets.map(({ name }, at) => {
              const range = `'${sanitizeTextContent(name.replaceAll("'", "''"))}'!$A$1:${absolute(last(at))}`;
              return `<definedName name="_xlnm._FilterDatabase" localSheetId="${at}" hidden="1">${range}</definedName>`;
            });
            return xml.replace('</sheets>', `</sheets><definedNames>${names.join('')}</definedNames>`);
          },
        },
      },
    },
  };
}

export async function renderXlsx(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const lengths: number[] = [];
  const made = sheets.map(({ name, columns, rows }) => {
    const head: Row = columns.map(({ title }) => ({
      value: literal(cleanLine(title)),
      type: String,
      fontWeight: 'bold',
      backgroundColor: '#E7E6E6',
      wrap: true,
      alignVertical: 'center',
    }));
    const body = rows.flatMap(rowsOf).map((row) => columns.map((column, at) => cellOf(row[at] ?? null, column)));
    lengths.push(body.length);
    return {
      sheet: name,
      data: [head, ...body],
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      orientation: 'landscape' as const,
    };
  });
  const options = { fontFamily: 'Times New Roman', fontSize: 11, features: [filters(sheets, lengths)] };
  return new Uint8Array(await writeExcelFile(made, options).toBuffer());
}
