/**
 * The results as one rectangular table, for spreadsheets and programs: a row for each note, for each option of each round,
 * and for each organisation's part in it. The first column says which, so that a filter gives any of the three.
 */
import type { Language } from '../people/caller.ts';
import { measures } from './figures.ts';
import { formatDateTime } from './format.ts';
import type { DocumentLabels } from './labels.ts';
import { textIn, type ResultsSource } from './source.ts';
import { cleanText } from './text.ts';

/** A number stays a number, so that a spreadsheet can count; null is an empty cell. */
export type RowCell = string | number | null;

export interface Rows {
  readonly head: readonly string[];
  readonly rows: readonly (readonly RowCell[])[];
}

export function resultsRows(source: ResultsSource, language: Language, labels: DocumentLabels): Rows {
  const rows: RowCell[][] = [];
  for (const board of source.boards) {
    const title = textIn(board.title, language);
    const zones = new Map(board.zones.map(({ id, name }) => [id, textIn(name, language)]));
    const groups = new Map(board.groups.map((group) => [group.id, group.title]));
    for (const note of board.notes) {
      const group = note.group === undefined ? null : cleanText(groups.get(note.group) ?? '') || labels.groupUntitled;
      rows.push([
        labels.note,
        title,
        zones.get(note.at[0]) ?? note.at[0],
        group,
        cleanText(note.text),
        ...Array<null>(10).fill(null),
      ]);
    }
  }
  const scope = { language, labels, timeZone: source.workshop.timeZone, source: '' };
  for (const round of source.rounds) {
    const { result, settings } = round;
    if (!result) continue;
    const { total } = measures(round, scope);
    const places = new Map(result.organisationOrder.map((id, at) => [id, at + 1]));
    for (const option of result.options) {
      const head = [settings.title, null, null, cleanText(option.text)] as const;
      const figures = [
        option.rank,
        places.get(option.id) ?? null,
        total,
        option.dots,
        option.voters,
        exact(option.share),
      ];
      const spread = [option.mean, option.median, option.spread].map(exact);
      rows.push([labels.option, ...head, null, ...figures, ...spread]);
      for (const cell of option.byOrganisation) {
        const name = cell.name === '' ? labels.organisationNone : cell.name;
        // Suppressed is not zero and not unknown: it says so.
        const part = cell.suppressed ? ['*', '*'] : [cell.dots, cell.voters];
        rows.push([labels.organisation, ...head, cleanText(name), null, null, total, ...part, null, null, null, null]);
      }
    }
  }
  const head = [
    labels.record,
    labels.part,
    labels.area,
    labels.group,
    labels.text,
    labels.organisation,
    labels.rank,
    labels.rankOrganisations,
    labels.measure,
    labels.total,
    labels.voters,
    labels.share,
    labels.mean,
    labels.median,
    labels.spread,
  ];
  if (source.snapshot) {
    const { hash, takenAt } = source.snapshot;
    const taken = formatDateTime(takenAt, source.workshop.timeZone);
    rows.push([labels.snapshot, taken, null, null, hash, ...Array<null>(10).fill(null)]);
  }
  return { head, rows };
}

/** Four decimals: more would be noise of floating point. */
function exact(value: number | undefined): number | null {
  return value === undefined ? null : Math.round(value * 10_000) / 10_000;
}
