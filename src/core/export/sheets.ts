/**
 * The results as a workbook: one sheet a matter, each one rectangular table with typed columns, so that filters, sums and
 * pivots work. What the document says outside its tables stands on the first sheet, and a table of the document that has
 * no typed sheet of its own comes as it is: Excel shows neither less nor more than Word.
 */
import type { Language } from '../people/caller.ts';
import { formatIsoDay, formatTime, type Moment } from './format.ts';
import type { DocumentLabels } from './labels.ts';
import { votingSheets } from './sheets-voting.ts';
import { textIn, type ResultsSource, type SourceBoard } from './source.ts';
import { cleanLine, cleanText } from './text.ts';
import { textsOf } from './texts.ts';
import { flatten, type Block, type Document, type Run, type Table } from './tree.ts';

/** `date` is the wall clock of the workshop, `YYYY-MM-DDTHH:MM`: a spreadsheet knows no time zones. */
export type SheetCell = string | number | boolean | null | { readonly date: string };

export interface SheetColumn {
  readonly title: string;
  /** How its numbers are shown. */
  readonly kind: 'text' | 'number' | 'percent' | 'date';
  /** Characters. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
}

export const text = (title: string, width = 16): SheetColumn => ({ title, kind: 'text', width });
export const number = (title: string, width = 12): SheetColumn => ({ title, kind: 'number', width });
export const percent = (title: string, width = 10): SheetColumn => ({ title, kind: 'percent', width });
export const date = (title: string): SheetColumn => ({ title, kind: 'date', width: 17 });

export function wallClock(moment: Moment | null, timeZone: string): SheetCell {
  const day = moment === null ? '' : formatIsoDay(moment, timeZone);
  return day === '' || moment === null ? null : { date: `${day}T${formatTime(moment, timeZone)}` };
}

export function resultsSheets(
  source: ResultsSource,
  document: Document,
  language: Language,
  labels: DocumentLabels,
): Sheet[] {
  const sheets = [
    summarySheet(document, labels),
    attendanceSheet(source, labels),
    ...source.boards.map((board) => boardSheet(board, language, labels)),
    ...votingSheets(source, language, labels),
    ...otherTables(document),
  ].filter(({ rows }) => rows.length > 0);
  return named(sheets);
}

const joined = (runs: readonly Run[]) => runs.map((each) => each.text).join('');

/** Everything that is said in sentences: facts, rules of rounds, warnings, captions, with the heading it stands under. */
function summarySheet(document: Document, labels: DocumentLabels): Sheet {
  const rows: SheetCell[][] = [['', '', document.title]];
  let part = '';
  const add = (item: string, said: string) => rows.push([part, item, said]);
  for (const line of [document.subtitle, document.organisation, document.date]) if (line) add('', line);
  const sources = new Set<string>();
  for (const block of flatten(document.blocks)) {
    switch (block.kind) {
      case 'heading':
        if (block.level < 3) part = joined(block.runs);
        if (block.level < 3) add('', part);
        break;
      case 'keyValue':
        for (const { key, runs } of block.rows) add(key, joined(runs));
        break;
      case 'callout':
        add(block.title, textsOf(block.blocks).join('\n'));
        break;
      case 'paragraph':
        add('', joined(block.runs));
        break;
      case 'table':
        if (block.caption) add('', block.caption);
        break;
      case 'bars':
        add('', block.caption);
        break;
      case 'source':
        if (!sources.has(block.text)) add('', block.text);
        sources.add(block.text);
    }
  }
  return {
    name: labels.summary,
    columns: [text(labels.part, 34), text(labels.item, 34), text(labels.text, 90)],
    rows: rows.map((row) => row.map((value) => (value === '' ? null : value))),
  };
}

function attendanceSheet(source: ResultsSource, labels: DocumentLabels): Sheet {
  const rows: SheetCell[][] = source.organisations.map(({ name, seats, people }, at) => [at + 1, name, seats, people]);
  if (source.unaffiliated > 0) rows.push([null, labels.organisationNone, null, source.unaffiliated]);
  const all = source.organisations.reduce((sum, { people }) => sum + people, source.unaffiliated);
  if (rows.length > 0) rows.push([null, labels.total, null, all]);
  return {
    name: labels.attendance,
    columns: [number(labels.number, 6), text(labels.organisation, 60), number(labels.seats), number(labels.people, 16)],
    rows,
  };
}

/** A row a note, in reading order. */
function boardSheet(board: SourceBoard, language: Language, labels: DocumentLabels): Sheet {
  const zones = new Map(board.zones.map(({ id, name }) => [id, textIn(name, language)]));
  const groups = new Map(board.groups.map((group) => [group.id, group]));
  const rows = board.notes.map((note, at): SheetCell[] => {
    const group = note.group === undefined ? undefined : groups.get(note.group);
    return [
      at + 1,
      zones.get(note.at[0]) ?? note.at[0],
      group ? cleanText(group.title).trim() || labels.groupUntitled : null,
      cleanText(note.text).trim() || labels.noteEmpty,
      note.lang ?? null,
    ];
  });
  return {
    name: textIn(board.title, language),
    columns: [
      number(labels.number, 6),
      text(labels.area, 22),
      text(labels.group, 34),
      text(labels.note, 90),
      text(labels.language, 8),
    ],
    rows,
  };
}

/** Tables that no typed sheet holds, so that a new table of the document is never forgotten here. */
function otherTables(document: Document): Sheet[] {
  let part = '';
  return flatten(document.blocks).flatMap((block: Block): Sheet[] => {
    if (block.kind === 'heading' && block.level < 3) part = joined(block.runs);
    if (block.kind !== 'table' || block.typed || block.quadrants) return [];
    const [head, ...rest] = [...block.head, ...block.rows].map((row) =>
      row.map(({ blocks }) => textsOf(blocks).join('\n')),
    );
    if (!head) return [];
    return [{ name: part, columns: columnsOf(block, head), rows: rest }];
  });
}

function columnsOf({ columns }: Table, head: readonly string[]): SheetColumn[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0) || 1;
  return columns.map(({ share }, at) => text(head[at] ?? '', Math.max(8, Math.round((share / all) * 110))));
}

/** Excel takes 31 characters without \ / ? * [ ] : and no name twice, in whichever case. */
function named(sheets: readonly Sheet[]): Sheet[] {
  // Excel keeps this name for itself.
  const taken = new Set(['history']);
  return sheets.map((sheet) => {
    const plain = cleanLine(sheet.name.replace(/[\\/?*[\]:]/g, ' ')).replace(/^'+|'+$/g, '') || '1';
    let name = [...plain].slice(0, 31).join('').slice(0, 31).trim();
    for (let count = 2; taken.has(name.toLowerCase()); count++)
      name = `${[...plain].slice(0, 26).join('').slice(0, 26).trim()} ${count}`;
    taken.add(name.toLowerCase());
    return { ...sheet, name: name.toWellFormed() };
  });
}
