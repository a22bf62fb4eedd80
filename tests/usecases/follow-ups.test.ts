/** Rounds that end by themselves, follow one another, and the roll before the opening. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from '#core/people/caller.ts';
import { accountCaller } from '../fixtures/deps.ts';
import { code, lead, value, votingStage, type Scene, type Stage } from './voting-scene.ts';

let stage: Stage;
const staff = accountCaller('staff');
beforeAll(async () => {
  stage = await votingStage();
});
afterAll(() => stage.store.close());
const see = async (id: string, caller: Caller = lead) => value(await stage.rounds.view(caller, id));

describe('the end of a round', () => {
  test('[V84] a round with a time closes by itself, from that moment on', async () => {
    const scene = await stage.openScene(3, {}, 60);
    expect(await stage.vote(scene, scene.roundId, 0, 1)).toBe('ok');
    expect((await see(scene.roundId)).dueAt).toBe(new Date(stage.deps.now() + 60_000).toISOString());
    stage.deps.pass(60_001);
    expect(await stage.vote(scene, scene.roundId, 1, 1)).toBe('round-closed');
    const closed = await see(scene.roundId);
    expect([closed.status, closed.result?.turnout.cast]).toEqual(['closed', 1]);
    expect(Date.parse(closed.closedAt ?? '')).toBe(stage.deps.now() - 1);
  });

  test('[V84] with grace time, what was cast before the end and comes within it is counted', async () => {
    const scene = await stage.openScene(3, { graceSeconds: 30 }, 60);
    const castAt = stage.deps.now() + 59_000;
    stage.deps.pass(70_000);
    const late = { body: { dots: { n0: 1 } }, castAt };
    expect(code(await stage.rounds.cast(scene.voters[0] as Caller, scene.roundId, late))).toBe('ok');
    expect((await see(scene.roundId)).status).toBe('closing');
    stage.deps.pass(20_001);
    expect(code(await stage.rounds.cast(scene.voters[1] as Caller, scene.roundId, late))).toBe('ballot-late');
    const { result } = await see(scene.roundId);
    expect([result?.turnout.cast, result?.receivedAfterClose]).toEqual([1, 1]);
  });

  test('[V85] the end is moved on while the round is open, on record and told in the room; never brought nearer, never after it', async () => {
    const scene = await stage.openScene(3, {}, 60);
    for (const seconds of [0, -60, 1.5, Number.NaN, 1e9])
      expect(code(await stage.rounds.extend(lead, scene.roundId, seconds))).toBe('settings-invalid');
    expect(code(await stage.rounds.extend(staff, scene.roundId, 60))).toBe('forbidden');
    const before = stage.deps.projected.length;
    const extended = value(await stage.rounds.extend(lead, scene.roundId, 120));
    expect([extended.dueAt, extended.extensions]).toEqual([new Date(stage.deps.now() + 180_000).toISOString(), 1]);
    expect(stage.deps.projected.length).toBe(before + 1);
    expect((await stage.store.rounds.forRoom(scene.workshopId))[0]).toMatchObject({
      dueAt: stage.deps.now() + 180_000,
      extensions: 1,
    });
    stage.deps.pass(180_000);
    expect(code(await stage.rounds.extend(lead, scene.roundId, 60))).toBe('round-closed');
    const log = value(await stage.rounds.log(staff, scene.roundId)).map(({ kind }) => kind);
    expect(log).toEqual(['opened', 'extended', 'closed']);
  });

  test('[V84] after a start of the server, a round whose time passed meanwhile is ended', async () => {
    const scene = await stage.openScene(3, {}, 60);
    stage.deps.pass(61_000);
    await stage.rounds.resume();
    expect((await stage.store.rounds.byId(scene.roundId))?.status).toBe('closed');
  });
});

/** Places for two; n0 is certain, n1 and n2 are tied at the cut. */
async function tied(): Promise<Scene> {
  const scene = await stage.openScene(4, { cut: 2 });
  await stage.vote(scene, scene.roundId, 0, 3, 1, 1);
  await stage.vote(scene, scene.roundId, 1, 3, 1, 1);
  await stage.vote(scene, scene.roundId, 2, 3);
  value(await stage.rounds.close(lead, scene.roundId));
  expect((await see(scene.roundId)).result).toMatchObject({ kept: ['n0'], cutTie: ['n1', 'n2'] });
  return scene;
}

