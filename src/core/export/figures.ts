/**
 * The figures of one round: the ranked chart and the tables behind it. Options carry the number of their place in the
 * result, and every other table refers to them by it, so that wide tables stay on a portrait page.
 */
import type { OptionResult, RoundResult } from '../voting/types.ts';
import { formatNumber, formatPercent } from './format.ts';
import type { ResultsScope } from './results.ts';
import type { SourceRound } from './source.ts';
import { cleanLine } from './text.ts';
import { cell, headCell, run, type Bars, type Block, type Cell, type Table } from './tree.ts';

/** Columns of options that fit a portrait page beside the organisation's name. */
const OPTIONS_ACROSS = 10;

/** A label in the middle of a sentence. */
function lowerFirst(label: string): string {
  return label.slice(0, 1).toLowerCase() + label.slice(1);
}

/** What `dots` and `voters` of a result mean under each method (see OptionResult). */
export function measures(round: SourceRound, { labels }: ResultsScope): { total: string; people: string | null } {
  const { method } = round.settings;
  switch (method.kind) {
    case 'dots':
      return { total: labels.dots, people: labels.voters };
    case 'score':
      return { total: labels.points, people: labels.votersScore };
    case 'ranking':
      return { total: labels.points, people: labels.votersRanking };
    case 'consent':
      return { total: labels.accepted, people: labels.support };
    case 'verdict': {
      const first = method.choices[0] ?? '';
      return { total: labels.choices[first] ?? first, people: null };
    }
  }
}

export function barsOf(round: SourceRound, result: RoundResult, scope: ResultsScope): Bars {
  const { labels, language } = scope;
  // As on the screen: where a mean decides, the bar is the mean.
  const isMean = round.settings.method.kind === 'score';
  const valueOf = ({ dots, mean }: OptionResult) => (isMean ? (mean ?? 0) : dots);
  const longest = Math.max(...result.options.map(valueOf), 0);
  const kept = new Set(result.kept);
  const items = result.options.map((option, index) => ({
    label: `${index + 1}. ${cleanLine(option.text)}`,
    value: valueOf(option),
    text: `${formatNumber(valueOf(option), language, 2)} (${formatPercent(option.share, language)})`,
    share: longest <= 0 ? 0 : Math.max(0, valueOf(option) / longest),
    kept: kept.has(option.id),
  }));
  const [first] = items;
  return {
    kind: 'bars',
    caption: labels.rankingCaption({ measure: lowerFirst(isMean ? labels.mean : measures(round, scope).total) }),
    alt: first ? labels.barsAlt({ first: first.label, value: first.text, count: items.length }) : '',
    items,
  };
}

function rankText({ rank, tied }: OptionResult, { labels }: ResultsScope): string {
  return tied ? `${rank} (${labels.tied})` : String(rank);
}

/** Both totals side by side: one person one vote, one organisation one vote. */
export function resultTable(round: SourceRound, result: RoundResult, scope: ResultsScope): Table {
  const { labels, language } = scope;
  const { total, people } = measures(round, scope);
  const byOrganisation = new Map(result.organisationOrder.map((id, index) => [id, index + 1]));
  const kept = new Set(result.kept);
  const figure = (text: string, bold: boolean, look: Omit<Cell, 'blocks'> = {}) => cell([run(text, { bold })], look);
  const rows = result.options.map((option, index) => {
    const bold = kept.has(option.id);
    const look = bold ? ({ tint: 'green' } as const) : {};
    const place = byOrganisation.get(option.id);
    return [
      figure(String(index + 1), bold, look),
      figure(option.text, bold, look),
      figure(rankText(option, scope), bold, look),
      figure(formatNumber(option.dots, language, 2), bold, look),
      ...(people === null ? [] : [figure(formatNumber(option.voters, language), bold, look)]),
      figure(formatPercent(option.share, language, 1), bold, look),
      ...(byOrganisation.size === 0 ? [] : [figure(place === undefined ? '–' : String(place), bold, look)]),
    ];
  });
  const narrow = { share: 13, align: 'center' as const };
  return {
    kind: 'table',
    caption: round.settings.cut === null ? labels.resultsCaption : `${labels.resultsCaption} ${labels.keptNote}`,
    columns: [
      { share: 6, align: 'center' },
      { share: 36 },
      { share: 14, align: 'center' },
      narrow,
      ...(people === null ? [] : [narrow]),
      narrow,
      ...(byOrganisation.size === 0 ? [] : [{ share: 17, align: 'center' as const }]),
    ],
    head: [
      [
        headCell(labels.number),
        headCell(labels.option),
        headCell(labels.rank),
        headCell(total),
        ...(people === null ? [] : [headCell(people)]),
        headCell(labels.share),
        ...(byOrganisation.size === 0 ? [] : [headCell(labels.rankOrganisations)]),
      ],
    ],
    rows,
    typed: true,
  };
}

