/** A list that is published without codes: nobody can find a ballot in it, neither its voter nor who would make them show it. */
import { expect, test } from 'vitest';
import type { Caller } from '#core/people/caller.ts';
import { accountCaller } from '../fixtures/deps.ts';
import { code, lead, value, votingStage } from './voting-scene.ts';

test('[V112] a round without codes publishes its ballots by what is in them, and shows nobody a code', async () => {
  const stage = await votingStage();
  const scene = await stage.openScene(6, { receipts: false });
  const cast = (voter: number, dots: Record<string, number>) =>
    stage.rounds.cast(scene.voters[voter] as Caller, scene.roundId, { body: { dots }, clientKey: 'k' });
  const given: Record<string, number>[] = [{ n2: 1 }, { n0: 3 }, { n1: 2 }, { n0: 1 }];
  for (const [n, dots] of given.entries()) {
    expect(value(await cast(n, dots)).receipt).toBe('');
    // Sent again, and read back, it is told as little.
    expect(value(await cast(n, dots)).receipt).toBe('');
    expect(value(await stage.rounds.ownBallot(scene.voters[n] as Caller, scene.roundId)).receipt).toBe('');
  }
  const desk = await stage.rounds.castAtDesk(accountCaller('staff'), scene.roundId, {
    ...{ kind: 'paper', body: { dots: { n1: 1 } } },
  });
  expect(value(desk)).toMatchObject({ receipt: '' });
  const secrets = (await stage.store.rounds.ballots(scene.roundId)).map(({ receipt }) => receipt);
  const closed = value(await stage.rounds.close(lead, scene.roundId));
  expect(closed.receipts).toBe(false);
  expect(closed.result?.ballots).toEqual([
    { receipt: '1', dots: { n0: 1 } },
    { receipt: '2', dots: { n0: 3 } },
    { receipt: '3', dots: { n1: 1 } },
    { receipt: '4', dots: { n1: 2 } },
    { receipt: '5', dots: { n2: 1 } },
  ]);
  for (const secret of secrets) expect(JSON.stringify(closed)).not.toContain(secret);
  for (const wanted of ['1', secrets[0] ?? ''])
    expect(code(await stage.rounds.ballotOfReceipt(scene.voters[0] as Caller, scene.roundId, wanted))).toBe(
      'receipt-unknown',
    );
  await stage.store.close();
});
