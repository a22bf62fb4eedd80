/**
 * The minutes of a workshop, made from its data: who was there, the agenda with the time it really took, what was shown,
 * every round whole, who disagreed and why, what was decided, and where to sign. Only number, place and the two who sign
 * are typed by people.
 */
import type { Language } from '../people/caller.ts';
import { decisionBlocks, dissentBlocks } from './decisions.ts';
import { formatLongDate, formatPeriod, formatTime, type Moment } from './format.ts';
import type { DocumentLabels } from './labels.ts';
import { attendanceBlocks, attendedText, roundsOf, scopeOf, type ResultsScope } from './results.ts';
import { textIn, type LocalText, type ResultsSource, type SourceBoard } from './source.ts';
import { cleanLine } from './text.ts';
import {
  cell,
  headCell,
  heading,
  needsContents,
  paragraph,
  run,
  type Block,
  type Document,
  type List,
  type Run,
} from './tree.ts';

/** What people type; '' is left for a pen. */
export interface MinutesFields {
  readonly number: string;
  readonly place: string;
  readonly chair: string;
  readonly secretary: string;
}

export const NO_FIELDS: MinutesFields = { number: '', place: '', chair: '', secretary: '' };

export interface AgendaItem {
  readonly title: LocalText;
  readonly plannedMinutes: number | null;
  /** When it really ran; more than once where the room came back to it. */
  readonly runs: readonly { readonly from: Moment; readonly to: Moment | null }[];
  readonly skipped: boolean;
  readonly materials: readonly { readonly title: string; readonly url: string }[];
}

export interface MinutesSource {
  readonly results: ResultsSource;
  readonly fields: MinutesFields;
  readonly agenda: readonly AgendaItem[];
}

const LINE = '_'.repeat(24);

export function minutesDocument(source: MinutesSource, language: Language, labels: DocumentLabels): Document {
  const { results, fields } = source;
  const { workshop } = results;
  const scope = scopeOf(results, language, labels);
  const host = cleanLine(textIn(workshop.host, language));
  const number = cleanLine(fields.number);
  const blocks: Block[] = [
    ...attendanceBlocks(results, scope),
    ...agendaBlocks(source, scope),
    ...presentedBlocks(source, scope),
    ...(results.boards.length === 0 ? [] : [heading(1, labels.work), workTable(results.boards, scope)]),
    ...roundsOf(results, scope),
    ...dissentBlocks(results, scope),
    ...decisionBlocks(results, scope),
    ...signatureBlocks(fields, labels),
  ];
  return {
    language,
    title: number === '' ? labels.minutes : labels.minutesNumber({ number }),
    subtitle: cleanLine(textIn(workshop.title, language)),
    ...(host === '' ? {} : { organisation: host }),
    date: formatLongDate(workshop.date, language, workshop.timeZone),
    contents: needsContents(blocks) ? labels.contents : null,
    blocks: [factsOf(source, scope), ...blocks],
  };
}

function factsOf({ results, fields, agenda }: MinutesSource, scope: ResultsScope): Block {
  const { labels, language, timeZone } = scope;
  const runs = agenda.flatMap((item) => item.runs);
  const first = runs.map(({ from }) => from).sort(byTime)[0] ?? null;
  const last =
    runs
      .flatMap(({ to }) => (to === null ? [] : [to]))
      .sort(byTime)
      .at(-1) ?? null;
  const rows: readonly (readonly [string, string])[] = [
    [labels.place, cleanLine(fields.place) || LINE],
    [labels.roundTime, formatPeriod(first, last, timeZone)],
    [labels.strategy, textIn(results.workshop.strategy, language)],
    [labels.attended, attendedText(results, scope)],
    [labels.chair, cleanLine(fields.chair) || LINE],
    [labels.secretary, cleanLine(fields.secretary) || LINE],
  ];
  return {
    kind: 'keyValue',
    rows: rows.filter(([, value]) => value !== '').map(([key, value]) => ({ key, runs: [run(value)] })),
  };
}

const byTime = (a: Moment, b: Moment) => new Date(a).getTime() - new Date(b).getTime();

function agendaBlocks({ agenda }: MinutesSource, { labels, language, timeZone }: ResultsScope): Block[] {
  if (agenda.length === 0) return [];
  const actual = ({ runs, skipped }: AgendaItem) => {
    if (skipped && runs.length === 0) return labels.agendaSkipped;
    const spans = runs.map(
      ({ from, to }) => `${formatTime(from, timeZone)}–${to === null ? '' : formatTime(to, timeZone)}`,
    );
    return spans.join(', ') || '–';
  };
  return [
    heading(1, labels.agenda),
    {
      kind: 'table',
      columns: [
        { share: 6, align: 'center' },
        { share: 54 },
        { share: 16, align: 'center' },
        { share: 24, align: 'center' },
      ],
      head: [
        [
          headCell(labels.number),
          headCell(labels.agendaItem),
          headCell(labels.agendaPlanned),
          headCell(labels.agendaActual),
        ],
      ],
      rows: agenda.map((item, at) => [
        cell(String(at + 1)),
        cell(textIn(item.title, language)),
        cell(item.plannedMinutes === null ? '–' : String(item.plannedMinutes)),
        cell(actual(item)),
      ]),
    },
  ];
}

function presentedBlocks({ agenda }: MinutesSource, { labels, language }: ResultsScope): Block[] {
  const shown = agenda.flatMap((item) => item.materials.map((material) => ({ item, material })));
  if (shown.length === 0) return [heading(1, labels.presented), paragraph(labels.presentedNone)];
  const items = shown.map(({ item, material }): List['items'][number] => {
    const words: Run[] = [
      run(`${cleanLine(textIn(item.title, language))}: `),
      run(cleanLine(material.title) || material.url, { link: material.url }),
    ];
    return [paragraph(words, 'plain')];
  });
  return [heading(1, labels.presented), { kind: 'list', ordered: true, items }];
}

/** How much was written where; the notes themselves stand in the results, of which the minutes are no copy. */
function workTable(boards: readonly SourceBoard[], { labels, language }: ResultsScope): Block {
  const rows = boards.flatMap((board) =>
    board.zones.map((zone) => {
      const notes = board.notes.filter(({ at }) => at[0] === zone.id);
      const groups = board.groups
        .filter(({ at }) => at[0] === zone.id)
        .map(({ title }) => cleanLine(title) || labels.groupUntitled);
      return [
        cell(textIn(board.title, language)),
        cell(textIn(zone.name, language)),
        cell(String(notes.length)),
        cell(groups.join('; ') || '–'),
      ];
    }),
  );
  return {
    kind: 'table',
    columns: [{ share: 26 }, { share: 24 }, { share: 12, align: 'center' }, { share: 38 }],
    head: [[headCell(labels.part), headCell(labels.area), headCell(labels.notes), headCell(labels.group)]],
    rows,
    mayBreak: true,
  };
}

function signatureBlocks(fields: MinutesFields, labels: DocumentLabels): Block[] {
  const line = (role: string, name: string): Block =>
    paragraph([run(role, { bold: true }), run(`: ${LINE} ${cleanLine(name) || LINE}`)], 'plain');
  return [
    heading(1, labels.signatures, false),
    line(labels.chair, fields.chair),
    line(labels.secretary, fields.secretary),
  ];
}
