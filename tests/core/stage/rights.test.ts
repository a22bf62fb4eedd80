/** Who may write where and when: the table behind every door. */
import { describe, expect, it } from 'vitest';
import type { StageKind } from '#core/room/room.ts';
import { boardRights, tighten, type BoardSituation } from '#core/stage/rights.ts';

const open: BoardSituation = {
  stage: 'collect',
  here: true,
  role: 'member',
  locked: false,
  private: false,
  anonymous: false,
};
const rights = (over: Partial<BoardSituation>) => boardRights({ ...open, ...over });
/** How somebody may write: [by socket, by command]; 'yes' or the refusal. */
const doors = (over: Partial<BoardSituation>) => {
  const { write, writeRefusal, byCommand, commandRefusal } = rights(over);
  expect([write, byCommand]).toEqual([writeRefusal === null, commandRefusal === null]);
  return [writeRefusal ?? 'yes', commandRefusal ?? 'yes'];
};

describe('boards', () => {
  it.each<StageKind>(['collect', 'group', 'pair', 'discuss'])('[S1] in a %s stage participants write', (stage) => {
    expect(doors({ stage })).toEqual(['yes', 'yes']);
    expect(doors({ stage, locked: true })).toEqual(['board-locked', 'board-locked']);
    expect(doors({ stage, here: false })).toEqual(['stage-forbids', 'stage-forbids']);
  });

  it.each<StageKind>(['welcome', 'reveal', 'rate', 'vote', 'review', 'close'])(
    '[S1] in a %s stage they do not',
    (stage) => {
      expect(doors({ stage })).toEqual(['stage-forbids', 'stage-forbids']);
    },
  );

  it('[S2] before the first stage the crew prepares and the room does not write', () => {
    expect(doors({ stage: null, here: false })).toEqual(['stage-forbids', 'stage-forbids']);
    expect(doors({ stage: null, here: false, role: 'staff' })).toEqual(['yes', 'yes']);
    expect(doors({ stage: null, here: false, role: 'lead' })).toEqual(['yes', 'yes']);
  });

  it('[S3] who leads may always edit, locked or not, on any board; staff like everybody', () => {
    expect(doors({ stage: 'vote', locked: true, here: false, role: 'lead' })).toEqual(['yes', 'yes']);
    expect(doors({ stage: 'vote', role: 'staff' })).toEqual(['stage-forbids', 'stage-forbids']);
  });

  it('[S4] a projector never writes, and nobody in a closed workshop', () => {
    expect(doors({ role: 'screen' })).toEqual(['forbidden', 'forbidden']);
    expect(doors({ role: 'lead', closed: true })).toEqual(['workshop-closed', 'workshop-closed']);
  });

  it.each(['private', 'anonymous'] as const)('[A2] in %s work everybody writes by command only, unseen', (flag) => {
    for (const role of ['member', 'lead', 'staff'] as const)
      expect(doors({ [flag]: true, role })).toEqual(['by-command-only', 'yes']);
    expect(rights({ [flag]: true }).presence).toBe(false);
    expect(rights({ [flag]: true, here: false, role: 'lead' }).presence).toBe(false);
    expect(doors({ [flag]: true, locked: true })).toEqual(['board-locked', 'board-locked']);
  });

  it('[A2] authors are on record unless the work is anonymous; private notes wait for the reveal', () => {
    expect(rights({})).toMatchObject({ recordAuthors: true, seeOthers: true, presence: true });
    expect(rights({ private: true })).toMatchObject({ recordAuthors: true, seeOthers: false });
    expect(rights({ anonymous: true })).toMatchObject({ recordAuthors: false, seeOthers: true });
  });
});

describe('tightening', () => {
  const loose = { private: false, anonymous: false };
  it('[A3] a promise is only made stricter once a note exists', () => {
    expect(tighten(loose, { anonymous: true }, true)).toEqual({ ok: true, value: { private: false, anonymous: true } });
    expect(tighten({ private: true, anonymous: true }, {}, true)).toMatchObject({
      value: { private: true, anonymous: true },
    });
    for (const next of [{ private: false }, { anonymous: false }])
      expect(tighten({ private: true, anonymous: true }, next, true)).toMatchObject({
        ok: false,
        refusal: { code: 'anonymity-only-tightens' },
      });
    expect(tighten({ private: true, anonymous: true }, loose, false)).toEqual({ ok: true, value: loose });
  });
});
