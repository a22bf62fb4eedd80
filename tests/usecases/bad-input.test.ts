/** What a hostile or unlucky client sends to a round: each has its refusal, and nothing is changed by it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEach } from '#core/board/edit.ts';
import type { Caller } from '#core/people/caller.ts';
import { code, lead, value, votingStage, type Stage } from './voting-scene.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await votingStage();
});
afterAll(() => stage.store.close());

describe('[V100] bad input', () => {
  test('[V100] counts that are no counts are refused, and the ballot before them stays', async () => {
    const scene = await stage.openScene(3);
    const cast = (body: unknown) => stage.rounds.cast(scene.voters[0] as Caller, scene.roundId, { body });
    value(await cast({ dots: { n0: 2 } }));
    const huge = JSON.parse('{"dots":{"n0":1e400}}') as unknown;
    for (const body of [
      { dots: { n0: -1 } },
      { dots: { n0: 0.5 } },
      { dots: { n0: Number.NaN } },
      { dots: { n0: '1' } },
      { dots: { n0: null } },
      huge,
    ])
      expect(code(await cast(body))).toBe('number-invalid');
    expect(code(await cast({ dots: { n0: Number.MAX_SAFE_INTEGER } }))).toBe('cap-exceeded');
    for (const id of ['nowhere', '__proto__', 'constructor', ''])
      expect(code(await cast({ dots: JSON.parse(`{"${id}":1}`) }))).toBe('option-unknown');
    for (const body of [null, [], 'x', 7, {}, { dots: [] }, { dots: 'n0' }, { abstain: 'yes' }])
      expect(code(await cast(body))).toBe('malformed');
    expect(value(await stage.rounds.ownBallot(scene.voters[0] as Caller, scene.roundId)).dots).toEqual({ n0: 2 });
  });

  test("[V100] a ballot for another workshop's round finds no round, and another round's options are unknown in this one", async () => {
    const [here, there] = [await stage.openScene(3), await stage.openScene(3)];
    expect(code(await stage.rounds.cast(here.voters[0] as Caller, there.roundId, { body: { dots: { n0: 1 } } }))).toBe(
      'not-found',
    );
    expect(code(await stage.rounds.ownBallot(here.voters[0] as Caller, there.roundId))).toBe('not-found');
    expect(value(await stage.rounds.view(lead, there.roundId)).turnout.cast).toBe(0);
  });

  test('[V100] a ballot that comes again after a change changes nothing', async () => {
    const scene = await stage.openScene(3);
    const cast = (n: number, clientKey: string) =>
      stage.rounds.cast(scene.voters[0] as Caller, scene.roundId, { body: { dots: { n0: n } }, clientKey });
    const first = value(await cast(1, 'one'));
    value(await cast(3, 'two'));
    expect(value(await cast(1, 'one'))).toEqual(first);
    expect(value(await stage.rounds.ownBallot(scene.voters[0] as Caller, scene.roundId)).dots).toEqual({ n0: 3 });
  });

  test('[V100] who was removed from the workshop votes no more; what they had cast stays counted', async () => {
    const scene = await stage.openScene(3);
    expect(await stage.vote(scene, scene.roundId, 0, 1)).toBe('ok');
    await stage.store.participants.remove(scene.participantIds[0] ?? '', stage.deps.now());
    await stage.store.participants.remove(scene.participantIds[1] ?? '', stage.deps.now());
    // A request that was let in the moment before.
    expect([await stage.vote(scene, scene.roundId, 0, 3), await stage.vote(scene, scene.roundId, 1, 1)]).toEqual([
      'not-on-the-roll',
      'not-on-the-roll',
    ]);
    expect(value(await stage.rounds.close(lead, scene.roundId)).result?.turnout).toMatchObject({
      eligible: 3,
      cast: 1,
    });
  });

  test('[V100] one option can be voted on, five hundred can, with one text all of them; none and five hundred and one cannot', async () => {
    const one = await stage.openScene(3, { optionIds: ['n2'] });
    expect(await stage.vote(one, one.roundId, 0, 0, 0, 3)).toBe('ok');
    expect(value(await stage.rounds.close(lead, one.roundId)).result?.options).toHaveLength(1);
    const scene = await stage.prepare(3);
    const doc = stage.deps.live.document(`board/${scene.boardId}`);
    const same = Array.from({ length: 495 }, (_, n) => ({ id: `s${n}`, zone: 'threats', text: 'Мало средств' }));
    createEach(doc, same.slice(0, 250), 'test');
    createEach(doc, same.slice(250), 'test');
    expect(value(await stage.rounds.open(lead, scene.roundId)).options).toHaveLength(500);
    const ballot = { body: { dots: { s0: 2, s494: 3 } } };
    for (const voter of scene.voters) value(await stage.rounds.cast(voter, scene.roundId, ballot));
    const { result } = value(await stage.rounds.close(lead, scene.roundId));
    expect(result?.options.slice(0, 2).map(({ id, dots }) => [id, dots])).toEqual([
      ['s494', 9],
      ['s0', 6],
    ]);
    createEach(doc, [{ id: 'more', zone: 'threats', text: 'Ещё одна' }], 'test');
    const make = (change: object) =>
      stage.rounds.create(lead, scene.workshopId, {
        boardId: scene.boardId,
        title: 'X',
        of: 'notes',
        method: { kind: 'ranking' },
        ...change,
      });
    expect(code(await make({}))).toBe('too-many-options');
    expect(code(await make({ optionIds: [] }))).toBe('too-few-options');
    expect(code(await make({ optionIds: ['s0'] }))).toBe('too-few-options');
  });

  test('[V100] a quorum of 0 is always met, one of 1 by everybody', async () => {
    for (const [quorum, voters, indicative] of [
      [0, 0, false],
      [1, 2, true],
      [1, 3, false],
    ] as const) {
      const scene = await stage.openScene(3, { quorum });
      for (let voter = 0; voter < voters; voter += 1)
        expect(await stage.vote(scene, scene.roundId, voter, 1)).toBe('ok');
      expect(value(await stage.rounds.close(lead, scene.roundId)).result?.indicative).toBe(indicative);
    }
  });

  test('[V100] while a round closes each ballot is either acknowledged and counted or refused', async () => {
    const scene = await stage.openScene(30);
    const casts = scene.voters.map((voter) => stage.rounds.cast(voter, scene.roundId, { body: { dots: { n0: 1 } } }));
    const closing = stage.rounds.close(lead, scene.roundId);
    const after = scene.voters.map((voter) => stage.rounds.cast(voter, scene.roundId, { body: { dots: { n1: 1 } } }));
    const answers = (await Promise.all([...casts, ...after])).map(code);
    const { result } = value(await closing);
    expect([...new Set(answers)].filter((answer) => answer !== 'ok' && answer !== 'round-closed')).toEqual([]);
    const acknowledged = new Set([...answers.keys()].filter((n) => answers[n] === 'ok').map((n) => n % 30));
    expect(result?.turnout.cast).toBe(acknowledged.size);
  });
});