describe('what follows a round', () => {
  test('[V86] a run-off has the tied options alone, one dot for each open place, and what it keeps settles the first round', async () => {
    const scene = await tied();
    const runOff = value(await stage.rounds.runOff(lead, scene.roundId));
    expect(runOff.options.map(({ id }) => id)).toEqual(['n1', 'n2']);
    expect(value(await stage.rounds.runOff(lead, scene.roundId)).id).toBe(runOff.id);
    expect(await see(runOff.id)).toMatchObject({
      cut: 1,
      method: { budget: 1, perOption: 1 },
      origin: { roundId: scene.roundId, kind: 'run-off' },
    });
    value(await stage.rounds.open(lead, runOff.id));
    await stage.vote(scene, runOff.id, 0, 0, 0, 1);
    await stage.vote(scene, runOff.id, 1, 0, 0, 1);
    await stage.vote(scene, runOff.id, 2, 0, 0, 1);
    const figures = (await see(scene.roundId)).result?.options;
    value(await stage.rounds.close(lead, runOff.id));
    const { result } = await see(scene.roundId);
    expect(result).toMatchObject({ kept: ['n0', 'n2'], cutTie: [] });
    expect(result?.tieBreaks.at(-1)).toEqual({ rule: 'run-off', optionIds: ['n2'], roundId: runOff.id });
    expect(result?.options).toEqual(figures);
    expect(code(await stage.rounds.runOff(lead, scene.roundId))).toBe('nothing-tied');
  });

  test('[V87] a run-off that is tied itself leaves the tie to a decision with its reason; no figure changes', async () => {
    const scene = await tied();
    const runOff = value(await stage.rounds.runOff(lead, scene.roundId));
    value(await stage.rounds.open(lead, runOff.id));
    await stage.vote(scene, runOff.id, 0, 0, 0, 1);
    await stage.vote(scene, runOff.id, 1, 0, 1);
    value(await stage.rounds.close(lead, runOff.id));
    const before = (await see(scene.roundId)).result;
    expect(before?.cutTie.toSorted()).toEqual(['n1', 'n2']);
    const decide = (ids: string[], reason: string, caller = lead) =>
      stage.rounds.decide(caller, scene.roundId, ids, reason);
    expect(code(await decide(['n1'], ' '))).toBe('reason-needed');
    expect(code(await decide(['n0'], 'x'))).toBe('option-unknown');
    expect(code(await decide(['n1', 'n2'], 'x'))).toBe('decision-incomplete');
    expect(code(await decide(['n1'], 'x', staff))).toBe('forbidden');
    value(await decide(['n1'], 'Работа уже начата'));
    const { result } = await see(scene.roundId);
    expect(result).toMatchObject({ kept: ['n0', 'n1'], cutTie: [] });
    expect(result?.tieBreaks.map(({ rule }) => rule)).toEqual(['run-off', 'run-off', 'decision']);
    expect(result?.options).toEqual(before?.options);
    expect(code(await decide(['n2'], 'x'))).toBe('nothing-tied');
    expect(value(await stage.rounds.log(lead, scene.roundId)).at(-1)).toMatchObject({
      kind: 'decided',
      detail: 'Работа уже начата',
    });
  });

  test('[V88] a second vote has chosen options alone, as they were voted on; what moved is told in counts, never by person', async () => {
    const scene = await tied();
    expect(code(await stage.rounds.revote(lead, scene.roundId, { optionIds: ['n1', 'nowhere'] }))).toBe(
      'option-unknown',
    );
    expect(code(await stage.rounds.revote(lead, scene.roundId, { optionIds: ['n1', 'n2'], secret: false }))).toBe(
      'anonymity-only-tightens',
    );
    const again = value(await stage.rounds.revote(lead, scene.roundId, { optionIds: ['n0', 'n2'], cut: 1 }));
    // What was written since on the board changes nothing.
    stage.deps.live.document(`board/${scene.boardId}`).getMap('notes').delete('n2');
    value(await stage.rounds.open(lead, again.id));
    expect((await see(again.id)).options.map(({ id }) => id).toSorted()).toEqual(['n0', 'n2']);
    for (const voter of [0, 1, 2]) await stage.vote(scene, again.id, voter, 1, 0, 3);
    expect((await see(again.id)).movement).toBeNull();
    value(await stage.rounds.close(lead, again.id));
    expect((await see(again.id, scene.voters[0])).movement).toEqual([
      {
        id: 'n2',
        text: 'Мало средств',
        before: { rank: 2, dots: 2, voters: 2 },
        after: { rank: 1, dots: 9, voters: 3 },
      },
      {
        id: 'n0',
        text: 'Доверие муниципалитетов',
        before: { rank: 1, dots: 9, voters: 3 },
        after: { rank: 2, dots: 3, voters: 3 },
      },
    ]);
    expect((await see(scene.roundId)).result?.options[0]?.dots).toBe(9);
  });

  test('[V86] an open round, and one where nothing is tied, have no run-off', async () => {
    const scene = await stage.openScene(3, { cut: 1 });
    expect(code(await stage.rounds.runOff(lead, scene.roundId))).toBe('no-closed-round');
    await stage.vote(scene, scene.roundId, 0, 3);
    await stage.vote(scene, scene.roundId, 1, 3);
    value(await stage.rounds.close(lead, scene.roundId));
    expect(code(await stage.rounds.runOff(lead, scene.roundId))).toBe('nothing-tied');
  });
});

