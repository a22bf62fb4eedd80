/**
 * Actions of the last programme from a pasted table: tabs (as spreadsheets copy), semicolons or commas. Which column is
 * what is guessed by its heading in three languages, else by its place; the person corrects the guess.
 */
import { fold } from '../people/names.ts';
import { actionText } from '../workshop/format.ts';

export type ActionColumn = 'text' | 'period' | 'owner';
export type Columns = Readonly<Partial<Record<ActionColumn, number>>>;

export interface ActionTable {
  /** Cells as typed, heading line left out. */
  readonly rows: readonly (readonly string[])[];
  readonly heading: readonly string[] | null;
  readonly columns: Columns;
}

const HEADINGS: Readonly<Record<ActionColumn, readonly string[]>> = {
  text: [
    'мероприят',
    'действ',
    'задач',
    'содержан',
    'иш-чара',
    'иш чара',
    'милдет',
    'аракет',
    'action',
    'activit',
    'task',
    'measure',
  ],
  period: [
    'срок',
    'период',
    'дата',
    'год',
    'квартал',
    'мооно',
    'убакыт',
    'жыл',
    'period',
    'date',
    'deadline',
    'year',
    'when',
    'term',
  ],
  owner: ['ответствен', 'исполнител', 'жооптуу', 'аткаруучу', 'responsib', 'owner', 'who', 'lead'],
};

/** So many lines tell what separates the cells. */
const TELLING = 20;

/**
 * A tab always separates, as nobody types one. Semicolons and commas also stand in sentences: they separate where two lines
 * of three hold the same number of them.
 */
function separatorOf(text: string): string {
  const bare = text.slice(0, 20_000).replace(/"[^"]*"/g, '');
  const lines = bare
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
    .slice(0, TELLING);
  if (lines.some((line) => line.includes('\t'))) return '\t';
  for (const each of [';', ',']) {
    const counts = lines.map((line) => line.split(each).length - 1);
    const usual = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    if (usual > 0 && counts.filter((count) => count === usual).length * 3 >= counts.length * 2) return each;
  }
  return '\t';
}

/** Cells as text that `readTable` reads back the same. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  // The last tab tells a table of one column from lines with commas.
  return rows.map((row) => [...row.map(quoted), ...(row.length < 2 ? [''] : [])].join('\t')).join('\n');
}

/** Cells of a table; a quoted cell may hold separators, quotes (doubled) and line ends. */
export function readTable(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((each) => each !== '')) rows.push(row);
    row = [];
  };
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < clean.length; at += 1) {
    const letter = clean[at] ?? '';
    if (quoted && letter === '"' && clean[at + 1] === '"') cell += clean[++at] ?? '';
    else if (letter === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && letter === separator) endCell();
    else if (!quoted && letter === '\n') endRow();
    else cell += letter;
  }
  endRow();
  return rows;
}

/** A heading is short and holds no date: an action that speaks of actions must not be taken for one. */
const LONGEST_HEADING = 40;

function headingColumns(first: readonly string[]): Partial<Record<ActionColumn, number>> {
  const columns: Partial<Record<ActionColumn, number>> = {};
  if (first.some((cell) => cell.length > LONGEST_HEADING || /^\d{4}$|\d{1,2}\.\d{1,2}\./.test(cell))) return {};
  for (const [index, cell] of first.entries())
    for (const column of ['text', 'period', 'owner'] as const)
      if (
        columns[column] === undefined &&
        !Object.values(columns).includes(index) &&
        HEADINGS[column].some((word) => fold(cell).includes(word))
      )
        columns[column] = index;
  return columns;
}

/** @param headed whether the first line is a heading, as the person says; left out: guessed. */
export function readActionTable(text: string, headed?: boolean): ActionTable {
  const all = readTable(text);
  const [first = []] = all;
  const columns = headed === false ? {} : headingColumns(first);
  if (columns.text !== undefined) return { rows: all.slice(1), heading: first, columns };
  const rows = headed ? all.slice(1) : all;
  // No heading: the longest column is what was to be done; a column of years or dates is when.
  const width = Math.max(0, ...rows.map((row) => row.length));
  const length = (index: number): number => rows.reduce((sum, row) => sum + (row[index]?.length ?? 0), 0);
  const order = Array.from({ length: width }, (_, index) => index).sort((a, b) => length(b) - length(a));
  const dated = order.find(
    (index) =>
      rows.length > 0 &&
      rows.every((row) => /\d{4}|\d{1,2}\.\d{1,2}/.test(row[index] ?? '') && (row[index]?.length ?? 0) < 30),
  );
  const body = order.find((index) => index !== dated);
  const owner = order.find((index) => index !== dated && index !== body && length(index) > rows.length * 3);
  return {
    rows,
    heading: headed ? first : null,
    columns: {
      ...(body !== undefined && { text: body }),
      ...(dated !== undefined && { period: dated }),
      ...(owner !== undefined && { owner }),
    },
  };
}

/** Texts of the action notes; rows without an action are left out. */
export function actionTexts({ rows }: Pick<ActionTable, 'rows'>, columns: Columns): string[] {
  const at = (row: readonly string[], column: ActionColumn): string => row[columns[column] ?? -1] ?? '';
  return rows.flatMap((row) => {
    const text = at(row, 'text');
    const [period, owner] = [at(row, 'period'), at(row, 'owner')];
    return text === '' ? [] : [actionText({ text, ...(period !== '' && { period }), ...(owner !== '' && { owner }) })];
  });
}
