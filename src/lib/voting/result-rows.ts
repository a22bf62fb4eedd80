/** How the result of each method is put into rows, units and words; the same on the phone, the laptop and the wall. */
import { formatNumber, formatPercent } from '#core/export/format.ts';
import type { Language } from '#core/people/caller.ts';
import type { Method, OptionResult, PublishedBallot, RoundResult } from '#core/voting/types.ts';
import { m } from '#messages/messages.js';

/** A row as ResultBars draws it; svelte-check does not read types out of a component from here. */
export interface ResultRow {
  id: string;
  label: string;
  rank: number;
  value: number;
  tied: boolean;
  band?: number;
  flips?: boolean;
  kept?: boolean;
  note: string;
}
export interface ResultColumn {
  title: string;
  cell: (row: { id: string }) => string;
}

export function unitOf(method: Method): string {
  switch (method.kind) {
    case 'dots':
      return m.result_unit_dots();
    case 'score':
      return m.result_mean();
    case 'ranking':
      return m.result_unit_ranking();
    case 'consent':
      return m.result_unit_consent();
    case 'verdict':
      return m.result_unit_verdict({ choice: method.choices[0] ?? '' });
  }
}

/** What the bar of an option measures: its mean where a mean decides, else its total. */
function valueOf(method: Method, option: OptionResult): number {
  return method.kind === 'score' ? (option.mean ?? 0) : option.dots;
}

export function rowsOf(result: RoundResult, method: Method, cut: number | null, language: Language): ResultRow[] {
  const hasCut = cut !== null || result.kept.length > 0;
  const bands = new Map((result.nearTies ?? []).flatMap((ids, band) => ids.map((id) => [id, band] as const)));
  const flips = new Set(result.orderFlips);
  return result.options.map((option) => {
    const people = m.ui_people_count({ count: option.voters });
    const band = bands.get(option.id);
    return {
      id: option.id,
      label: option.text,
      rank: option.rank,
      value: valueOf(method, option),
      tied: option.tied,
      ...(band === undefined ? {} : { band }),
      ...(flips.has(option.id) && { flips: true }),
      ...(hasCut ? { kept: result.kept.includes(option.id) } : {}),
      note: `${people} · ${formatPercent(option.share, language)}`,
    };
  });
}

export function formatOf(method: Method, language: Language): (value: number) => string {
  const digits = method.kind === 'score' ? 2 : method.kind === 'ranking' ? 1 : 0;
  return (value) => formatNumber(value, language, digits);
}

/** Further columns of the table behind the bars; those that no option has are left out. */
export function columnsOf(result: RoundResult, language: Language): ResultColumn[] {
  const byId = new Map(result.options.map((option) => [option.id, option]));
  const has = (key: 'median' | 'spread' | 'schulzeRank') => result.options.some((option) => option[key] !== undefined);
  const column = (title: string, cell: (option: OptionResult) => string): ResultColumn => ({
    title,
    cell: ({ id }) => {
      const option = byId.get(id);
      return option ? cell(option) : '';
    },
  });
  const number = (value: number | undefined) => (value === undefined ? '' : formatNumber(value, language, 2));
  return [
    column(m.result_people(), ({ voters }) => formatNumber(voters, language)),
    column(m.result_share(), ({ share }) => formatPercent(share, language, 1)),
    ...(has('median') ? [column(m.result_median(), ({ median }) => number(median))] : []),
    ...(has('spread') ? [column(m.result_spread(), ({ spread }) => number(spread))] : []),
    // Where so few used the desk that a figure would name them, there is none.
    ...(result.turnout.paper + result.turnout.proxy > 0
      ? [column(m.result_desk_apart(), ({ desk }) => (desk.dots === null ? '–' : number(desk.dots)))]
      : []),
    ...(has('schulzeRank') ? [column(m.result_schulze(), ({ schulzeRank }) => number(schulzeRank))] : []),
  ];
}

const CONSENT: Readonly<Record<string, () => string>> = {
  support: m.vote_consent_support,
  'live-with': m.vote_consent_live_with,
  object: m.vote_consent_object,
};

/** A published ballot in one line of words. */
export function ballotWords(ballot: PublishedBallot, textOf: (id: string) => string, method: Method): string {
  if (ballot.abstain) return m.result_ballot_abstained();
  const parts: string[] = [];
  for (const [id, count] of Object.entries(ballot.dots ?? {})) parts.push(`${textOf(id)}: ${count}`);
  for (const [place, id] of (ballot.ranking ?? []).entries()) parts.push(`${place + 1}. ${textOf(id)}`);
  for (const [id, marks] of Object.entries(ballot.scores ?? {}))
    parts.push(`${textOf(id)}: ${Object.values(marks).join(', ')}`);
  for (const [id, choice] of Object.entries(ballot.choices ?? {}))
    parts.push(`${textOf(id)}: ${method.kind === 'consent' ? (CONSENT[choice]?.() ?? choice) : choice}`);
  return parts.join('; ') || m.result_ballot_empty();
}
