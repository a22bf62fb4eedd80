/** The exam of `store.rounds`: one ballot a voter however many come at once, a close that nothing slips past, nothing left of who voted what. */
import { describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import type { RoundResult, RoundSettings } from '#core/voting/types.ts';
import type { BallotAnswer, BallotCommand } from '#server/store/ballots.ts';
import type { Store } from '#server/store/port.ts';
import type { StoredRound } from '#server/store/rounds.ts';
import { together } from '#server/store/together.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const BUDGET = 5;
/** The size that the product promises, with ASHAR_FULL=1. */
const FULL = process.env['ASHAR_FULL'] === '1';
const CROWD = FULL ? 500 : 40;
const settings: RoundSettings = {
  title: 'Priorities',
  of: 'notes',
  method: { kind: 'dots', budget: BUDGET, perOption: BUDGET },
  secret: true,
  quorum: null,
  cut: null,
  graceSeconds: 0,
  publish: true,
};
const options = ['a', 'b', 'c'].map((id) => ({ id, text: `option ${id}`, noteIds: [id], zone: 's' }));
const noResult = { options: [], organisationOrder: [], orderFlips: [] } as unknown as RoundResult;

export function draftRound(workshopId: string, boardId: string, change: Partial<StoredRound> = {}): StoredRound {
  return {
    id: newId(),
    workshopId,
    boardId,
    settings,
    chosen: null,
    options,
    status: 'draft',
    eligible: 0,
    cast: 0,
    late: 0,
    createdAt: 1,
    openedAt: null,
    closesAt: null,
    closedAt: null,
    result: null,
    dueAt: null,
    extensions: 0,
    origin: null,
    ...change,
  };
}

async function openRound(store: Store, voters: readonly string[]): Promise<StoredRound> {
  const { workshopId, boardId } = await insertWorkshop(store);
  const round = draftRound(workshopId, boardId);
  await store.rounds.insert(round);
  const seats = voters.map((participantId) => ({ participantId, organisationId: null, admittedLate: false }));
  await store.rounds.open(round.id, { options, seats, key: crypto.getRandomValues(new Uint8Array(32)), at: 2 });
  return round;
}

const command = (
  roundId: string,
  voterKey: string,
  dots: Record<string, number>,
  clientKey: string | null,
  receipt = newId(),
): BallotCommand => {
  const spent = Object.values(dots).reduce((sum, n) => sum + n, 0);
  return {
    roundId,
    voterKey,
    commander: voterKey,
    organisationId: null,
    ballot: { kind: 'dots', dots },
    receipt,
    source: 'device',
    spent,
    budget: BUDGET,
    remaining: BUDGET - spent,
    clientKey,
  };
};

const commits = new WeakMap<Store, ReturnType<typeof together>>();

/** What a use case does: hold the round, look whether it is open, write. null: it was closed. */
async function cast(store: Store, ballot: BallotCommand): Promise<BallotAnswer | null> {
  const commit = commits.get(store) ?? together(store);
  commits.set(store, commit);
  return commit(async ({ rounds }) => {
    const round = await rounds.holdForBallot(ballot.roundId);
    return round?.status === 'open' ? (await rounds.putBallot(ballot)).answer : null;
  });
}

async function close(store: Store, id: string): Promise<number> {
  const counted = await store.transaction(async ({ rounds }) => {
    await rounds.lock(id);
    const ballots = await rounds.ballots(id);
    await rounds.finish(id, { result: noResult, cast: ballots.length, closedAt: 3, secret: true });
    return ballots.length;
  });
  await store.checkpoint();
  return counted;
}

export function registerRoundsContract(open: () => Promise<Store>, again: (store: Store) => Promise<Store>): void {
  describe('rounds', () => {
    test('[V60] a round is kept as it was made, in the order of making, and its board knows when it is open', async () => {
      const store = await open();
      const { workshopId, boardId } = await insertWorkshop(store);
      const first = draftRound(workshopId, boardId, { chosen: ['a', 'b'] });
      await store.rounds.insert(first);
      await store.rounds.insert(draftRound(workshopId, boardId, { id: 'second' }));
      expect(await store.rounds.byId(first.id)).toEqual(first);
      expect((await store.rounds.inWorkshop(workshopId)).map(({ id }) => id)).toEqual([first.id, 'second']);
      expect(await store.rounds.openOn(boardId)).toEqual([]);
      await store.rounds.open(first.id, {
        options,
        seats: [{ participantId: 'p', organisationId: 'o', admittedLate: false }],
        key: null,
        at: 9,
      });
      expect(await store.rounds.openOn(boardId)).toHaveLength(1);
      expect(await store.rounds.byId(first.id)).toMatchObject({ status: 'open', eligible: 1, cast: 0, openedAt: 9 });
      await store.rounds.startClosing(first.id, 10, 20);
      expect(await store.rounds.openOn(boardId)).toHaveLength(1);
      expect((await store.rounds.closing()).map(({ id }) => id)).toEqual([first.id]);
    });

    test(
      `[V61] ${CROWD} voters, each changing a ballot twenty times at once and sending everything twice: one ballot each, never over budget`,
      { timeout: FULL ? 900_000 : 30_000 },
      async () => {
        const store = await open();
        const stores = [store, await again(store)];
        const voters = Array.from({ length: CROWD }, (_, n) => `voter-${n}`);
        const round = await openRound(store, voters);
        const sent = voters.flatMap((voter, v) =>
          Array.from({ length: 20 }, (_, n) =>
            [0, 1].map((copy) => ({
              voter,
              n,
              instance: stores[(n + copy) % 2] ?? store,
              dots: { a: (n + v) % 3, b: n % 3 },
            })),
          ).flat(),
        );
        const answers = await Promise.all(
          sent.map(({ voter, n, instance, dots }) => cast(instance, command(round.id, voter, dots, `change-${n}`))),
        );
        const ballots = await store.rounds.ballots(round.id);
        expect(ballots.map(({ voterKey }) => voterKey).sort()).toEqual([...voters].sort());
        expect(new Set(ballots.map(({ receipt }) => receipt)).size).toBe(CROWD);
        for (const { voterKey, ballot, receipt } of ballots) {
          const spent = ballot.kind === 'dots' ? Object.values(ballot.dots).reduce((sum, n) => sum + n, 0) : Infinity;
          expect(spent).toBeLessThanOrEqual(BUDGET);
          const own = answers.filter((_, at) => sent[at]?.voter === voterKey);
          // The receipt that a voter was shown stays theirs through every change.
          expect(new Set(own.map((answer) => answer?.receipt))).toEqual(new Set([receipt]));
        }
        // The same command again is the same answer, from whichever instance.
        for (let n = 0; n < sent.length; n += 2) expect(answers[n]).toEqual(answers[n + 1]);
        expect((await store.rounds.byId(round.id))?.cast).toBe(CROWD);
      },
    );

    test('[V62] a command that comes again after a later change is answered as then and changes nothing', async () => {
      const store = await open();
      const round = await openRound(store, ['p']);
      const first = await cast(store, command(round.id, 'p', { a: 2 }, 'first'));
      await cast(store, command(round.id, 'p', { b: 5 }, 'second'));
      expect(await cast(store, command(round.id, 'p', { a: 2 }, 'first'))).toEqual(first);
      expect((await store.rounds.ballotOf(round.id, 'p'))?.ballot).toEqual({ kind: 'dots', dots: { b: 5 } });
    });

    test('[V63] the table itself refuses a ballot over its budget', async () => {
      const store = await open();
      const round = await openRound(store, ['p']);
      await expect(cast(store, command(round.id, 'p', { a: BUDGET + 1 }, null))).rejects.toThrow();
      expect(await store.rounds.ballots(round.id)).toEqual([]);
    });

    test('[V64] a close while ballots arrive: what was acknowledged before is counted, nothing comes in after', async () => {
      const store = await open();
      const other = await again(store);
      for (let turn = 0; turn < 5; turn++) {
        const voters = Array.from({ length: 40 }, (_, n) => `voter-${n}`);
        const round = await openRound(store, voters);
        const cut = 8 * turn;
        const casts = voters.map((voter, n) =>
          cast(n % 2 ? store : other, command(round.id, voter, { a: 1 }, `key-${n}`)),
        );
        const counted = await Promise.all([...casts.slice(0, cut), close(other, round.id), ...casts.slice(cut)]).then(
          (all) => {
            const acknowledged = all.filter((one) => one !== null && typeof one === 'object').length;
            const closed = all.find((one) => typeof one === 'number');
            return { acknowledged, closed };
          },
        );
        expect(counted.closed).toBe(counted.acknowledged);
        expect((await store.rounds.byId(round.id))?.cast).toBe(counted.acknowledged);
        expect(await cast(store, command(round.id, 'voter-0', { a: 1 }, 'late'))).toBe(null);
      }
    });

    test('[A40] after the close of a secret round the key, the commands and every tie between ballot and voter are gone', async () => {
      const store = await open();
      const voters = Array.from({ length: 12 }, (_, n) => `voter-${n}`);
      const round = await openRound(store, voters);
      for (const [n, voter] of voters.entries())
        await cast(store, command(round.id, voter, { a: n % 4 }, 'key', `R${(n * 7) % 12}`));
      expect(await store.rounds.key(round.id)).toHaveLength(32);
      await close(store, round.id);
      expect(await store.rounds.key(round.id)).toBe(null);
      expect(await store.rounds.ballots(round.id)).toEqual([]);
      expect(await store.rounds.answered(command(round.id, 'voter-0', {}, 'key'))).toBe(null);
      const apart = await store.rounds.apart(round.id);
      expect(apart).toHaveLength(12);
      expect(apart.every((one) => Object.keys(one).sort().join() === 'ballot,receipt')).toBe(true);
      const receipts = apart.map(({ receipt }) => receipt);
      expect(receipts).toEqual([...receipts].sort());
    });

    test('[V65] a latecomer is admitted once, and a late ballot counts one person once', async () => {
      const store = await open();
      const round = await openRound(store, ['p']);
      expect(await store.rounds.admit(round.id, 'q', 'o')).toBe(true);
      expect(await store.rounds.admit(round.id, 'q', 'o')).toBe(false);
      expect(await store.rounds.seat(round.id, 'q')).toEqual({
        participantId: 'q',
        organisationId: 'o',
        admittedLate: true,
      });
      expect(await store.rounds.byId(round.id)).toMatchObject({ eligible: 2 });
      await close(store, round.id);
      expect([await store.rounds.noteLate(round.id, 'q'), await store.rounds.noteLate(round.id, 'q')]).toEqual([
        true,
        false,
      ]);
      expect(await store.rounds.byId(round.id)).toMatchObject({ late: 1, status: 'closed' });
    });

    test('[V65] twenty people who are late at the same moment are twenty', async () => {
      const store = await open();
      const voters = Array.from({ length: 20 }, (_, n) => `voter-${n}`);
      const round = await openRound(store, voters);
      await close(store, round.id);
      const late = (voter: string) =>
        store.transaction(async ({ rounds }) => {
          await rounds.holdForBallot(round.id);
          return rounds.noteLate(round.id, voter);
        });
      expect(await Promise.all([...voters, ...voters].map(late)).then((all) => all.filter(Boolean).length)).toBe(20);
      expect(await store.rounds.byId(round.id)).toMatchObject({ late: 20 });
    });

    test('[V66] only a round that was never opened can be dropped', async () => {
      const store = await open();
      const round = await openRound(store, ['p']);
      await store.rounds.removeDraft(round.id);
      expect(await store.rounds.byId(round.id)).not.toBe(null);
      const draft = draftRound(round.workshopId, round.boardId);
      await store.rounds.insert(draft);
      await store.rounds.removeDraft(draft.id);
      expect(await store.rounds.byId(draft.id)).toBe(null);
    });
  });
}
