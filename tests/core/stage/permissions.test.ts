/** What a stage permits, change by change; and the agenda as a whole. */
import { describe, expect, it } from 'vitest';
import { checkGroupChange, checkNoteChange, NO_LOCKS, type Locks } from '#core/board/change.ts';
import type { Note } from '#core/board/schema.ts';
import { planAgenda, type AgendaStage, type AskedStage } from '#core/stage/agenda.ts';
import { MAY_ALL, MAY_NOTHING, permissionsOf, type BoardMay } from '#core/stage/permissions.ts';
import { boardRights } from '#core/stage/rights.ts';

const note: Note = { id: 'n', at: ['z', 1, 2], text: 'a', colour: 'yellow' };
const CHANGES: readonly [what: string, before: Note | null, after: Note | null, needs: keyof BoardMay][] = [
  ['a new note', null, note, 'add'],
  ['a deletion', note, null, 'editAny'],
  ['other words', note, { ...note, text: 'b' }, 'editAny'],
  ['another colour', note, { ...note, colour: 'rose' }, 'editAny'],
  ['another place', note, { ...note, at: ['y', 1, 2] }, 'move'],
  ['into a group', note, { ...note, group: 'g' }, 'group'],
  ['out of a group', { ...note, group: 'g' }, { ...note, at: ['z', 9, 9] }, 'group'],
];
const may = (part: Partial<BoardMay>): BoardMay => ({ ...MAY_NOTHING, ...part });
const writer = (part: BoardMay, isOwn = false, locks: Locks = NO_LOCKS) => ({ may: part, locks, isOwn: () => isOwn });

describe('changes', () => {
  it.each(CHANGES)('[S6] %s needs its permission and no other', (_what, before, after, needs) => {
    expect(checkNoteChange(writer(may({ [needs]: true })), before, after)).toBe(null);
    expect(
      checkNoteChange(
        writer({ ...MAY_ALL, [needs]: false, ...(needs === 'editAny' && { editOwn: false }) }),
        before,
        after,
      ),
    ).toBe('stage-forbids');
    expect(checkNoteChange(writer(MAY_NOTHING), before, before)).toBe(null);
  });

  it('[S7] who may edit their own is refused anybody else’s', () => {
    const own = { ...MAY_ALL, editAny: false };
    for (const after of [null, { ...note, text: 'b' }]) {
      expect(checkNoteChange(writer(own, true), note, after)).toBe(null);
      expect(checkNoteChange(writer(own, false), note, after)).toBe('not-yours');
    }
  });

  it('[S6] groups: made, named and dissolved by who may group; moved by who may move; gone with their last note', () => {
    const group = { id: 'g', at: note.at, title: 'a' };
    for (const [before, after] of [
      [null, group],
      [group, null],
      [group, { ...group, title: 'b' }],
    ] as const) {
      expect(checkGroupChange(writer(may({ group: true })), before, after, false)).toBe(null);
      expect(checkGroupChange(writer({ ...MAY_ALL, group: false }), before, after, false)).toBe('stage-forbids');
    }
    expect(checkGroupChange(writer(may({ move: true })), group, { ...group, at: ['z', 5, 5] }, false)).toBe(null);
    expect(checkGroupChange(writer(may({ editOwn: true })), group, null, true)).toBe(null);
  });

  it('[S8] what is locked takes no change, whatever is permitted', () => {
    for (const [, before, after] of CHANGES) {
      expect(checkNoteChange(writer(MAY_ALL, true, { zones: ['z'], notes: [] }), before, after)).toBe('zone-locked');
      expect(checkNoteChange(writer(MAY_ALL, true, { zones: [], notes: ['n'] }), before, after)).toBe('note-locked');
    }
    expect(
      checkNoteChange(writer(MAY_ALL, true, { zones: ['y'], notes: [] }), note, { ...note, at: ['y', 1, 2] }),
    ).toBe('zone-locked');
  });

  it('[S6] sight: notes not seen are written by command; without authors or cursors no presence travels', () => {
    const at = (permissions: object, role: 'member' | 'lead' = 'member') =>
      boardRights({ stage: 'collect', here: true, role, locked: false, private: false, anonymous: false, permissions });
    expect(at({ seeNotes: false })).toMatchObject({
      writeRefusal: 'by-command-only',
      seeOthers: false,
      presence: false,
    });
    expect(at({ seeCursors: false })).toMatchObject({ write: true, presence: false, seeAuthors: true });
    expect(at({ seeAuthors: false })).toMatchObject({ presence: false, seeAuthors: false });
    expect(at({ seeAuthors: false }, 'lead')).toMatchObject({ seeAuthors: true, may: MAY_ALL });
    expect(at({ add: false, editOwn: false, editAny: false, move: false, group: false })).toMatchObject({
      writeRefusal: 'stage-forbids',
      may: MAY_NOTHING,
    });
    expect(
      boardRights({
        stage: 'vote',
        here: true,
        role: 'member',
        locked: false,
        private: false,
        anonymous: false,
        permissions: { move: true },
      }).may,
    ).toEqual(may({ move: true }));
  });
});

describe('the agenda', () => {
  const stage = (id: string, more: Partial<AgendaStage> = {}): AgendaStage => ({
    id,
    kind: 'collect',
    title: { ru: id },
    boardId: 'b',
    minutes: 10,
    ...more,
  });
  const current = [stage('a'), stage('b'), stage('c')];
  const plan = (asked: readonly AskedStage[], stageId: string | null = 'b') =>
    planAgenda(current, asked, { stageId, boardIds: ['b'] }, () => 'new');
  const ids = (asked: readonly AskedStage[]) => {
    const planned = plan(asked);
    return planned.ok ? planned.value.map(({ id }) => id).join('') : planned.refusal.code;
  };

  it('[S9] is reordered, added to and cut; the stage at hand stays', () => {
    expect(ids([{ id: 'c' }, { id: 'b' }, { kind: 'vote', title: { ky: 'Добуш' } }])).toBe('cbnew');
    expect(ids([{ id: 'a' }, { id: 'c' }])).toBe('stage-at-hand');
    expect(ids([{ id: 'b', skipped: true }])).toBe('stage-at-hand');
    expect(ids([{ id: 'b' }, { id: 'b' }])).toBe('not-found');
    expect(ids([{ id: 'b' }, { id: 'x' }])).toBe('not-found');
    expect(ids([{ id: 'b', kind: 'vote' }])).toBe('malformed');
    expect(ids([{ id: 'b' }, { title: { ru: 'x' } }])).toBe('malformed');
    expect(ids([{ id: 'b', title: {} }])).toBe('title-needed');
    expect(ids([{ id: 'b', boardId: 'elsewhere' }])).toBe('not-found');
    expect(ids([{ id: 'b', materials: [{ title: 'x', url: 'javascript:alert(1)' }] }])).toBe('malformed');
    expect(plan([], null)).toMatchObject({ ok: false });
  });

  it('[S9] what is not named stays as it was', () => {
    const planned = plan([
      { id: 'a', minutes: 5, permissions: { add: false } },
      { id: 'b' },
      { id: 'c', skipped: true },
    ]);
    expect(planned).toMatchObject({
      value: [
        { id: 'a', title: { ru: 'a' }, minutes: 5, permissions: { add: false } },
        current[1],
        { id: 'c', skipped: true },
      ],
    });
    expect(permissionsOf('collect', { add: false })).toMatchObject({ add: false, move: true });
  });
});
