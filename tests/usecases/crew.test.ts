/** Facilitators and the secretariat have no vote, also where they came in as participants; unless the round says so. */
import { beforeAll, describe, expect, test } from 'vitest';
import { groupNotes } from '#core/board/edit.ts';
import { participantIn, type Caller } from '#core/people/caller.ts';
import { newId, newSecret } from '#core/ids.ts';
import { accountCaller } from '../fixtures/deps.ts';
import { code, lead, value, votingStage, type Scene, type Stage } from './voting-scene.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await votingStage();
});

/** A signed-in browser that came in as a participant as well. */
async function joinedLeader(scene: Scene): Promise<Caller & { personId: string }> {
  const personId = newId();
  const person = { id: personId, workshopId: scene.workshopId, name: null, organisationId: null };
  await stage.store.participants.insert(
    { ...person, language: 'ru', joinedAt: 1, removedAt: null, crew: true },
    newSecret(),
  );
  const participants = [{ participantId: personId, ...person, language: 'ru' as const }];
  return { ...accountCaller('facilitator'), participants, personId };
}
const cast = (caller: Caller, roundId: string) => stage.rounds.cast(caller, roundId, { body: { dots: { n0: 1 } } });

describe('who leads', () => {
  test('[V103] stands on no roll by default, has no ballot, and is told why', async () => {
    const scene = await stage.prepare(3);
    const leader = await joinedLeader(scene);
    value(await stage.rounds.open(lead, scene.roundId));
    const seen = value(await stage.rounds.view(leader, scene.roundId));
    expect(seen).toMatchObject({ turnout: { eligible: 3 }, voter: false, crewOut: true, crewVotes: false });
    expect(code(await cast(leader, scene.roundId))).toBe('crew-without-vote');
    expect(code(await stage.rounds.ownBallot(leader, scene.roundId))).toBe('crew-without-vote');
    const roll = value(await stage.rounds.roll(lead, scene.roundId));
    expect(code(await stage.rounds.admit(lead, scene.roundId, leader.personId))).toBe('crew-without-vote');
    expect(roll.filter(({ crew }) => crew)).toMatchObject([{ participantId: leader.personId, voter: false }]);
  });

  test('[V103] not from a browser without the session either, and not where the session came after the joining', async () => {
    const scene = await stage.prepare(3);
    const leader = await joinedLeader(scene);
    value(await stage.rounds.open(lead, scene.roundId));
    expect(code(await cast({ ...leader, account: null }, scene.roundId))).toBe('not-on-the-roll');
    const voter = scene.voters[0] as Caller;
    expect(code(await cast({ ...voter, account: lead.account }, scene.roundId))).toBe('crew-without-vote');
    expect(code(await cast(voter, scene.roundId))).toBe('ok');
    expect(participantIn(voter, scene.workshopId)).not.toBeNull();
  });

  test('[V103] votes like everybody else where the round says so, which freezes with the other settings', async () => {
    const scene = await stage.prepare(3, { crewVotes: true });
    const leader = await joinedLeader(scene);
    value(await stage.rounds.open(lead, scene.roundId));
    expect(code(await cast(leader, scene.roundId))).toBe('ok');
    expect(value(await stage.rounds.view(leader, scene.roundId))).toMatchObject({
      turnout: { eligible: 4, cast: 1 },
      ...{ voter: true, crewVotes: true, crewOut: false },
    });
    expect(code(await stage.rounds.change(lead, scene.roundId, { crewVotes: false }))).toBe('options-frozen');
    // Who leads without having come in has no ballot to cast.
    expect(code(await cast(lead, scene.roundId))).toBe('forbidden');
    const wrong = { boardId: scene.boardId, title: 'x', of: 'notes', method: { kind: 'consent' }, crewVotes: 'yes' };
    expect(code(await stage.rounds.create(lead, scene.workshopId, wrong))).toBe('malformed');
  });

  test('[V102] options that came into one group after the vote are told in distinct people; the result stays', async () => {
    const scene = await stage.openScene(9);
    for (const [voter, ...dots] of [
      [0, 1, 1],
      [1, 1, 1],
      [2, 2],
      [3, 0, 3],
    ] as const)
      expect(await stage.vote(scene, scene.roundId, voter, ...dots)).toBe('ok');
    const doc = stage.deps.live.document(`board/${scene.boardId}`);
    groupNotes(doc, { noteIds: ['n0', 'n1'] }, 'test');
    const closed = value(await stage.rounds.close(lead, scene.roundId));
    expect(closed.merged).toMatchObject([{ optionIds: ['n1', 'n0'], voters: 4 }]);
    expect(closed.result?.options.slice(0, 2).map(({ id, dots, voters }) => [id, dots, voters])).toEqual([
      ['n1', 5, 3],
      ['n0', 4, 3],
    ]);
  });
});
