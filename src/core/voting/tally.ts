/**
 * From the ballots of a closed round to its result: the one function the close calls. What comes out may be shown to
 * everybody; figures that would unmask somebody are already gone, and nothing in it depends on when a ballot was cast.
 */
import { bodiesOf, rowsOf, type Row } from './bodies.ts';
import { countVoices, describe, distribution, standing, type Count } from './count.ts';
import { desksOf, type Desk } from './desk.ts';
import { organisationOrder, organisationVote } from './organisations.ts';
import { isRobust, schulzeOf } from './robust.ts';
import { publishBallots } from './secrecy.ts';
import { suppress, type Told } from './suppress.ts';
import { orderOptions } from './ties.ts';
import { sum, unitsPerPoint, voicesOf, weightsOf, type Voice } from './voice.ts';
import type {
  CountedBallot,
  Method,
  Option,
  OptionResult,
  OrganisationCell,
  RoundResult,
  RoundSettings,
} from './types.ts';

export interface TallyInput {
  readonly settings: RoundSettings;
  readonly options: readonly Option[];
  readonly ballots: readonly CountedBallot[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  /** How many are on the roll. */
  readonly eligible: number;
  readonly receivedAfterClose: number;
}

function shareOf(method: Method, count: Count, option: number): number {
  const given = count.given[option] ?? 0;
  const answered = count.answered[option] ?? 0;
  if (method.kind === 'dots' || method.kind === 'ranking') return given / (sum(count.given) || 1);
  if (answered === 0) return 0;
  if (method.kind !== 'score') return given / answered;
  return (given / answered / sum(weightsOf(method)) - method.min) / (method.max - method.min);
}

/** What each ballot gave this option on the scale that people know, for mean, median and spread. */
function valuesOf(method: Method, voices: readonly Voice[], option: number): number[] | null {
  if (method.kind === 'dots') return voices.map((voice) => voice.gives[option] ?? 0);
  if (method.kind === 'ranking') return voices.map((voice) => (voice.gives[option] ?? 0) / 2);
  if (method.kind !== 'score') return null;
  const weight = sum(weightsOf(method));
  return voices.filter((voice) => voice.answers[option]).map((voice) => (voice.gives[option] ?? 0) / weight);
}

/** The key under which a ballot is counted in the distribution of one option. */
function valueKey(method: Method, { ballot, gives, answers }: Voice, option: number, id: string): string {
  if (method.kind === 'dots') return String(gives[option] ?? 0);
  if (!answers[option]) return '-';
  if (ballot.kind === 'choices') return ballot.choices[id] ?? '-';
  if (ballot.kind === 'ranking') return String(ballot.ranking.indexOf(id) + 1);
  const weight = method.kind === 'score' ? sum(weightsOf(method)) : 1;
  return String(Math.round(((gives[option] ?? 0) / weight) * 100) / 100);
}

function criteriaOf(method: Method, voices: readonly Voice[], id: string): OptionResult['criteria'] {
  if (method.kind !== 'score') return undefined;
  return method.criteria.map(({ name }) => {
    const marks = voices.flatMap(({ ballot }) => {
      const mark = ballot.kind === 'score' && Object.hasOwn(ballot.scores, id) ? ballot.scores[id]?.[name] : undefined;
      return mark === undefined ? [] : [mark];
    });
    const { mean, spread } = describe(marks);
    return { name, mean, spread };
  });
}

function reasonsOf(voices: readonly Voice[], id: string): readonly string[] {
  return voices
    .flatMap(({ ballot }) =>
      ballot.kind === 'choices' && Object.hasOwn(ballot.reasons, id) ? [ballot.reasons[id] ?? ''] : [],
    )
    .sort();
}

function cellOf(row: Row, voices: readonly Voice[], option: number, hidden: boolean, units: number): OrganisationCell {
  const organisationIds = row.bodies.map((body) => body.id);
  const who = {
    organisationId: row.bodies.length === 1 ? (organisationIds[0] ?? null) : null,
    organisationIds,
    name: row.name,
  };
  if (hidden) return { ...who, dots: null, voters: null, suppressed: true };
  const dots = sum(row.members.map((member) => voices[member]?.gives[option] ?? 0)) / units;
  const voters = row.members.filter((member) => voices[member]?.supports[option]).length;
  return { ...who, dots, voters, suppressed: false };
}

/** Under quorum a result is a hint. No quorum, or a quorum of 0, is always met; rounding may not fail a quorum just met. */
function underQuorum(quorum: number | null, cast: number, eligible: number): boolean {
  return quorum !== null && cast < quorum * eligible - 1e-9;
}

export function tally(input: TallyInput): RoundResult {
  const { settings, options, ballots, organisations, eligible, receivedAfterClose } = input;
  const { method, cut } = settings;
  const ids = options.map((option) => option.id);
  const voices = voicesOf(method, ids, cut, ballots);
  const counted = voices.filter((voice) => !voice.abstains);
  const count = countVoices(counted, ids.length);
  const order = orderOptions(method, count, cut, ids);
  const schulze = method.kind === 'ranking' ? schulzeOf(counted, ids) : null;

  const bodies = bodiesOf(voices, organisations);
  const rows = rowsOf(bodies);
  const votes = bodies
    .filter((body) => body.id !== null)
    .map((body) =>
      organisationVote(
        method,
        voices.filter((_, voice) => body.members.includes(voice)),
        ids.length,
      ),
    );
  const byPerson = standing(method, count);
  const byOrganisation = organisationOrder(method, votes, order.sequence, byPerson);
  const desks = desksOf(voices, ids.length, unitsPerPoint(method));
  const list = publishBallots(ballots, settings.publish, settings.receipts);
  const told = suppress({
    ...{ method, optionCount: ids.length, voices, bodies, rows, listed: list !== null, byPerson },
    ...{ deskTold: desks.map((desk) => desk.dots !== null), order: byOrganisation, sequence: order.sequence },
  });

  const named = (those: readonly number[]): string[] => those.map((option) => ids[option] ?? '');
  const results = order.sequence.map((option) => {
    const facts = { method, counted, voices, count, rows, told, desk: desks[option] };
    const tied = order.ranks.filter((rank) => rank === order.ranks[option]).length > 1 || order.cutTie.includes(option);
    const place = { rank: order.ranks[option] ?? 1, tied, schulzeRank: schulze?.[option] };
    return optionResult(options[option] as Option, option, place, facts);
  });
  return {
    options: results,
    kept: named(order.kept),
    cutTie: named(order.cutTie),
    nearTies: order.bands.map(named),
    organisationOrder: told.orderTold ? named(byOrganisation.sequence) : [],
    orderFlips: told.orderTold ? named(byOrganisation.flips) : [],
    organisationsWithheld: told.withheld,
    turnout: {
      eligible,
      cast: voices.length,
      abstained: voices.length - counted.length,
      paper: voices.filter((voice) => voice.source === 'paper').length,
      proxy: voices.filter((voice) => voice.source === 'proxy').length,
    },
    indicative: underQuorum(settings.quorum, voices.length, eligible),
    robust: isRobust(method, counted, order, cut, schulze),
    tieBreaks: order.tieBreaks,
    receivedAfterClose,
    ...(list ? { ballots: list } : {}),
  };
}

interface Facts {
  readonly method: Method;
  readonly counted: readonly Voice[];
  readonly voices: readonly Voice[];
  readonly count: Count;
  readonly rows: readonly Row[];
  readonly told: Told;
  readonly desk: Desk | undefined;
}

function optionResult(
  { id, text }: Option,
  option: number,
  place: { readonly rank: number; readonly tied: boolean; readonly schulzeRank: number | undefined },
  { method, counted, voices, count, rows, told, desk }: Facts,
): OptionResult {
  const units = unitsPerPoint(method);
  const values = valuesOf(method, counted, option);
  const criteria = criteriaOf(method, counted, id);
  const reasons = reasonsOf(counted, id);
  return {
    id,
    text,
    rank: place.rank,
    tied: place.tied,
    dots: (count.given[option] ?? 0) / units,
    voters: count.supporters[option] ?? 0,
    answered: count.answered[option] ?? 0,
    share: shareOf(method, count, option),
    ...(values ? describe(values) : {}),
    ...(criteria ? { criteria } : {}),
    ...(place.schulzeRank === undefined ? {} : { schulzeRank: place.schulzeRank }),
    distribution: distribution(counted.map((voice) => valueKey(method, voice, option, id))),
    byOrganisation: rows.map((row, at) => cellOf(row, voices, option, told.hidden[at]?.[option] ?? true, units)),
    desk: desk ?? { dots: null, voters: null },
    ...(reasons.length > 0 ? { reasons } : {}),
  };
}
