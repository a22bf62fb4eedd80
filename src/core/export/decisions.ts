/** What the minutes say was decided, and who disagreed: read off the closed rounds, never typed by anybody. */
import type { RoundResult } from '../voting/types.ts';
import { formatNumber } from './format.ts';
import type { ResultsScope } from './results.ts';
import type { ResultsSource, SourceRound } from './source.ts';
import { cell, headCell, heading, paragraph, type Block, type List } from './tree.ts';

type Closed = SourceRound & { readonly result: RoundResult };

const closedOf = ({ rounds }: ResultsSource): Closed[] =>
  rounds.filter((round): round is Closed => round.result !== null);

/** Objections of consent rounds with their reasons. Who objected is nowhere: a reason stands apart from its ballot. */
export function dissentBlocks(source: ResultsSource, { labels, language }: ResultsScope): Block[] {
  const rows = closedOf(source).flatMap(({ settings, result }) =>
    settings.method.kind !== 'consent'
      ? []
      : result.options
          .filter(({ distribution }) => (distribution['object'] ?? 0) > 0)
          .map(({ text, distribution, reasons = [] }) => {
            const list: List = {
              kind: 'list',
              ordered: false,
              items: reasons.map((reason) => [paragraph(reason, 'plain')]),
            };
            return [
              cell(text),
              cell(formatNumber(distribution['object'] ?? 0, language)),
              reasons.length === 0 ? cell('–') : cell([list]),
            ];
          }),
  );
  if (rows.length === 0) return [heading(1, labels.dissent), paragraph(labels.dissentNone)];
  return [
    heading(1, labels.dissent),
    {
      kind: 'table',
      columns: [{ share: 40 }, { share: 14, align: 'center' }, { share: 46 }],
      head: [[headCell(labels.option), headCell(labels.objections), headCell(labels.reasons)]],
      rows,
      mayBreak: true,
    },
  ];
}

/** A result under its quorum is a hint and says so; what is tied at the cut is not decided yet. */
export function decisionBlocks(source: ResultsSource, { labels }: ResultsScope): Block[] {
  const blocks = closedOf(source).flatMap(({ settings, result }): Block[] => {
    const texts = new Map(result.options.map(({ id, text }) => [id, text]));
    const decided = (lead: string, lines: readonly string[]): Block[] =>
      lines.length === 0
        ? []
        : [
            paragraph(result.indicative ? `${lead} (${labels.indicative})` : lead),
            { kind: 'list', ordered: true, items: lines.map((line) => [paragraph(line, 'plain')]) },
          ];
    const round = settings.title;
    if (settings.cut !== null)
      return decided(
        labels.decisionKept({ round }),
        result.kept.map((id) => texts.get(id) ?? id),
      );
    if (settings.method.kind === 'consent')
      return decided(
        labels.decisionConsent({ round }),
        result.options
          .filter(({ distribution, answered }) => answered > 0 && (distribution['object'] ?? 0) === 0)
          .map(({ text }) => text),
      );
    if (settings.method.kind !== 'verdict') return [];
    const { choices } = settings.method;
    return decided(
      labels.decisionVerdict({ round }),
      result.options.flatMap(({ text, distribution, answered }) => {
        const most = choices.find((choice) => (distribution[choice] ?? 0) * 2 > answered);
        return most === undefined ? [] : [`${text}: ${(labels.choices[most] ?? most).toLowerCase()}`];
      }),
    );
  });
  return [heading(1, labels.decisions), ...(blocks.length > 0 ? blocks : [paragraph(labels.decisionsNone)])];
}
