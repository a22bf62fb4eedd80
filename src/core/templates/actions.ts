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

/** Cells of a table; a quoted cell may hold separators, quotes (doubled) and line ends. */
export function readTable(text: string): string[][] {
  const head = text.slice(0, 2000);
  const separator = ['\t', ';', ','].find((each) => head.includes(each)) ?? '\t';
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

export function readActionTable(text: string): ActionTable {
  const rows = readTable(text);
  const [first = []] = rows;
  const columns: Partial<Record<ActionColumn, number>> = {};
  for (const [index, cell] of first.entries())
    for (const column of ['text', 'period', 'owner'] as const)
      if (
        columns[column] === undefined &&
        !Object.values(columns).includes(index) &&
        HEADINGS[column].some((word) => fold(cell).includes(word))
      )
        columns[column] = index;
  if (columns.text !== undefined) return { rows: rows.slice(1), heading: first, columns };
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
    heading: null,
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
