/**
 * Ballots by command: the rule is read by the core inside the transaction that holds the round, so that what was refused
 * was never there and what was acknowledged is counted. Nothing here is logged: no choice, no receipt, no name.
 */
import { createHmac } from 'node:crypto';
import { isCrew, participantIn, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { checkBallot, remaining } from '#core/voting/ballot.ts';
import { standingAt } from '#core/voting/deadline.ts';
import { newReceipt, readReceipt } from '#core/voting/receipt.ts';
import { acceptsBallot } from '#core/voting/round.ts';
import { mayReadOwnBallot } from '#core/voting/secrecy.ts';
import type { Ballot, PublishedBallot } from '#core/voting/types.ts';
import type { BallotAnswer, BallotCommand } from '../store/ballots.ts';
import type { Repositories } from '../store/port.ts';
import type { StoredRound } from '../store/rounds.ts';
import { together } from '../store/together.ts';
import type { Deps } from './deps.ts';
import { allowed, isNobody } from './doors.ts';

/** What a voter sent: the ballot in the shape of PUT (`dots`, `scores`, `ranking`, `choices` or `abstain`) under `body`. */
export interface CastInput {
  readonly body: unknown;
  readonly clientKey?: string | undefined;
  /** Epoch milliseconds on the device's clock; left out: now. */
  readonly castAt?: number | undefined;
}

/** One's own ballot in the shape of PUT. */
export type OwnBallot = Omit<PublishedBallot, 'receipt'> & {
  readonly reasons?: Readonly<Record<string, string>>;
  readonly receipt: string;
  readonly remaining?: number;
};

function asSent(ballot: Ballot): Omit<OwnBallot, 'receipt' | 'remaining'> {
  switch (ballot.kind) {
    case 'dots':
      return { dots: ballot.dots };
    case 'score':
      return { scores: ballot.scores };
    case 'ranking':
      return { ranking: ballot.ranking };
    case 'choices':
      return { choices: ballot.choices, reasons: ballot.reasons };
    case 'abstain':
      return { abstain: true };
  }
}

/** Takes ballots, or waits for late ones. */
export const isRunning = ({ status }: StoredRound): boolean => status === 'open' || status === 'closing';

/** What the table is to hold of a ballot that passed the rules. */
export function command(
  round: StoredRound,
  ballot: Ballot,
  rest: Pick<BallotCommand, 'voterKey' | 'commander' | 'organisationId' | 'source' | 'clientKey'>,
): BallotCommand {
  const left = remaining(round.settings.method, ballot);
  const budget = round.settings.method.kind === 'dots' ? round.settings.method.budget : 0;
  return {
    ...rest,
    roundId: round.id,
    ballot,
    receipt: newReceipt(),
    spent: left === null ? 0 : budget - left,
    budget,
    remaining: left,
  };
}

/** A round without codes keeps the receipt to itself: nobody is shown one. */
export function told<T extends object>({ settings }: Pick<StoredRound, 'settings'>, answer: T): T {
  return settings.receipts === false && 'receipt' in answer ? { ...answer, receipt: '' } : answer;
}

export function ballots(
  { store, room, now }: Deps,
  visible: (caller: Caller, id: string) => Promise<Result<StoredRound>>,
) {
  const commit = together(store);

  /** Who a voter is in the table of ballots; null: the round was closed and its key destroyed. */
  async function voterKeyOf(
    { rounds }: Pick<Repositories, 'rounds'>,
    round: StoredRound,
    participantId: string,
  ): Promise<string | null> {
    if (!round.settings.secret) return participantId;
    const key = await rounds.key(round.id);
    return key === null ? null : createHmac('sha256', key).update(participantId).digest('base64url');
  }

  /** The caller as a voter. Facilitators, staff and projectors look on: they stand on no roll. */
  async function voterIn(
    { workshops }: Pick<Repositories, 'workshops'>,
    caller: Caller,
    round: StoredRound | null,
  ): Promise<Result<{ round: StoredRound; participantId: string }>> {
    if (isNobody(caller)) return refuse('join-needed');
    if (!round || !(await workshops.byId(round.workshopId))) return refuse('not-found');
    const passes = allowed(caller, 'ballot.cast', round.workshopId);
    const person = participantIn(caller, round.workshopId);
    if (!passes.ok || !person) return passes.ok ? refuse('forbidden') : passes;
    // Who leads and came in as a participant as well has a ballot only where the round says so.
    if (isCrew(caller) && !round.settings.crewVotes) return refuse('crew-without-vote');
    return ok({ round, participantId: person.participantId });
  }

  return {
    /** Writes the caller's ballot whole, in place of an earlier one. The receipt stays the same through every change. */
    async cast(caller: Caller, id: string, input: CastInput): Promise<Result<BallotAnswer>> {
      const clientKey = input.clientKey ?? null;
      let changedIn: string | null = null;
      const answer = await commit(async (repositories): Promise<Result<BallotAnswer>> => {
        const { rounds } = repositories;
        changedIn = null;
        const round = await rounds.holdForBallot(id);
        const who = await voterIn(repositories, caller, round);
        if (!who.ok) return who;
        const { participantId } = who.value;
        const { settings, options, workshopId, dueAt } = who.value.round;
        // Past its time a round takes what was cast before, whether or not somebody has ended it already.
        const { status, closedAt } = standingAt(
          { ...who.value.round, dueAt, graceSeconds: settings.graceSeconds },
          now(),
        );
        const voterKey = status === 'draft' ? null : await voterKeyOf(repositories, who.value.round, participantId);
        if (clientKey !== null && voterKey !== null) {
          const done = await rounds.answered({ roundId: id, commander: voterKey, clientKey });
          if (done) return ok(told(who.value.round, done));
        }
        const arrival = acceptsBallot({
          status,
          closedAt,
          graceSeconds: settings.graceSeconds,
          castAt: input.castAt ?? null,
          now: now(),
        });
        if (!arrival.ok) return arrival;
        const seat = await rounds.seat(id, participantId);
        if (!seat) return refuse('not-on-the-roll');
        const ballot = checkBallot(
          settings.method,
          options.map((option) => option.id),
          input.body,
        );
        if (!ballot.ok) return ballot;
        if (arrival.value === 'late') {
          if (await rounds.noteLate(id, participantId)) changedIn = workshopId;
          return refuse('ballot-late');
        }
        // A store put back from a backup has no keys of open rounds: what was cast is counted, nobody can be told apart any more.
        if (voterKey === null) return refuse('round-closed');
        const written = await rounds.putBallot(
          command(who.value.round, ballot.value, {
            voterKey,
            commander: voterKey,
            organisationId: seat.organisationId,
            source: 'device',
            clientKey,
          }),
        );
        if (!written.replayed) changedIn = workshopId;
        return ok(told(who.value.round, written.answer));
      });
      // The voter need not wait for the room to hear of it, and the room hears at fixed ticks, not of each ballot.
      if (changedIn !== null) room.soon(changedIn);
      return answer;
    },

    /** The caller's own ballot, in the shape in which it is sent; `not-found` where none was cast. */
    async ownBallot(caller: Caller, id: string): Promise<Result<OwnBallot>> {
      const found = await visible(caller, id);
      const who = found.ok ? await voterIn(store, caller, found.value) : found;
      if (!who.ok) return who;
      const { round, participantId } = who.value;
      const may = mayReadOwnBallot(round.status, round.settings.secret);
      if (!may.ok) return may;
      const voterKey = await voterKeyOf(store, round, participantId);
      const own = voterKey === null ? null : await store.rounds.ballotOf(id, voterKey);
      if (!own) return refuse('not-found');
      const left = remaining(round.settings.method, own.ballot);
      const ballot = { ...asSent(own.ballot), receipt: own.receipt, ...(left === null ? {} : { remaining: left }) };
      return ok(told(round, ballot));
    },

    /** The anonymous ballot of a receipt, once the list is published. */
    async ballotOfReceipt(caller: Caller, id: string, receipt: string): Promise<Result<PublishedBallot>> {
      const round = await visible(caller, id);
      if (!round.ok) return round;
      if (isRunning(round.value)) return refuse('ballots-not-published');
      if (round.value.settings.receipts === false) return refuse('receipt-unknown');
      const wanted = readReceipt(receipt);
      const found = round.value.result?.ballots?.find((ballot) => ballot.receipt === wanted);
      return found ? ok(found) : refuse('receipt-unknown');
    },
  };
}
