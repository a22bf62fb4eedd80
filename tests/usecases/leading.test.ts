/** Leading the room and writing by command, as use cases on SQLite with documents in memory. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNote } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import type { Caller } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import type { BoardMay } from '#core/stage/permissions.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { leading as leadingOn } from '#server/usecases/leading.ts';
import { revealing as revealingOn } from '#server/usecases/revealing.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
let [boards, leading, revealing, stages]: [
  ReturnType<typeof boardsOn>,
  ReturnType<typeof leadingOn>,
  ReturnType<typeof revealingOn>,
  ReturnType<typeof stagesOn>,
] = [] as never;
const lead = accountCaller('facilitator');
const people: Caller[] = [];

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  [boards, leading, revealing, stages] = [boardsOn(deps), leadingOn(deps), revealingOn(deps), stagesOn(deps)];
});
afterAll(() => store.close());
beforeEach(async () => {
  it = await insertWorkshop(store, [{ name: 'Бир' }], [0, 0, null, 0]);
  await store.workshops.replaceStages(it.workshopId, [
    { id: `${it.workshopId}-c`, kind: 'collect', title: { ru: 'Пишем' }, boardId: it.boardId, minutes: 20 },
    { id: `${it.workshopId}-g`, kind: 'group', title: { ru: 'Группируем' }, boardId: it.boardId, minutes: 10 },
  ]);
  // The key stands for the join token that identify() makes it of.
  people.splice(
    0,
    9,
    ...it.participantIds.map((id, n) => ({
      ...participantCaller(it.workshopId, id),
      participants: [
        {
          participantId: id,
          workshopId: it.workshopId,
          organisationId: n === 2 ? null : (it.organisationIds[0] ?? null),
          name: null,
          language: 'ru' as const,
          noteKey: `key ${id}`,
        },
      ],
    })),
  );
});

const person = (n: number): Caller => people[n] as Caller;
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const collect = () => `${it.workshopId}-c`;
const set = (more: object = {}) => stages.set(lead, it.workshopId, { stageId: collect(), ...more });
const add = async (n: number, text: string) =>
  value(await boards.addNote(person(n), it.boardId, { zone: 'strengths', text })).id;
const seen = async (caller: Caller) => value(await boards.view(caller, it.boardId)).notes;
const permit = async (permissions: Partial<BoardMay>) =>
  value(
    await leading.setAgenda(lead, it.workshopId, {
      stages: [{ id: collect(), permissions }, { id: `${it.workshopId}-g` }],
    }),
  );

describe('by command', () => {
  test.each(['add', 'editOwn', 'editAny', 'move', 'group'] as const)(
    '[S6] without %s the command is refused and nothing changes',
    async (part) => {
      value(await set());
      const [mine, theirs] = [await add(0, 'mine'), await add(1, 'theirs')];
      const commands: Record<keyof BoardMay, () => Promise<Result<unknown>>> = {
        add: () => boards.addNote(person(0), it.boardId, { zone: 'threats', text: 'x' }),
        editOwn: () => boards.changeNote(person(0), it.boardId, mine, { text: 'changed' }),
        editAny: () => boards.removeNote(person(0), it.boardId, theirs),
        move: () => boards.changeNote(person(0), it.boardId, theirs, { zone: 'threats' }),
        group: () => boards.addGroup(person(0), it.boardId, { noteIds: [mine, theirs] }),
      };
      const all = { add: true, editOwn: true, editAny: true, move: true, group: true };
      await permit({ ...all, [part]: false, ...(part === 'editOwn' && { editAny: false }) });
      const before = JSON.stringify(await seen(lead));
      expect(code(await commands[part]())).toBe(part === 'editAny' ? 'not-yours' : 'stage-forbids');
      expect(JSON.stringify(await seen(lead))).toBe(before);
      await permit({ add: false, editOwn: false, editAny: false, move: false, group: false, [part]: true });
      expect(code(await commands[part]())).toBe('ok');
    },
  );

  test('[S8] locked areas and notes refuse by command too, and who leads is not bound', async () => {
    value(await set());
    const note = await add(0, 'x');
    value(await leading.lock(lead, it.boardId, { zones: ['threats'] }));
    expect(code(await boards.addNote(person(0), it.boardId, { zone: 'threats', text: 'x' }))).toBe('zone-locked');
    expect(code(await boards.changeNote(person(0), it.boardId, note, { zone: 'threats' }))).toBe('zone-locked');
    expect(code(await boards.addNote(lead, it.boardId, { zone: 'threats', text: 'x' }))).toBe('ok');
    value(await leading.lock(lead, it.boardId, { notes: [note] }));
    expect(code(await boards.changeNote(person(0), it.boardId, note, { text: 'y' }))).toBe('note-locked');
    expect(code(await leading.lock(person(0), it.boardId, { notes: [] }))).toBe('forbidden');
    expect(code(await leading.lock(lead, it.boardId, { zones: ['nowhere'] }))).toBe('zone-unknown');
  });
});

describe('the clock and the agenda', () => {
  test('[S42] starts, pauses, goes on, is lengthened, ends', async () => {
    value(await set({ seconds: 600 }));
    const state = async () => {
      const workshop = await store.workshops.byId(it.workshopId);
      return {
        left: workshop?.endsAt == null ? null : (workshop.endsAt - deps.now()) / 1000,
        paused: workshop?.pausedLeft == null ? null : workshop.pausedLeft / 1000,
      };
    };
    deps.pass(60_000);
    value(await leading.timer(lead, it.workshopId, 'pause'));
    deps.pass(600_000);
    expect(await state()).toEqual({ left: null, paused: 540 });
    value(await leading.timer(lead, it.workshopId, 'pause'));
    value(await leading.timer(lead, it.workshopId, 'add', 60));
    expect(await state()).toEqual({ left: null, paused: 600 });
    value(await leading.timer(lead, it.workshopId, 'resume'));
    expect(await state()).toEqual({ left: 600, paused: null });
    value(await leading.timer(lead, it.workshopId, 'add'));
    expect(await state()).toEqual({ left: 660, paused: null });
    value(await leading.timer(lead, it.workshopId, 'stop'));
    expect(await state()).toEqual({ left: null, paused: null });
    value(await leading.timer(lead, it.workshopId, 'start', 30));
    expect(await state()).toEqual({ left: 30, paused: null });
    expect(code(await leading.timer(person(0), it.workshopId, 'stop'))).toBe('forbidden');
  });

  test('[S41] planned against actual, over two stretches; overrun is told to those with an account only', async () => {
    value(await set());
    deps.pass(15 * 60_000);
    value(await stages.set(lead, it.workshopId, { stageId: `${it.workshopId}-g` }));
    deps.pass(60_000);
    value(await set());
    deps.pass(6 * 60_000);
    expect(
      value(await leading.agenda(lead, it.workshopId)).stages.map(({ tookSeconds, overSeconds }) => [
        tookSeconds,
        overSeconds,
      ]),
    ).toEqual([
      [1260, 60],
      [60, 0],
    ]);
    expect(code(await leading.agenda(person(0), it.workshopId))).toBe('forbidden');
  });

  test('[S40] a changed agenda and a set stage share one revision', async () => {
    const { revision } = value(await set());
    const asked = { stages: [{ id: collect() }], revision };
    expect(
      await Promise.all(
        [
          leading.setAgenda(lead, it.workshopId, asked),
          stages.set(lead, it.workshopId, { stageId: collect(), locked: true, revision }),
        ].map(async (one) => code(await one)),
      ),
    ).toEqual(expect.arrayContaining(['ok', 'changed-meanwhile']));
  });
});

describe('the room', () => {
  test('[S43] hands keep their order and readiness ends with its stage', async () => {
    value(await set());
    for (const n of [2, 0]) value(await leading.signal(person(n), it.workshopId, 'hand', true));
    deps.pass(5);
    value(await leading.signal(person(2), it.workshopId, 'hand', true));
    for (const n of [0, 1, 1]) value(await leading.signal(person(n), it.workshopId, 'ready', true));
    expect(await store.signals.counts(it.workshopId, collect())).toEqual({ ready: 2, hands: 2 });
    expect(
      value(await leading.hands(lead, it.workshopId))
        .map(({ id }) => id)
        .sort(),
    ).toEqual([it.participantIds[0], it.participantIds[2]].sort());
    expect(code(await leading.hands(person(0), it.workshopId))).toBe('forbidden');
    expect(await store.signals.counts(it.workshopId, `${it.workshopId}-g`)).toEqual({ ready: 0, hands: 2 });
    value(await leading.signal(person(0), it.workshopId, 'hand', false));
    value(await leading.lowerHands(lead, it.workshopId, null));
    expect(await store.signals.counts(it.workshopId, collect())).toEqual({ ready: 2, hands: 0 });
    expect(code(await leading.signal(lead, it.workshopId, 'hand', true))).toBe('forbidden');
  });

  test('[S44] calls to what stands on the board, never to a note that is written in private', async () => {
    value(await set({ private: true }));
    const hidden = await add(0, 'hidden');
    await deps.live.edit(
      `board/${it.boardId}`,
      (doc) => void createNote(doc, { id: 'shown', zone: 'strengths', text: 'x' }, 't'),
    );
    const call = (place: object) => leading.focus(lead, it.workshopId, { boardId: it.boardId, ...place });
    expect(code(await call({ noteId: hidden }))).toBe('not-found');
    expect(code(await call({ zone: 'nowhere' }))).toBe('zone-unknown');
    value(await call({ noteId: 'shown' }));
    const first = (await store.workshops.byId(it.workshopId))?.focus;
    value(await call({ noteId: 'shown' }));
    const again = (await store.workshops.byId(it.workshopId))?.focus;
    expect(again).toMatchObject({ boardId: it.boardId, noteId: 'shown', zone: null });
    expect(again?.call).toBeGreaterThan(first?.call ?? Infinity);
    value(await leading.focus(lead, it.workshopId, { boardId: null }));
    expect((await store.workshops.byId(it.workshopId))?.focus).toBe(null);
    expect(code(await leading.focus(person(0), it.workshopId, { boardId: it.boardId }))).toBe('forbidden');
  });
});

describe('writing unseen', () => {
  test('[A4] anonymous notes come in batches of three authors or more, shuffled; fewer wait for the reveal', async () => {
    value(await set({ anonymous: true }));
    for (const n of [0, 1]) for (const turn of [1, 2]) await add(n, `${n}-${turn}`);
    expect(await revealing.releaseBatches()).toBe(0);
    expect((await seen(lead)).length).toBe(0);
    await add(2, '2-1');
    expect(await revealing.releaseBatches()).toBe(5);
    expect((await seen(lead)).map(({ text }) => text).sort()).toEqual(['0-1', '0-2', '1-1', '1-2', '2-1']);
    await add(3, 'late');
    expect(await revealing.releaseBatches()).toBe(0);
    expect(value(await revealing.reveal(lead, it.workshopId, { boardId: it.boardId }))).toEqual({ revealed: 1 });
  });

  test('[A5] an anonymous note is known to its author by their token alone: no table names them', async () => {
    value(await set({ anonymous: true }));
    const ids = [await add(0, 'one'), await add(0, 'two'), await add(1, 'three'), await add(2, 'four')];
    value(await boards.addNote(person(0), it.boardId, { zone: 'threats', text: 'keyed', clientKey: 'k' }));
    await revealing.releaseBatches();
    expect(
      (await seen(person(0)))
        .filter(({ own }) => own)
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['keyed', 'one', 'two']);
    expect((await seen(lead)).some(({ own, authorId, organisationId }) => own ?? authorId ?? organisationId)).toBe(
      false,
    );
    expect(await store.notes.authorsOf(it.boardId)).toEqual([]);
    const marks = await store.notes.marksOf(it.boardId);
    expect(new Set(marks.map(({ mark }) => mark)).size).toBe(5);
    expect(JSON.stringify(marks)).not.toContain(it.participantIds[0]);
    await permit({ editAny: false });
    expect(code(await boards.changeNote(person(0), it.boardId, ids[0] ?? '', { text: 'mended' }))).toBe('ok');
    expect(code(await boards.changeNote(person(1), it.boardId, ids[1] ?? '', { text: 'x' }))).toBe('not-yours');
  });

  test('[A6] what waits is counted by organisation where attributed, and as a sum where anonymous', async () => {
    value(await set({ private: true }));
    for (const n of [0, 0, 1, 2]) await add(n, 'x');
    expect(value(await revealing.waiting(lead, it.boardId))).toEqual({
      // The fourth came alone, without an organisation: a row would be that person's.
      total: 4,
      byOrganisation: [{ organisationId: it.organisationIds[0], count: 3 }],
    });
    value(await set({ anonymous: true }));
    expect(value(await revealing.waiting(lead, it.boardId))).toEqual({ total: 4, byOrganisation: [] });
    expect(code(await revealing.waiting(person(0), it.boardId))).toBe('forbidden');
  });

  test('[S45] a moderated stage: approved, put beside another, set aside with a reason that its writer sees', async () => {
    value(await set());
    value(await leading.setAgenda(lead, it.workshopId, { stages: [{ id: collect(), moderated: true }] }));
    const [a, b, c] = [await add(0, 'a'), await add(0, 'b'), await add(1, 'c')];
    expect(await seen(person(2))).toEqual([]);
    expect(
      value(await revealing.inbox(lead, it.boardId))
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['a', 'b', 'c']);
    expect(JSON.stringify(await revealing.inbox(lead, it.boardId))).not.toContain(it.participantIds[0]);
    value(await revealing.approve(lead, it.boardId, [a]));
    value(await revealing.approve(lead, it.boardId, [c], a));
    expect(code(await revealing.setAside(lead, it.boardId, b, ' '))).toBe('reason-needed');
    value(await revealing.setAside(lead, it.boardId, b, 'не по теме'));
    const board = readBoard(deps.live.document(`board/${it.boardId}`));
    expect([board.notes.map(({ text }) => text).sort(), board.groups.map(({ noteIds }) => noteIds.length)]).toEqual([
      ['a', 'c'],
      [2],
    ]);
    expect((await seen(person(0))).find(({ id }) => id === b)).toMatchObject({ text: 'b', setAside: 'не по теме' });
    expect((await seen(person(1))).some(({ id }) => id === b)).toBe(false);
    expect(code(await revealing.inbox(person(0), it.boardId))).toBe('forbidden');
    expect(code(await boards.addNote(lead, it.boardId, { zone: 'threats', text: 'of the lead' }))).toBe('ok');
    expect((await seen(person(2))).map(({ text }) => text)).toContain('of the lead');
  });
});
