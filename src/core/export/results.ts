/**
 * The results of a workshop as a document: who was there, what every board holds, what every round decided, and the
 * anonymous ballots behind it. One snapshot gives one document, in whichever language it is asked for.
 */
import type { Language } from '../people/caller.ts';
import { boardBlocks } from './boards.ts';
import { formatDateTime, formatLongDate, formatNumber } from './format.ts';
import type { DocumentLabels } from './labels.ts';
import { ballotBlocks, roundBlocks } from './rounds.ts';
import { afterRound } from './round-after.ts';
import { shortHash, textIn, type ResultsSource } from './source.ts';
import { cleanLine } from './text.ts';
import { cell, headCell, heading, needsContents, run, type Block, type Document } from './tree.ts';

/** What the builders below are all given. */
export interface ResultsScope {
  readonly language: Language;
  readonly labels: DocumentLabels;
  readonly timeZone: string;
  /** The line that says which snapshot the figures come from. */
  readonly source: string;
}

export function scopeOf(source: ResultsSource, language: Language, labels: DocumentLabels): ResultsScope {
  return { language, labels, timeZone: source.workshop.timeZone, source: sourceLine(source, labels) };
}

/** Every round whole, one after another. */
export function roundsOf(source: ResultsSource, scope: ResultsScope): Block[] {
  if (source.rounds.length === 0) return [];
  const rounds = source.rounds.flatMap((round) => roundBlocks(round, scope, afterRound(round, source, scope)));
  return [heading(1, scope.labels.voting), ...rounds];
}

export function resultsDocument(source: ResultsSource, language: Language, labels: DocumentLabels): Document {
  const { workshop, snapshot } = source;
  const scope = scopeOf(source, language, labels);
  const host = cleanLine(textIn(workshop.host, language));
  const blocks: Block[] = [
    ...attendanceBlocks(source, scope),
    ...source.boards.flatMap((board) => boardBlocks(board, scope)),
    ...roundsOf(source, scope),
    ...source.rounds.flatMap((round) => ballotBlocks(round, scope)),
  ];
  const strategy = textIn(workshop.strategy, language);
  const facts: Block = {
    kind: 'keyValue',
    rows: [
      ...(strategy === '' ? [] : [{ key: labels.strategy, runs: [run(strategy)] }]),
      { key: labels.attended, runs: [run(attendedText(source, scope))] },
      ...(snapshot === null
        ? []
        : [
            {
              key: labels.snapshot,
              runs: [
                run(snapshot.title === '' ? '' : `${snapshot.title}, `),
                run(`${formatDateTime(snapshot.takenAt, workshop.timeZone)}\n`),
                run(snapshot.hash, { code: true }),
              ].filter(({ text }) => text !== ''),
            },
          ]),
    ],
  };
  return {
    language,
    title: cleanLine(textIn(workshop.title, language)),
    subtitle: labels.resultsSubtitle,
    ...(host === '' ? {} : { organisation: host }),
    date: formatLongDate(workshop.date, language, workshop.timeZone),
    contents: needsContents(blocks) ? labels.contents : null,
    blocks: [facts, ...blocks],
  };
}

/** "Source: snapshot a1b2c3…, 09.03.2020, 16:42", or that there is none. */
function sourceLine(source: ResultsSource, labels: DocumentLabels): string {
  const { snapshot, workshop } = source;
  if (snapshot === null) return labels.sourceLive;
  return labels.sourceLine({
    hash: shortHash(snapshot.hash),
    time: formatDateTime(snapshot.takenAt, workshop.timeZone),
  });
}

function peopleIn(source: ResultsSource): number {
  return source.organisations.reduce((sum, { people }) => sum + people, source.unaffiliated);
}

export function attendedText(source: ResultsSource, { labels }: ResultsScope): string {
  const bodies = source.organisations.filter(({ people }) => people > 0).length;
  const people = labels.attendedPeople({ count: peopleIn(source) });
  return bodies === 0 ? people : `${people}, ${labels.attendedOrganisations({ count: bodies })}`;
}

export function attendanceBlocks(source: ResultsSource, { labels, language }: ResultsScope): Block[] {
  if (source.organisations.length === 0 && source.unaffiliated === 0) return [];
  const seats = source.organisations.some((organisation) => organisation.seats !== null);
  const figure = (value: number | null) => cell(value === null ? '–' : formatNumber(value, language));
  const rows = source.organisations.map((organisation, index) => [
    cell(String(index + 1)),
    cell(organisation.name),
    ...(seats ? [figure(organisation.seats)] : []),
    figure(organisation.people),
  ]);
  if (source.unaffiliated > 0)
    rows.push([cell(''), cell(labels.organisationNone), ...(seats ? [cell('–')] : []), figure(source.unaffiliated)]);
  const total = formatNumber(peopleIn(source), language);
  rows.push([
    cell(''),
    cell([run(labels.total, { bold: true })]),
    ...(seats ? [cell('')] : []),
    cell([run(total, { bold: true })]),
  ]);
  return [
    heading(1, labels.attendance),
    {
      kind: 'table',
      columns: [
        { share: 6, align: 'center' },
        { share: 64 },
        ...(seats ? [{ share: 12, align: 'center' as const }] : []),
        { share: 18, align: 'center' },
      ],
      head: [
        [
          headCell(labels.number),
          headCell(labels.organisation),
          ...(seats ? [headCell(labels.seats)] : []),
          headCell(labels.people),
        ],
      ],
      rows,
      typed: true,
    },
  ];
}