describe('before the opening', () => {
  test('[V89] a draft takes other settings, stricter secrecy only, and none once it is open', async () => {
    const scene = await stage.prepare(3, { secret: false });
    const change = (input: Record<string, unknown>, caller = lead) => stage.rounds.change(caller, scene.roundId, input);
    const changed = value(
      await change({ title: 'Отбор', quorum: 0.5, method: { kind: 'ranking' }, optionIds: ['n0', 'n1'], secret: true }),
    );
    expect(changed).toMatchObject({
      title: 'Отбор',
      quorum: 0.5,
      method: { kind: 'ranking' },
      secret: true,
      of: 'notes',
    });
    expect(changed.options.map(({ id }) => id)).toEqual(['n0', 'n1']);
    expect(code(await change({ secret: false }))).toBe('anonymity-only-tightens');
    expect(code(await change({ quorum: 2 }))).toBe('settings-invalid');
    expect(code(await change({ optionIds: ['n0'] }))).toBe('too-few-options');
    expect(code(await change({ title: 'X' }, staff))).toBe('forbidden');
    value(await stage.rounds.open(lead, scene.roundId));
    expect(code(await change({ title: 'X' }))).toBe('options-frozen');
  });

  test('[V90] people who may be one are shown; who is struck has no vote, on record; nobody is struck after the opening', async () => {
    const scene = await stage.prepare(3);
    const twin = {
      workshopId: scene.workshopId,
      organisationId: scene.organisationIds[0] ?? null,
      language: 'ky',
      joinedAt: 50,
      removedAt: null,
    } as const;
    await stage.store.participants.insert(
      { ...twin, id: `a-${scene.workshopId}`, name: 'Өкүл  Үсөн' },
      `s1-${scene.workshopId}`,
    );
    await stage.store.participants.insert(
      { ...twin, id: `b-${scene.workshopId}`, name: 'окул усон' },
      `s2-${scene.workshopId}`,
    );
    const roll = value(await stage.rounds.roll(lead, scene.roundId));
    expect(roll.filter(({ double }) => double !== null).map(({ participantId }) => participantId[0])).toEqual([
      'a',
      'b',
    ]);
    const struck = `b-${scene.workshopId}`;
    expect(code(await stage.rounds.strike(staff, scene.roundId, struck, true))).toBe('forbidden');
    value(await stage.rounds.strike(lead, scene.roundId, struck, true));
    value(await stage.rounds.strike(lead, scene.roundId, struck, true));
    expect(value(await stage.rounds.open(lead, scene.roundId)).turnout.eligible).toBe(4);
    expect(
      value(await stage.rounds.roll(lead, scene.roundId)).find(({ participantId }) => participantId === struck),
    ).toMatchObject({ voter: false, struck: true });
    expect(code(await stage.rounds.strike(lead, scene.roundId, `a-${scene.workshopId}`, true))).toBe('options-frozen');
    value(await stage.rounds.admit(lead, scene.roundId, struck));
    expect(value(await stage.rounds.log(lead, scene.roundId)).map(({ kind, whom }) => [kind, whom])).toEqual([
      ['struck', 'окул усон'],
      ['opened', null],
      ['admitted', 'окул усон'],
    ]);
    expect(code(await stage.rounds.log(scene.voters[0] as Caller, scene.roundId))).toBe('forbidden');
  });
});
