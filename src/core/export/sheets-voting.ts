/** The sheets of the voting: a row a round, an option, an organisation's part in it, a value that was given, a ballot. */
import type { Language } from '../people/caller.ts';
import type { RoundResult } from '../voting/types.ts';
import { measures } from './figures.ts';
import type { DocumentLabels } from './labels.ts';
import { ballotText, methodText, optionNumbers } from './rounds.ts';
import { date, number, percent, text, wallClock, type Sheet, type SheetCell, type SheetColumn } from './sheets.ts';
import type { ResultsSource, SourceRound } from './source.ts';
import { cleanText } from './text.ts';

type Closed = SourceRound & { readonly result: RoundResult };

export function votingSheets(source: ResultsSource, language: Language, labels: DocumentLabels): Sheet[] {
  const scope = { language, labels, timeZone: source.workshop.timeZone, source: '' };
  const closed = source.rounds.filter((round): round is Closed => round.result !== null);
  const sheet = (name: string, columns: readonly SheetColumn[], rows: (round: Closed) => SheetCell[][]): Sheet => ({
    name,
    columns: [text(labels.round, 34), ...columns],
    rows: closed.flatMap((round) => rows(round).map((row) => [cleanText(round.settings.title), ...row])),
  });
  const option = [number(labels.number, 6), text(labels.option, 60)];
  const choice = (value: string) => (value === '-' ? labels.unanswered : (labels.choices[value] ?? value));
  return [
    {
      name: labels.voting,
      columns: [
        text(labels.round, 40),
        text(labels.roundMethod, 44),
        text(labels.roundSecrecy, 12),
        date(labels.opened),
        date(labels.closed),
        ...[labels.eligible, labels.cast].map((title) => number(title, 16)),
        percent(labels.turnout),
        percent(labels.quorum),
        ...[labels.abstained, labels.onPaper, labels.byProxy, labels.lateBallots].map((title) => number(title, 16)),
      ],
      rows: source.rounds.map(({ settings, openedAt, closedAt, result }) => {
        const turnout = result?.turnout;
        return [
          cleanText(settings.title),
          result ? methodText({ settings }, scope) : labels.roundNotClosed,
          settings.secret ? labels.secret : labels.attributed,
          wallClock(openedAt, scope.timeZone),
          wallClock(closedAt, scope.timeZone),
          turnout?.eligible ?? null,
          turnout?.cast ?? null,
          turnout ? (turnout.eligible === 0 ? 0 : turnout.cast / turnout.eligible) : null,
          settings.quorum,
          turnout?.abstained ?? null,
          turnout?.paper ?? null,
          turnout?.proxy ?? null,
          result?.receivedAfterClose ?? null,
        ];
      }),
    },
    sheet(
      labels.sheetResults,
      [
        ...option,
        number(labels.rank, 8),
        text(labels.tied, 8),
        text(labels.kept, 11),
        text(labels.measure, 14),
        number(labels.total),
        text(labels.peopleCounted, 22),
        number(labels.voters),
        percent(labels.share),
        number(labels.rankOrganisations, 18),
        ...[labels.mean, labels.median, labels.spread, labels.schulze].map((title) => number(title)),
        text(labels.desk, 18),
      ],
      (round) => optionRows(round, labels, scope),
    ),
    sheet(
      labels.sheetOrganisations,
      [...option, text(labels.organisation, 44), text(labels.measure, 14), text(labels.total), text(labels.voters)],
      (round) =>
        round.result.options.flatMap(({ text: said, byOrganisation }, at) =>
          byOrganisation.map(({ name, dots, voters, suppressed }): SheetCell[] => [
            ...[at + 1, cleanText(said)],
            name === '' ? labels.organisationNone : cleanText(name),
            measures(round, scope).total,
            // Suppressed is not zero and not unknown: it says so.
            ...(suppressed ? ['*', '*'] : [dots, measures(round, scope).people === null ? null : voters]),
          ]),
        ),
    ),
    sheet(
      labels.distribution,
      [...option, text(labels.value, 24), number(labels.ballotsCount, 14), number(labels.mean)],
      (round) =>
        round.result.options.flatMap(({ text: said, distribution, criteria = [] }, at): SheetCell[][] => [
          ...Object.entries(distribution).map(([value, ballots]) => [
            at + 1,
            cleanText(said),
            choice(value),
            ballots,
            null,
          ]),
          ...criteria.map(({ name, mean }) => [at + 1, cleanText(said), cleanText(name), null, mean]),
        ]),
    ),
    sheet(labels.reasons, [...option, text(labels.text, 90)], (round) =>
      round.result.options.flatMap(({ text: said, reasons = [] }, at) =>
        reasons.map((reason) => [at + 1, cleanText(said), cleanText(reason)]),
      ),
    ),
    sheet(labels.sheetBallots, [text(labels.receipt, 20), text(labels.ballot, 90)], ({ result }) =>
      (result.ballots ?? []).map((ballot) => [ballot.receipt, ballotText(ballot, optionNumbers(result), scope)]),
    ),
  ];
}

function optionRows(
  round: Closed,
  labels: DocumentLabels,
  scope: Parameters<typeof measures>[1],
): (string | number | null)[][] {
  const { result } = round;
  const { total, people } = measures(round, scope);
  const places = new Map(result.organisationOrder.map((id, at) => [id, at + 1]));
  const kept = new Set(result.kept);
  const anyDesk = result.turnout.paper + result.turnout.proxy > 0;
  return result.options.map((option, at) => [
    at + 1,
    cleanText(option.text),
    option.rank,
    option.tied ? labels.tied : null,
    kept.has(option.id) ? labels.kept : null,
    total,
    option.dots,
    people,
    people === null ? null : option.voters,
    option.share,
    places.get(option.id) ?? null,
    option.mean ?? null,
    option.median ?? null,
    option.spread ?? null,
    option.schulzeRank ?? null,
    anyDesk ? (option.desk.dots ?? '*') : null,
  ]);
}
