/** Tables, callouts, key-value lists and charts in Word: fixed columns, heads that repeat, rows that stay together. */
import {
  BorderStyle,
  HeightRule,
  ImageRun,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
  type ITableBordersOptions,
  type ITableCellOptions,
} from 'docx';
import { cleanLine, cleanText } from '#core/export/text.ts';
import { textsOf } from '#core/export/texts.ts';
import type { Bars, Callout, Cell, Flow, KeyValue, Table as TreeTable } from '#core/export/tree.ts';
import { run } from '#core/export/tree.ts';
import { gridRows } from '../grid.ts';
import { barPictures } from '../picture/bars.ts';
import { pngOf } from '../picture/png.ts';
import { LINE, TINTS, TONE_EDGES, TONES } from './look.ts';
import { children, flow, type ListCount } from './text.ts';

const line = { style: BorderStyle.SINGLE, size: 4, color: LINE };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const BOXED: ITableBordersOptions = {
  top: line,
  bottom: line,
  left: line,
  right: line,
  insideHorizontal: line,
  insideVertical: line,
};
const BARE: ITableBordersOptions = {
  top: none,
  bottom: none,
  left: none,
  right: none,
  insideHorizontal: none,
  insideVertical: none,
};
const MARGINS = { top: 40, bottom: 40, left: 85, right: 85, marginUnitType: WidthType.DXA };

/** Whole twips that add up to the width. */
export function widthsOf(shares: readonly number[], width: number): number[] {
  const sum = shares.reduce((total, share) => total + share, 0) || 1;
  const widths = shares.map((share) => Math.floor((share / sum) * width));
  const rest = width - widths.reduce((total, each) => total + each, 0);
  return widths.map((each, at) => (at === widths.length - 1 ? each + rest : each));
}

function shading(fill: string): { shading: NonNullable<ITableCellOptions['shading']> } {
  return { shading: { fill, color: 'auto', type: 'clear' } };
}

function make(rows: readonly TableRow[], widths: readonly number[], borders: ITableBordersOptions): Table {
  return new Table({
    rows,
    columnWidths: widths,
    width: { size: widths.reduce((total, each) => total + each, 0), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders,
    margins: MARGINS,
  });
}

/** A row is torn apart by a page's end only where keeping it together would leave half a page empty. */
function isLong(blocks: readonly Flow[]): boolean {
  return textsOf(blocks).reduce((sum, text) => sum + text.length, 0) > 800;
}

export function table(source: TreeTable, width: number, lists: ListCount): Table | null {
  const across = Math.max(1, source.columns.length);
  const widths = widthsOf(source.columns.length > 0 ? source.columns.map(({ share }) => share) : [1], width);
  const rowOf = (cells: readonly (Cell & { column: number })[], head: boolean) =>
    new TableRow({
      ...(head ? { tableHeader: true } : {}),
      cantSplit: head || source.mayBreak !== true || !cells.some(({ blocks }) => isLong(blocks)),
      ...(source.quadrants ? { height: { value: QUADRANT_HEIGHT, rule: HeightRule.ATLEAST } } : {}),
      children: cells.map((cell) => cellOf(cell, source, widths, head, lists)),
    });
  const head = gridRows(source.head, across).map((cells) => rowOf(cells, true));
  const body = gridRows(source.rows, across).map((cells) => rowOf(cells, false));
  const rows = [...head, ...body];
  return rows.length === 0 ? null : make(rows, widths, BOXED);
}

function cellOf(
  cell: Cell & { column: number },
  source: TreeTable,
  widths: readonly number[],
  head: boolean,
  lists: ListCount,
): TableCell {
  const { colSpan = 1, rowSpan = 1 } = cell;
  const align = cell.align ?? (head ? 'center' : source.columns[cell.column]?.align);
  const blocks = flow(cell.blocks, {
    place: head ? 'head' : source.quadrants ? 'callout' : 'cell',
    lists,
    ...(align === undefined ? {} : { align }),
    keepNext: head,
  });
  const size = widths.slice(cell.column, cell.column + colSpan).reduce((total, each) => total + each, 0);
  return new TableCell({
    width: { size, type: WidthType.DXA },
    ...(colSpan > 1 ? { columnSpan: colSpan } : {}),
    ...(rowSpan > 1 ? { rowSpan } : {}),
    ...(cell.tint === undefined ? {} : shading(TINTS[cell.tint])),
    ...(head ? { verticalAlign: VerticalAlignTable.CENTER } : {}),
    children: blocks.length > 0 ? blocks : [new Paragraph({ style: 'TableText' })],
  });
}

export function callout(source: Callout, width: number, lists: ListCount): Table {
  const edge = { style: BorderStyle.SINGLE, size: 24, color: TONE_EDGES[source.tone] };
  const title = new Paragraph({
    style: 'CalloutText',
    keepNext: true,
    children: children([run(source.title, { bold: true })]),
  });
  const cell = new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: { top: none, bottom: none, right: none, left: edge },
    margins: { top: 80, bottom: 80, left: 170, right: 120, marginUnitType: WidthType.DXA },
    ...shading(TINTS[TONES[source.tone]]),
    children: [title, ...flow(source.blocks, { place: 'callout', lists })],
  });
  return make([new TableRow({ cantSplit: true, children: [cell] })], [width], BARE);
}

export function keyValue(source: KeyValue, width: number): Table | null {
  if (source.rows.length === 0) return null;
  const widths = widthsOf([32, 68], width);
  const rows = source.rows.map(
    ({ key, runs }) =>
      new TableRow({
        cantSplit: true,
        children: [[run(key, { bold: true })], runs].map(
          (content, column) =>
            new TableCell({
              width: { size: widths[column] ?? 0, type: WidthType.DXA },
              children: [new Paragraph({ style: 'CalloutText', children: children(content) })],
            }),
        ),
      }),
  );
  return make(rows, widths, { ...BARE, top: line, bottom: line, insideHorizontal: line });
}

/** A quarter of a landscape page, its heading and its source line apart. Twips: 66 mm. */
const QUADRANT_HEIGHT = 3742;

/** Pixels of a chart for each point: 216 to the inch. */
const SHARPNESS = 3;

/** The chart as pictures; who cannot see one is told every label and figure in its alternative text. */
export function bars(source: Bars, width: number): Paragraph[] {
  if (source.items.length === 0) return [];
  return barPictures(source, width / 20).map(
    (picture, at) =>
      new Paragraph({
        style: 'Picture',
        children: [
          new ImageRun({
            type: 'png',
            data: pngOf(picture.svg, SHARPNESS),
            transformation: { width: picture.width / 0.75, height: picture.height / 0.75 },
            altText: { name: `${at + 1}`, title: cleanLine(source.caption), description: cleanText(picture.alt) },
          }),
        ],
      }),
  );
}
