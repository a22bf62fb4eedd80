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
  const longest = Math.max(...result.options.map(({ dots }) => dots), 0);
  const kept = new Set(result.kept);
  const items = result.options.map((option, index) => ({
    label: `${index + 1}. ${cleanLine(option.text)}`,
    value: option.dots,
    text: `${formatNumber(option.dots, language, 2)} (${formatPercent(option.share, language)})`,
    share: longest <= 0 ? 0 : Math.max(0, option.dots / longest),
    kept: kept.has(option.id),
  }));
  const [first] = items;
  return {
    kind: 'bars',
    caption: labels.rankingCaption({ measure: measures(round, scope).total }),
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
  const narrow = { share: 11, align: 'center' as const };
  return {
    kind: 'table',
    caption: round.settings.cut === null ? labels.resultsCaption : `${labels.resultsCaption} ${labels.keptNote}`,
    columns: [
      { share: 6, align: 'center' },
      { share: 46 },
      narrow,
      narrow,
      ...(people === null ? [] : [narrow]),
      narrow,
      ...(byOrganisation.size === 0 ? [] : [{ share: 15, align: 'center' as const }]),
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
  };
}

/** How much the room agreed: mean, median, spread, and how many ballots gave each value. */
export function distributionTable({ settings }: SourceRound, result: RoundResult, scope: ResultsScope): Block[] {
  const { labels, language } = scope;
  const number = (value: number | undefined) => cell(value === undefined ? '–' : formatNumber(value, language, 2));
  const choices =
    settings.method.kind === 'consent'
      ? ['support', 'live-with', 'object']
      : settings.method.kind === 'verdict'
        ? settings.method.choices
        : null;
  const spread = choices === null && result.options.some(({ mean }) => mean !== undefined);
  const valueName = (value: string) => (value === '-' ? labels.unanswered : (labels.choices[value] ?? value));
  const rows = result.options.map((option, index) => [
    cell(String(index + 1)),
    ...(choices ?? []).map((choice) => number(option.distribution[choice] ?? 0)),
    ...(spread ? [number(option.mean), number(option.median), number(option.spread)] : []),
    ...(choices === null
      ? [
          cell(
            Object.entries(option.distribution)
              .map(([value, ballots]) => `${valueName(value)}: ${formatNumber(ballots, language)}`)
              .join('; '),
          ),
        ]
      : [number(option.distribution['-'] ?? 0)]),
    ...(option.criteria ?? []).map(({ mean }) => number(mean)),
  ]);
  const criteria = result.options[0]?.criteria ?? [];
  const head = [
    labels.number,
    ...(choices ?? []).map((id) => labels.choices[id] ?? id),
    ...(spread ? [labels.mean, labels.median, labels.spread] : []),
    choices === null ? labels.distribution : labels.unanswered,
    ...criteria.map(({ name }) => name),
  ];
  if (rows.length === 0) return [];
  const wide = choices === null ? 40 : 14;
  const columns = head.map((_, at) => ({
    share: at === 0 ? 6 : at === head.length - 1 - criteria.length ? wide : 14,
    align:
      at > 0 && choices === null && at === head.length - 1 - criteria.length ? ('left' as const) : ('center' as const),
  }));
  return [
    {
      kind: 'table',
      caption: spread ? `${labels.distributionCaption} ${labels.spreadNote}` : labels.distributionCaption,
      columns,
      head: [head.map((text) => headCell(text))],
      rows,
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
  const hidden = result.options.some(({ byOrganisation }) => byOrganisation.some(({ suppressed }) => suppressed));
  const figure = (dots: number | null, voters: number | null) => {
    if (dots === null) return cell('*');
    const written = formatNumber(dots, language, 2);
    return cell(people === null || voters === null ? written : `${written} (${formatNumber(voters, language)})`);
  };
  const caption =
    people === null
      ? labels.byOrganisation({ measure: total })
      : labels.byOrganisationPeople({ measure: total, people });
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
    });
  }
  if (hidden) tables.push({ kind: 'source', text: labels.suppressedNote });
  return tables;
}
