/** Tables, callouts, key-value lists and charts in a PDF: fixed columns, heads that repeat, rows that stay together. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { textsOf } from '#core/export/texts.ts';
import {
  paragraph as text,
  run,
  type Bars,
  type Callout,
  type Cell,
  type KeyValue,
  type Table,
} from '#core/export/tree.ts';
import { LINE, TINTS, TONE_EDGES, TONES } from '../docx/look.ts';
import { gridRows } from '../grid.ts';
import { barPictures } from '../picture/bars.ts';
import { flow, mm, paragraph, textOf } from './text.ts';

const PADDING = 4;
const lines: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => `#${LINE}`,
  vLineColor: () => `#${LINE}`,
  paddingLeft: () => PADDING,
  paddingRight: () => PADDING,
  paddingTop: () => 2,
  paddingBottom: () => 2,
};
const between: CustomTableLayout = { ...lines, vLineWidth: () => 0 };

/** A row longer than this may be torn by the end of a page: it might not fit one. */
const LONG = 800;

/** A table of so many rows stays on one page with its caption; over a longer one the caption repeats with the head. */
const SHORT = 12;

const caption = (said: string | undefined): Content[] =>
  said ? [paragraph(text(said, 'caption'), { place: 'page' })] : [];

export function table(source: Table, width: number): Content[] {
  const across = Math.max(1, source.columns.length);
  const shares = source.columns.length > 0 ? source.columns.map(({ share }) => share) : [1];
  const all = shares.reduce((sum, share) => sum + share, 0) || 1;
  const room = width - across * 2 * PADDING - (across + 1) * 0.5;
  const widths = shares.map((share) => (share / all) * room);
  const rowOf = (head: boolean) => (cells: ReturnType<typeof gridRows>[number]) => {
    const row: TableCell[] = Array.from({ length: across }, () => ({ text: '' }));
    for (const cell of cells) row[cell.column] = cellOf(cell, source, widths, head);
    return row;
  };
  const body = [...gridRows(source.head, across).map(rowOf(true)), ...gridRows(source.rows, across).map(rowOf(false))];
  if (body.length === 0) return [];
  const long = source.rows.some((row) => row.some(({ blocks }) => lettersOf(blocks) > LONG));
  const short = !long && source.rows.length <= SHORT && (source.caption ?? '').length <= LONG;
  const above: TableCell[][] =
    source.caption && !short
      ? [
          [
            { stack: caption(source.caption), colSpan: across, border: [false, false, false, false] },
            ...Array.from({ length: across - 1 }, () => ({ text: '' })),
          ],
        ]
      : [];
  const headerRows = source.head.length + above.length;
  const made: Content = {
    table: {
      headerRows,
      keepWithHeaderRows: headerRows > 0 ? 1 : 0,
      dontBreakRows: !long,
      widths,
      body: [...above, ...body],
      ...(source.quadrants ? { heights: mm(64) } : {}),
    },
    layout: lines,
    margin: [0, 2, 0, 8],
  };
  return short ? [{ stack: [...caption(source.caption), made], unbreakable: true }] : [made];
}

const lettersOf = (blocks: Cell['blocks']) => textsOf(blocks).reduce((sum, said) => sum + said.length, 0);

function cellOf(
  cell: Cell & { readonly column: number },
  source: Table,
  widths: readonly number[],
  head: boolean,
): TableCell {
  const align = cell.align ?? (head ? 'center' : source.columns[cell.column]?.align);
  const place = head ? 'head' : source.quadrants ? 'callout' : 'cell';
  const width = widths.slice(cell.column, cell.column + (cell.colSpan ?? 1)).reduce((sum, each) => sum + each, 0);
  return {
    stack: flow(cell.blocks, { place, width, ...(align ? { align } : {}), ...(head ? { bold: true } : {}) }),
    ...(cell.tint ? { fillColor: `#${TINTS[cell.tint]}` } : {}),
    ...(cell.colSpan ? { colSpan: cell.colSpan } : {}),
    ...(cell.rowSpan ? { rowSpan: cell.rowSpan } : {}),
  };
}

export function callout(source: Callout, width: number): Content {
  const title = paragraph(text([run(source.title, { bold: true })], 'plain'), { place: 'callout' });
  const edge = `#${TONE_EDGES[source.tone]}`;
  return {
    table: {
      widths: [width - 16],
      dontBreakRows: source.title.length + lettersOf(source.blocks) <= 2 * LONG,
      body: [
        [
          {
            stack: [title, ...flow(source.blocks, { place: 'callout', width: width - 16 })],
            fillColor: `#${TINTS[TONES[source.tone]]}`,
          },
        ],
      ],
    },
    layout: {
      ...lines,
      hLineWidth: () => 0,
      vLineWidth: (at) => (at === 0 ? 3 : 0),
      vLineColor: () => edge,
      paddingLeft: () => 9,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
    margin: [0, 3, 0, 6],
  };
}

export function keyValue(source: KeyValue, width: number): Content[] {
  if (source.rows.length === 0) return [];
  const whole = source.rows.every(
    ({ key, runs }) => runs.reduce((sum, each) => sum + each.text.length, key.length) <= LONG,
  );
  const body = source.rows.map(({ key, runs }) => [
    { text: textOf([run(key, { bold: true })]), fontSize: 12 },
    { text: textOf(runs), fontSize: 12 },
  ]);
  return [
    {
      table: { widths: [width * 0.32 - 2 * PADDING, width * 0.68 - 2 * PADDING], dontBreakRows: whole, body },
      layout: between,
      margin: [0, 3, 0, 8],
    },
  ];
}

export function bars(source: Bars, width: number): Content[] {
  if (source.items.length === 0) return [];
  const [first, ...rest] = barPictures(source, width).map((picture): Content => ({
    svg: picture.svg,
    width: picture.width,
    margin: [0, 2, 0, 8],
  }));
  return first
    ? [{ stack: [...caption(source.caption), first], unbreakable: source.caption.length <= LONG }, ...rest]
    : [];
}
