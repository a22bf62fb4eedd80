/**
 * How a round ends: by a person, by its own clock, or when its grace time is over. Whoever comes first does it under the
 * round's lock and all others find it done: a timer, a start of the server, somebody who looks.
 */
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { extended, standingAt } from '#core/voting/deadline.ts';
import { recordRunOff } from '#core/voting/follow-up.ts';
import { graceIsOver, mayClose } from '#core/voting/round.ts';
import { tally } from '#core/voting/tally.ts';
import { runOffOptions } from '#core/voting/ties.ts';
import type { RoundResult } from '#core/voting/types.ts';
import type { Repositories } from '../store/port.ts';
import type { StoredRound } from '../store/rounds.ts';
import type { Deps } from './deps.ts';
import { accountOf } from './doors.ts';

/** A timer may wait some 24 days at most; nothing here is longer than a day. */
const timed = (round: StoredRound) => ({ ...round, graceSeconds: round.settings.graceSeconds });

/** When this round needs somebody to end it; null: not by itself. */
const nextEnd = (round: StoredRound): number | null =>
  round.status === 'open' ? round.dueAt : round.status === 'closing' ? round.closesAt : null;

export function closing(deps: Deps, visible: (caller: Caller, id: string) => Promise<Result<StoredRound>>) {
  const { store, live, room, log, now } = deps;
  const timers = new Map<string, NodeJS.Timeout>();

  async function tell(round: Pick<StoredRound, 'workshopId' | 'boardId'>): Promise<void> {
    await room.project(round.workshopId);
    await live.reconsider([`board/${round.boardId}`]);
  }

  /** What a run-off decided stands in the round that was tied, unless somebody decided it meanwhile. */
  async function tellParent({ rounds }: Repositories, round: StoredRound, result: RoundResult): Promise<void> {
    if (round.origin?.kind !== 'run-off') return;
    const parent = await rounds.lock(round.origin.roundId);
    if (!parent?.result || runOffOptions(parent.result).length === 0) return;
    await rounds.amend(parent.id, recordRunOff(parent.result, parent.settings.cut, result, round.id));
    await rounds.record(parent.id, { kind: 'run-off', at: now(), accountId: null, detail: round.id });
  }

  /** Counts and ends a round whose row this transaction holds. */
  async function finish(repositories: Repositories, round: StoredRound, closedAt: number): Promise<void> {
    const { rounds, workshops } = repositories;
    const cast = await rounds.ballots(round.id);
    const counted = tally({
      settings: round.settings,
      options: round.options,
      ballots: cast.map(({ ballot, organisationId, source, receipt }) => ({ ballot, organisationId, source, receipt })),
      organisations: await workshops.organisations(round.workshopId),
      eligible: round.eligible,
      receivedAfterClose: round.late,
    });
    const unconfirmed = await rounds.dropDeskEntries(round.id);
    const result = unconfirmed > 0 ? { ...counted, unconfirmed } : counted;
    await rounds.finish(round.id, { result, cast: cast.length, closedAt, secret: round.settings.secret });
    await tellParent(repositories, round, result);
  }

  /** Closes a round that this transaction holds, from the given moment on; counts it where no grace time runs. */
  async function end(
    repositories: Repositories,
    round: StoredRound,
    closedAt: number,
    accountId: string | null,
  ): Promise<void> {
    const { graceSeconds } = round.settings;
    await repositories.rounds.record(round.id, { kind: 'closed', at: closedAt, accountId });
    if (graceSeconds > 0 && !graceIsOver(closedAt, graceSeconds, now()))
      await repositories.rounds.startClosing(round.id, closedAt, closedAt + graceSeconds * 1000);
    else await finish(repositories, round, closedAt);
  }

  async function settle(id: string): Promise<void> {
    const done = await store.transaction(async (repositories) => {
      const round = await repositories.rounds.lock(id);
      const over = round && standingAt(timed(round), now());
      if (!round || !over) return null;
      if (round.status === 'open' && over.closedAt !== null) await end(repositories, round, over.closedAt, null);
      else if (round.status === 'closing' && graceIsOver(round.closedAt ?? 0, round.settings.graceSeconds, now()))
        await finish(repositories, round, round.closedAt ?? now());
      else return null;
      return round;
    });
    if (done) await afterEnd(done);
  }

  /** What was destroyed leaves the write-ahead log, the room hears of it, and a grace time ends by itself. */
  async function afterEnd(round: StoredRound): Promise<void> {
    const after = await store.rounds.byId(round.id);
    if (after?.status === 'closed') await store.checkpoint();
    await tell(round);
    if (after) waitFor(after);
  }

  function waitFor(round: StoredRound): void {
    clearTimeout(timers.get(round.id));
    const until = nextEnd(round);
    if (until === null) return;
    const wait = setTimeout(
      () => {
        timers.delete(round.id);
        settle(round.id).catch((error: unknown) =>
          log.error({ err: error, round: round.id }, 'a round could not be ended'),
        );
      },
      Math.max(0, until - now()),
    );
    wait.unref();
    timers.set(round.id, wait);
  }

  /** The round as it is at this moment: one whose time ran out is ended first. */
  async function current(id: string): Promise<StoredRound | null> {
    const round = await store.rounds.byId(id);
    const until = round && nextEnd(round);
    if (until === null || now() < until) return round;
    await settle(id);
    return store.rounds.byId(id);
  }

  return {
    tell,
    waitFor,
    current,

    /** Ends the voting: at once, or after the grace time that was announced. */
    async close(caller: Caller, id: string): Promise<Result<null>> {
      const account = accountOf(caller, 'round.lead');
      if (!account.ok) return account;
      const found = await visible(caller, id);
      if (!found.ok) return found;
      const closed = await store.transaction(async (repositories): Promise<Result<null>> => {
        const round = await repositories.rounds.lock(id);
        if (!round) return refuse('not-found');
        const to = mayClose(standingAt(timed(round), now()).status, round.settings);
        if (!to.ok) return to;
        await end(repositories, round, now(), account.value.accountId);
        return ok(null);
      });
      if (closed.ok) await afterEnd(found.value);
      return closed;
    },

    /** Moves the end on by so many seconds (10 to a day): on record, and told in the room. */
    async extend(caller: Caller, id: string, seconds: number): Promise<Result<null>> {
      const account = accountOf(caller, 'round.lead');
      if (!account.ok) return account;
      const found = await visible(caller, id);
      if (!found.ok) return found;
      const moved = await store.transaction(async ({ rounds }): Promise<Result<number>> => {
        const round = await rounds.lock(id);
        if (!round) return refuse('not-found');
        const until = extended(timed(round), seconds, now());
        if (!until.ok) return until;
        await rounds.extend(id, until.value);
        const event = { kind: 'extended', at: now(), accountId: account.value.accountId } as const;
        await rounds.record(id, { ...event, detail: new Date(until.value).toISOString() });
        return until;
      });
      if (!moved.ok) return moved;
      waitFor({ ...found.value, dueAt: moved.value });
      await tell(found.value);
      return ok(null);
    },

    /** After a start: rounds whose time ran out meanwhile are ended, the others when it does. */
    async resume(): Promise<void> {
      for (const round of [...(await store.rounds.closing()), ...(await store.rounds.timed())]) {
        const until = nextEnd(round);
        if (until === null || until <= now()) await settle(round.id);
        else waitFor(round);
      }
    },
  };
}