interface Column {
  readonly head: string;
  readonly share: number;
  readonly align: 'left' | 'center';
  readonly text: (option: OptionResult) => string;
}

function choicesOf({ settings: { method } }: SourceRound): readonly string[] | null {
  if (method.kind === 'consent') return ['support', 'live-with', 'object'];
  return method.kind === 'verdict' ? method.choices : null;
}

/** How much the room agreed, what came on paper, and how many ballots gave each value. */
export function distributionTable(round: SourceRound, result: RoundResult, scope: ResultsScope): Block[] {
  const { labels, language } = scope;
  if (result.options.length === 0) return [];
  const number = (value: number | null | undefined) =>
    value === undefined || value === null ? '–' : formatNumber(value, language, 2);
  const columns: Column[] = [];
  const add = (head: string, text: Column['text'], share = 14, align: Column['align'] = 'center') =>
    columns.push({ head, share, align, text });

  const choices = choicesOf(round);
  const spread = result.options.some(({ mean }) => mean !== undefined);
  for (const id of choices ?? []) add(labels.choices[id] ?? id, ({ distribution }) => number(distribution[id] ?? 0));
  if (choices) add(labels.unanswered, ({ distribution }) => number(distribution['-'] ?? 0));
  if (spread) {
    add(labels.mean, ({ mean }) => number(mean));
    add(labels.median, ({ median }) => number(median));
    add(labels.spread, (option) => number(option.spread));
  }
  if (result.options.some(({ schulzeRank }) => schulzeRank !== undefined))
    add(labels.schulze, ({ schulzeRank }) => number(schulzeRank));
  for (const [at, { name }] of (result.options[0]?.criteria ?? []).entries())
    add(name, ({ criteria }) => number(criteria?.[at]?.mean));
  if (result.turnout.paper + result.turnout.proxy > 0)
    add(labels.desk, ({ desk }) => (desk.dots === null ? '*' : number(desk.dots)));
  if (choices === null) {
    const valueName = (value: string) => (value === '-' ? labels.unanswered : number(Number(value)));
    const each = ({ distribution }: OptionResult) =>
      Object.entries(distribution).map(([value, ballots]) => `${valueName(value)}: ${number(ballots)}`);
    add(labels.distribution, (option) => each(option).join('; '), 40, 'left');
  }
  return [
    {
      kind: 'table',
      caption: spread ? `${labels.distributionCaption} ${labels.spreadNote}` : labels.distributionCaption,
      columns: [{ share: 6, align: 'center' }, ...columns.map(({ share, align }) => ({ share, align }))],
      head: [[headCell(labels.number), ...columns.map(({ head }) => headCell(head))]],
      rows: result.options.map((option, index) => [
        cell(String(index + 1)),
        ...columns.map(({ text }) => cell(text(option))),
      ]),
      typed: true,
    },
  ];
}

/** Organisations down, options across by number; suppressed cells say so, and the note under the table says why. */
export function organisationTables(round: SourceRound, result: RoundResult, scope: ResultsScope): Block[] {
  const { labels, language } = scope;
  if (result.organisationsWithheld) return [{ kind: 'source', text: labels.organisationsWithheld }];
  const first = result.options[0]?.byOrganisation ?? [];
  if (first.length === 0) return [];
  const { total, people } = measures(round, scope);
  const hidden = result.options.some(
    ({ byOrganisation, desk }) => desk.dots === null || byOrganisation.some(({ suppressed }) => suppressed),
  );
  const figure = (dots: number | null, voters: number | null) => {
    if (dots === null) return cell('*');
    const written = formatNumber(dots, language, 2);
    return cell(people === null || voters === null ? written : `${written} (${formatNumber(voters, language)})`);
  };
  const caption =
    people === null
      ? labels.byOrganisation({ measure: lowerFirst(total) })
      : labels.byOrganisationPeople({ measure: lowerFirst(total), people: lowerFirst(people) });
  const tables: Block[] = [];
  for (let from = 0; from < result.options.length; from += OPTIONS_ACROSS) {
    const options = result.options.slice(from, from + OPTIONS_ACROSS);
    tables.push({
      kind: 'table',
      ...(from === 0 ? { caption } : {}),
      columns: [
        { share: 40 },
        ...options.map(() => ({ share: Math.max(6, Math.min(12, 60 / options.length)), align: 'center' as const })),
      ],
      head: [
        [headCell(labels.organisation), ...options.map((_, at) => headCell(`${labels.number}\u00A0${from + at + 1}`))],
      ],
      rows: first.map(({ name }, row) => [
        cell(name === '' ? labels.organisationNone : name),
        ...options.map(({ byOrganisation }) =>
          figure(byOrganisation[row]?.dots ?? null, byOrganisation[row]?.voters ?? null),
        ),
      ]),
      typed: true,
    });
  }
  if (hidden) tables.push({ kind: 'source', text: labels.suppressedNote });
  return tables;
}
