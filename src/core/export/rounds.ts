/**
 * One voting round in a results document. What is always printed together (PRODUCT, rules of voting 7-11): how it was
 * voted, the turnout, both orders, the warnings, and every figure; so that nobody can quote half of a result.
 */
import type { Language } from '../people/caller.ts';
import { hasReceipts } from '../voting/secrecy.ts';
import type { PublishedBallot, RoundResult } from '../voting/types.ts';
import { barsOf, distributionTable, organisationTables, resultTable } from './figures.ts';
import { formatNumber, formatPercent, formatPeriod } from './format.ts';
import type { VotingLabels } from './labels.ts';
import type { ResultsScope } from './results.ts';
import { nearTieNote } from './round-after.ts';
import type { SourceRound } from './source.ts';
import { cell, headCell, heading, paragraph, run, type Block, type Callout, type KeyValue } from './tree.ts';

/** Number of each option in the tables of its round: its place in the result's order. */
export function optionNumbers(result: RoundResult): ReadonlyMap<string, number> {
  return new Map(result.options.map(({ id }, index) => [id, index + 1]));
}

/** @param more what stands after its figures (round-after.ts). */
export function roundBlocks(round: SourceRound, scope: ResultsScope, more: readonly Block[] = []): Block[] {
  const { labels } = scope;
  const { result, settings } = round;
  const head = heading(2, settings.title);
  if (result === null) return [head, paragraph(labels.roundNotClosed)];
  return [
    head,
    rulesTable(round, result, scope),
    ...calloutsOf(round, result, scope),
    barsOf(round, result, scope),
    resultTable(round, result, scope),
    ...distributionTable(round, result, scope),
    ...organisationTables(round, result, scope),
    ...reasonBlocks(result, scope),
    ...more,
    { kind: 'source', text: scope.source },
  ];
}

/** How people voted, in one sentence. */
export function methodText(
  { settings }: Pick<SourceRound, 'settings'>,
  { labels, language }: { readonly labels: VotingLabels; readonly language: Language },
): string {
  const { method } = settings;
  const number = (value: number) => formatNumber(value, language, 3);
  switch (method.kind) {
    case 'dots':
      return labels.methodDots({ budget: method.budget, cap: method.perOption });
    case 'score': {
      const criteria = method.criteria.map(({ name, weight }) => `${name} (× ${number(weight)})`).join(', ');
      return labels.methodScore({ criteria, min: method.min, max: method.max });
    }
    case 'ranking':
      return labels.methodRanking;
    case 'consent':
      return labels.methodConsent;
    case 'verdict':
      return labels.methodVerdict({ choices: method.choices.map((id) => labels.choices[id] ?? id).join(' / ') });
  }
}

function rulesTable(round: SourceRound, result: RoundResult, scope: ResultsScope): KeyValue {
  const { labels, language, timeZone } = scope;
  const { settings } = round;
  const { cast, eligible, abstained, paper, proxy } = result.turnout;
  const percent = formatPercent(eligible === 0 ? 0 : cast / eligible, language);
  const rows: (readonly [string, string])[] = [
    [labels.roundMethod, methodText(round, scope)],
    [labels.roundSecrecy, settings.secret ? labels.secret : labels.attributed],
    [labels.roundTime, formatPeriod(round.openedAt, round.closedAt, timeZone)],
    [labels.turnout, labels.turnoutOf({ cast, eligible, percent })],
    [
      labels.quorum,
      settings.quorum === null
        ? labels.quorumNone
        : formatNumber(settings.quorum * 100, language, 1) + (language === 'en' ? '%' : '\u00A0%'),
    ],
    [labels.abstained, abstained === 0 ? '' : formatNumber(abstained, language)],
    [labels.deskBallots, paper + proxy === 0 ? '' : labels.deskCount({ paper, proxy })],
    [labels.unconfirmed, result.unconfirmed ? formatNumber(result.unconfirmed, language) : ''],
    [labels.whoVoted, settings.crewVotes ? labels.crewVotes : ''],
    [
      labels.lateBallots,
      result.receivedAfterClose === 0 ? '' : labels.lateNotCounted({ count: result.receivedAfterClose }),
    ],
  ];
  return {
    kind: 'keyValue',
    rows: rows.filter(([, value]) => value !== '').map(([key, value]) => ({ key, runs: [run(value)] })),
  };
}

