/**
 * The one place that decides what a viewer may see of a round: in the room document, on pages, through the API, in
 * exports and snapshots alike. While a round is open there is nothing to see but the turnout, whoever asks.
 */
import { ok, refuse, type Result } from '../result.ts';
import { SMALL } from './bodies.ts';
import { optionOrder } from './order.ts';
import type {
  Ballot,
  CountedBallot,
  Method,
  Option,
  PublishedBallot,
  RoundResult,
  RoundSettings,
  RoundStatus,
} from './types.ts';

/** A round as the store keeps it; `result` may be there only once it is closed. */
export interface KeptRound {
  readonly id: string;
  readonly settings: RoundSettings;
  readonly status: RoundStatus;
  readonly options: readonly Option[];
  readonly turnout: { readonly eligible: number; readonly cast: number };
  readonly result: RoundResult | null;
}

/** Who looks. `voterKey`: anything stable for one voter, for their own order of options; null: the order of the round. */
export interface Viewer {
  readonly voterKey: string | null;
}

/** The body of GET /api/v1/rounds/{id}, and what every other door shows of a round. */
export interface SeenRound {
  readonly id: string;
  readonly title: string;
  readonly of: RoundSettings['of'];
  readonly method: Method;
  readonly secret: boolean;
  readonly status: RoundStatus;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly turnout: { readonly eligible: number; readonly cast: number };
  readonly result: RoundResult | null;
}

/**
 * What a viewer sees of a round. Role plays no part on purpose: while it is open or closing a facilitator, an export and
 * an administrator see what the projector sees. The result holds only what may be told to everybody (tally.ts made it so).
 */
export function seeRound(round: KeptRound, viewer: Viewer): SeenRound {
  const { id, settings, status, turnout } = round;
  const texts = new Map(round.options.map((option) => [option.id, option.text]));
  const ids = round.options.map((option) => option.id);
  const order = viewer.voterKey === null ? ids : optionOrder(ids, `${id} ${viewer.voterKey}`);
  return {
    id,
    title: settings.title,
    of: settings.of,
    method: settings.method,
    secret: settings.secret,
    status,
    options: order.map((each) => ({ id: each, text: texts.get(each) ?? '' })),
    turnout: { eligible: turnout.eligible, cast: status === 'draft' ? 0 : turnout.cast },
    result: status === 'closed' ? round.result : null,
  };
}

/** One's own ballot may be read back until a secret round closes; then nothing knows any more whose it was. */
export function mayReadOwnBallot(status: RoundStatus, secret: boolean): Result<'own'> {
  return status === 'closed' && secret ? refuse('ballot-unlinked') : ok('own');
}

/** Secrecy of a round may be made stricter, never looser (PRODUCT, rule 5). */
export function mayChangeSecrecy(from: boolean, to: boolean): Result<boolean> {
  return from && !to ? refuse('anonymity-only-tightens') : ok(to);
}

function published(ballot: Ballot): Omit<PublishedBallot, 'receipt'> {
  switch (ballot.kind) {
    case 'dots':
      return { dots: ballot.dots };
    case 'score':
      return { scores: ballot.scores };
    case 'ranking':
      return { ranking: ballot.ranking };
    case 'choices':
      return { choices: ballot.choices };
    case 'abstain':
      return { abstain: true };
  }
}

/** Sorts what is inside a ballot too: the order in which somebody tapped is a trace of the hand. */
function inOrder(ballot: Ballot): Ballot {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (ballot.kind === 'dots') return { ...ballot, dots: sorted(ballot.dots) };
  if (ballot.kind === 'score') return { ...ballot, scores: sorted(ballot.scores) };
  if (ballot.kind === 'choices') return { ...ballot, choices: sorted(ballot.choices) };
  return ballot;
}

/** Whether the anonymous list is published: asked for, and at least three ballots cast. */
export function publishesBallots(cast: number, publish: boolean): boolean {
  return publish && cast >= SMALL;
}

/** Without codes the order is that of what is in them, and a number tells nothing but the place in the list. */
function numbered(ballots: readonly Omit<PublishedBallot, 'receipt'>[]): readonly PublishedBallot[] {
  const sorted = ballots.map((ballot) => [JSON.stringify(ballot), ballot] as const);
  sorted.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map(([, ballot], place) => ({ receipt: String(place + 1), ...ballot }));
}

/** Whether a published list carries the codes that voters were shown. */
export const hasReceipts = (ballots: readonly PublishedBallot[]): boolean =>
  ballots.some(({ receipt }) => !/^\d+$/.test(receipt));

/**
 * The anonymous list, in the order of the receipts (random codes), so independent of who cast when; without reasons,
 * organisation and source. null where it is not published.
 */
export function publishBallots(
  ballots: readonly CountedBallot[],
  publish: boolean,
  receipts = true,
): readonly PublishedBallot[] | null {
  if (!publishesBallots(ballots.length, publish)) return null;
  if (!receipts) return numbered(ballots.map(({ ballot }) => published(inOrder(ballot))));
  return ballots
    .map(({ receipt, ballot }) => ({ receipt, ...published(inOrder(ballot)) }))
    .sort((a, b) => (a.receipt < b.receipt ? -1 : a.receipt > b.receipt ? 1 : 0));
}
