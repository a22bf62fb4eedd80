/**
 * What a result card says beside the figures of one round: near-ties, two criteria as a 2x2, what moved since the round that
 * it repeats, what was put together after the vote. The same as on the screen (lib/voting), for every format of document.
 */
import { movementOf } from '../voting/follow-up.ts';
import { mergersOf } from '../voting/mergers.ts';
import { twoByTwo, type Placed } from '../voting/two-by-two.ts';
import type { RoundResult } from '../voting/types.ts';
import { formatNumber } from './format.ts';
import type { ResultsScope } from './results.ts';
import type { ResultsSource, SourceRound } from './source.ts';
import { cell, headCell, paragraph, run, type Block, type Callout, type Cell, type Table } from './tree.ts';

type Numbers = ReadonlyMap<string, number>;

/** Bands of near-equals; null where there are none. */
export function nearTieNote(result: RoundResult, numbers: Numbers, { labels }: ResultsScope): Callout | null {
  const bands = result.nearTies ?? [];
  if (bands.length === 0) return null;
  const named = (ids: readonly string[]) =>
    ids.map((id) => `${labels.number}\u00A0${numbers.get(id) ?? '?'}`).join(', ');
  const lines = [labels.nearTiesText, ...bands.map(named)];
  return {
    kind: 'callout',
    tone: 'note',
    title: labels.nearTies,
    blocks: lines.map((each) => paragraph(each, 'plain')),
  };
}

/** The first two criteria of a score round: four quarters, each option where the mean of the individual scores puts it. */
function quarters({ settings }: SourceRound, result: RoundResult, numbers: Numbers, scope: ResultsScope): Table[] {
  const { labels, language } = scope;
  const placed = twoByTwo(settings.method, result);
  const [first, second] = settings.method.kind === 'score' ? settings.method.criteria : [];
  if (placed.length === 0 || !first || !second) return [];
  const names = { x: first.name, y: second.name };
  const figure = (value: number) => formatNumber(value, language, 2);
  const quarter = (which: Placed['quadrant']): Cell => {
    const inside = placed.filter(({ quadrant }) => quadrant === which);
    const lines = inside.map(({ id, text, x, y, spreadX, spreadY }) =>
      paragraph(
        `${labels.number}\u00A0${numbers.get(id) ?? '?'}. ${text} (${figure(x)} ± ${figure(spreadX)}; ${figure(y)} ± ${figure(spreadY)})`,
        'plain',
      ),
    );
    return cell([paragraph([run(labels.quarters[which]?.(names) ?? which, { bold: true })], 'plain'), ...lines]);
  };
  return [
    {
      kind: 'table',
      caption: `${labels.twoByTwo(names)}. ${labels.twoByTwoNote}`,
      columns: [{ share: 50 }, { share: 50 }],
      head: [],
      rows: [
        [quarter('low-high'), quarter('high-high')],
        [quarter('low-low'), quarter('high-low')],
      ],
      mayBreak: true,
    },
  ];
}

/** What moved since the round that this one repeats, in counts of the whole room. */
function movement(round: SourceRound, result: RoundResult, source: ResultsSource, scope: ResultsScope): Table[] {
  const { labels, language } = scope;
  const { origin } = round;
  if (origin?.kind !== 're-vote') return [];
  const before = source.rounds.find(({ id }) => id === origin.roundId)?.result;
  if (!before) return [];
  const figure = (value: number) => cell(formatNumber(value, language, 2));
  const pair = (title: string) => [headCell(`${title}: ${labels.before}`), headCell(`${title}: ${labels.after}`)];
  return [
    {
      kind: 'table',
      caption: labels.movement,
      columns: [{ share: 40 }, ...Array.from({ length: 6 }, () => ({ share: 10, align: 'center' as const }))],
      head: [[headCell(labels.option), ...pair(labels.rank), ...pair(labels.total), ...pair(labels.voters)]],
      rows: movementOf(before, result).map(({ text, before: was, after: is }) => [
        cell(text),
        ...[was.rank, is.rank, was.dots, is.dots, was.voters, is.voters].map(figure),
      ]),
    },
  ];
}

/** What was voted on apart and stands in one group now: distinct people, never a sum of dots. */
function mergers(round: SourceRound, result: RoundResult, source: ResultsSource, scope: ResultsScope): Table[] {
  const { labels, language } = scope;
  const board = source.boards.find(({ id }) => id === round.boardId);
  if (!board || !round.options) return [];
  const merged = mergersOf({ settings: round.settings, options: round.options, result }, board);
  if (merged.length === 0) return [];
  const byId = new Map(result.options.map((option) => [option.id, option]));
  return [
    {
      kind: 'table',
      caption: `${labels.merged}. ${labels.mergedNote}`,
      columns: [{ share: 26 }, { share: 58 }, { share: 16, align: 'center' }],
      head: [[headCell(labels.group), headCell(labels.option), headCell(labels.voters)]],
      rows: merged.map(({ title, optionIds, voters }) => [
        cell(title === '' ? labels.groupUntitled : title),
        cell(optionIds.map((id) => paragraph(`${byId.get(id)?.text ?? id} (${byId.get(id)?.voters ?? 0})`, 'plain'))),
        cell([run(formatNumber(voters, language), { bold: true })]),
      ]),
      mayBreak: true,
    },
  ];
}

/** After the figures of a closed round. */
export function afterRound(round: SourceRound, source: ResultsSource, scope: ResultsScope): Block[] {
  const { result } = round;
  if (result === null) return [];
  const numbers = new Map(result.options.map(({ id }, index) => [id, index + 1]));
  return [
    ...quarters(round, result, numbers, scope),
    ...movement(round, result, source, scope),
    ...mergers(round, result, source, scope),
  ];
}