function calloutsOf(round: SourceRound, result: RoundResult, scope: ResultsScope): Callout[] {
  const { labels } = scope;
  const numbers = optionNumbers(result);
  const texts = new Map(result.options.map(({ id, text }) => [id, text]));
  const named = (ids: readonly string[]) =>
    ids.map((id) => `${labels.number}\u00A0${numbers.get(id) ?? '?'}`).join(', ');
  const callouts: Callout[] = [];
  const add = (tone: Callout['tone'], title: string, ...lines: string[]) =>
    callouts.push({ kind: 'callout', tone, title, blocks: lines.map((line) => paragraph(line, 'plain')) });

  if (round.settings.cut !== null) {
    const title = labels.keptCount({ kept: result.kept.length, of: result.options.length });
    const items = result.kept.map((id) => [paragraph(texts.get(id) ?? id, 'plain')]);
    callouts.push({
      kind: 'callout',
      tone: 'decision',
      title,
      blocks: items.length > 0 ? [{ kind: 'list', ordered: true, items }] : [paragraph(labels.keptNone, 'plain')],
    });
  }
  if (result.indicative) add('warning', labels.indicative, labels.indicativeText);
  if (result.cutTie.length > 0)
    add(
      'warning',
      labels.tieAtCut({ count: result.cutTie.length }),
      ...result.cutTie.map((id) => `${labels.number}\u00A0${numbers.get(id) ?? '?'}. ${texts.get(id) ?? id}`),
    );
  const near = nearTieNote(result, numbers, scope);
  if (near) callouts.push(near);
  if (result.tieBreaks.length > 0)
    add(
      'note',
      labels.tieBroken,
      ...result.tieBreaks.map(({ rule, optionIds, reason, roundId }) => {
        const step = `${labels.tieRules[roundId === undefined ? rule : 'run-off-held'] ?? rule}: ${named(optionIds)}`;
        return reason === undefined ? step : `${step}. ${reason}`;
      }),
    );
  if (result.orderFlips.length > 0) add('warning', labels.flips, labels.flipsText, named(result.orderFlips));
  if (result.robust === true) add('note', labels.robust, labels.robustText);
  if (result.robust === false) add('warning', labels.fragile, labels.fragileText);
  return callouts;
}

/** Reasons given with a choice, under the option they speak about. */
function reasonBlocks(result: RoundResult, { labels }: ResultsScope): Block[] {
  const rows = result.options.flatMap(({ text, reasons = [] }, index) =>
    reasons.length === 0
      ? []
      : [
          [
            cell(String(index + 1)),
            cell(text),
            cell([
              { kind: 'list', ordered: false, items: reasons.map((reason) => [paragraph(reason, 'plain')]) } as const,
            ]),
          ],
        ],
  );
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [{ share: 6, align: 'center' }, { share: 40 }, { share: 54 }],
      head: [[headCell(labels.number), headCell(labels.option), headCell(labels.reasons)]],
      rows,
      mayBreak: true,
      typed: true,
    },
  ];
}

/** What one published ballot says, options by their number. */
export function ballotText(
  ballot: PublishedBallot,
  numbers: ReadonlyMap<string, number>,
  { labels, language }: Pick<ResultsScope, 'labels' | 'language'>,
): string {
  const place = (id: string) => numbers.get(id) ?? Number.MAX_SAFE_INTEGER;
  const lines = <T>(given: Readonly<Record<string, T>>, say: (value: T) => string) =>
    Object.entries(given)
      .sort(([a], [b]) => place(a) - place(b))
      .map(([id, value]) => `${labels.number}\u00A0${numbers.get(id) ?? '?'}: ${say(value)}`)
      .join('; ');
  const parts = [
    ballot.dots && lines(ballot.dots, (dots) => formatNumber(dots, language)),
    ballot.scores &&
      lines(ballot.scores, (scores) =>
        Object.entries(scores)
          .map(([name, score]) => `${name} ${score}`)
          .join(', '),
      ),
    ballot.ranking && ballot.ranking.map((id) => `${labels.number}\u00A0${numbers.get(id) ?? '?'}`).join(' > '),
    ballot.choices && lines(ballot.choices, (choice) => labels.choices[choice] ?? choice),
    ballot.abstain && labels.abstains,
  ];
  return parts.filter(Boolean).join('; ');
}

/** The anonymous ballots that a voter finds by receipt; only where the round publishes them. */
export function ballotBlocks({ settings, result }: SourceRound, scope: ResultsScope): Block[] {
  const { labels } = scope;
  if (!result?.ballots || result.ballots.length === 0) return [];
  const numbers = optionNumbers(result);
  const rows = result.ballots.map((ballot) => [
    cell([run(ballot.receipt, { code: true })]),
    cell(ballotText(ballot, numbers, scope)),
  ]);
  return [
    heading(1, labels.ballots({ round: settings.title }), false),
    ...(hasReceipts(result.ballots) ? [paragraph(labels.ballotsNote)] : []),
    {
      kind: 'table',
      columns: [{ share: 32 }, { share: 68 }],
      head: [[headCell(hasReceipts(result.ballots) ? labels.receipt : labels.number), headCell(labels.ballot)]],
      rows,
      typed: true,
    },
    { kind: 'source', text: scope.source },
  ];
}
