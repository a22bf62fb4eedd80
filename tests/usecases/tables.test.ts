/** The room at tables, as use cases on SQLite with documents in memory: split, seated, hidden from each other, brought back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createNote, groupNotes } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { carrying as carryingOn } from '#server/usecases/carrying.ts';
import { gather } from '#server/usecases/gather.ts';
import { grouping as groupingOn } from '#server/usecases/grouping.ts';
import { joining as joiningOn } from '#server/usecases/joining.ts';
import { leading as leadingOn } from '#server/usecases/leading.ts';
import { codeFailures } from '#server/usecases/limits.ts';
import { revealing as revealingOn } from '#server/usecases/revealing.ts';
import { documentRights } from '#server/usecases/rights.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { tables as tablesOn } from '#server/usecases/tables.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
const lead = accountCaller('facilitator');
const on = () => ({
  boards: boardsOn(deps),
  carrying: carryingOn(deps),
  grouping: groupingOn(deps),
  joining: joiningOn(deps, codeFailures()),
  leading: leadingOn(deps),
  revealing: revealingOn(deps),
  rounds: roundsOn(deps),
  stages: stagesOn(deps),
  tables: tablesOn(deps),
});
let use: ReturnType<typeof on>;

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  use = on();
});
afterAll(() => store.close());
beforeEach(async () => {
  it = await insertWorkshop(store, [{ name: 'Бир' }, { name: 'Эки' }], [0, 0, 0, 1, 1, 1]);
  await store.workshops.replaceStages(it.workshopId, [
    { id: `${it.workshopId}-c`, kind: 'collect', title: { ru: 'Пишем' }, boardId: it.boardId, minutes: 20 },
    { id: `${it.workshopId}-v`, kind: 'vote', title: { ru: 'Голосуем' }, boardId: it.boardId, minutes: 10 },
  ]);
});

const person = (n: number, id = it.participantIds[n] ?? ''): Caller => {
  const plain = participantCaller(it.workshopId, id, it.organisationIds[n < 3 ? 0 : 1] ?? null);
  return { ...plain, participants: plain.participants.map((one) => ({ ...one, noteKey: `key ${id}` })) };
};
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const set = (more: object = {}) => use.stages.set(lead, it.workshopId, { stageId: `${it.workshopId}-c`, ...more });
/** People 0 to 2 at the first table, the others at the second. */
const byHand = () => Object.fromEntries(it.participantIds.map((id, n) => [id, n < 3 ? 0 : 1]));
const split = (more: object = {}) =>
  use.tables.split(lead, it.workshopId, {
    ...{ boardId: it.boardId, mode: 'board', seating: 'hand', tables: [{}, {}], seats: byHand(), ...more },
  });
const all = async () => value(await use.tables.view(lead, it.workshopId)).tables;
const boardIds = async () => (await all()).map(({ boardId }) => boardId ?? '') as [string, string];
const add = (caller: Caller, boardId: string, text: string, zone = 'strengths') =>
  use.boards.addNote(caller, boardId, { zone, text });
const notesOn = (boardId: string) => readBoard(deps.live.document(`board/${boardId}`)).notes;
const textsOn = (boardId: string) =>
  notesOn(boardId)
    .map(({ text }) => text)
    .sort();

describe('at tables', () => {
  test('[S64] members see and write on their own table, at every door; other tables are as if they were not there', async () => {
    value(await set());
    value(await split());
    const [first, second] = await boardIds();
    expect(code(await add(person(0), first, 'первый стол'))).toBe('ok');
    expect(code(await add(person(3), second, 'второй стол'))).toBe('ok');
    const others: Caller[] = [person(3), screenCaller(it.workshopId), NOBODY];
    for (const caller of others) {
      expect(await documentRights(store, caller, `board/${first}`)).toBeNull();
      expect(code(await use.boards.view(caller, first))).toBe('not-found');
      expect(code(await add(caller, first, 'x'))).toBe('not-found');
      expect(code(await use.boards.changeNote(caller, first, notesOn(first)[0]?.id ?? '', { text: 'x' }))).toBe(
        'not-found',
      );
      expect(code(await use.boards.addGroup(caller, first, { noteIds: [] }))).toBe('not-found');
      expect(code(await use.carrying.origins(caller, first))).toBe('not-found');
      expect(code(await use.grouping.duplicates(caller, first))).toBe('not-found');
    }
    expect(await documentRights(store, person(0), `board/${first}`)).toMatchObject({ write: true });
    // The shared board is read meanwhile, and who leads goes anywhere.
    expect(await documentRights(store, person(0), `board/${it.boardId}`)).toMatchObject({
      write: false,
      whyNot: 'at-table',
    });
    expect(code(await add(person(0), it.boardId, 'x'))).toBe('at-table');
    expect(code(await add(lead, first, 'в гостях'))).toBe('ok');
    expect(code(await add(lead, it.boardId, 'общее'))).toBe('ok');
    // The stage rules at tables too.
    value(await use.stages.set(lead, it.workshopId, { stageId: `${it.workshopId}-v` }));
    expect(code(await add(person(0), first, 'x'))).toBe('stage-forbids');
  });

  test('[S64] pages are told their own table only; numbers are for all, boards and seats for those who lead', async () => {
    value(await set());
    value(await split());
    const mine = value(await use.tables.boards(person(4), it.workshopId));
    expect(mine).toMatchObject([{ mine: true, tableOf: it.boardId, table: { name: '2-үстөл' } }]);
    expect(value(await use.tables.boards(screenCaller(it.workshopId), it.workshopId))).toEqual([]);
    expect(value(await use.tables.boards(lead, it.workshopId))).toHaveLength(2);
    for (const caller of [person(4), screenCaller(it.workshopId)])
      expect(Object.keys(value(await use.tables.view(caller, it.workshopId)).tables[0] ?? {}).sort()).toEqual([
        'here',
        'id',
        'name',
        'people',
        'ready',
        'state',
      ]);
    expect(code(await use.tables.view(NOBODY, it.workshopId))).toBe('join-needed');
    const [first] = await boardIds();
    value(await add(person(0), first, 'слово'));
    expect(await all()).toMatchObject([
      { people: 3, notes: 1, seated: it.participantIds.slice(0, 3) },
      { people: 3, notes: 0 },
    ]);
  });

  test('[S65] nobody but who leads splits, seats, names and brings back; one split at a time', async () => {
    value(await set());
    expect(
      code(
        await use.tables.split(person(0), it.workshopId, {
          boardId: it.boardId,
          mode: 'board',
          seating: 'mixed',
          tables: [{}, {}],
        }),
      ),
    ).toBe('forbidden');
    expect(code(await split({ tables: [{}] }))).toBe('tables-number');
    expect(code(await split({ mode: 'zone', tables: [{ zones: ['nowhere'] }, { zones: ['threats'] }] }))).toBe(
      'zone-unknown',
    );
    const tries = (await Promise.all([split(), split()])).map(code);
    expect(tries.sort()).toEqual(['changed-meanwhile', 'ok']);
    const [table] = await all();
    const id = table?.id ?? '';
    expect(code(await split({ boardId: table?.boardId }))).toBe('not-found');
    for (const refused of [
      use.tables.move(person(0), it.workshopId, it.participantIds[0] ?? '', id),
      use.tables.rename(person(0), it.workshopId, id, 'x'),
      use.tables.back(person(0), it.workshopId, id),
      use.tables.end(person(0), it.workshopId),
    ])
      expect(code(await refused)).toBe('forbidden');
    value(await use.tables.rename(lead, it.workshopId, id, 'Бюджет'));
    expect((await all())[0]?.name).toBe('Бюджет');
    // What is for every screen is not on a table's board.
    expect(code(await use.leading.focus(lead, it.workshopId, { boardId: table?.boardId ?? '' }))).toBe('not-found');
    const round = {
      boardId: table?.boardId ?? '',
      title: 'x',
      of: 'notes' as const,
      method: { kind: 'dots' as const, budget: 3, perOption: 1 },
      secret: true,
    };
    expect(code(await use.rounds.create(lead, it.workshopId, round))).toBe('not-found');
  });

  test('[S61] who comes late sits at the smallest table, and can be moved: rights move with them', async () => {
    value(await set());
    value(await split({ seats: Object.fromEntries(it.participantIds.map((id, n) => [id, n < 4 ? 0 : 1])) }));
    const workshop = await store.workshops.byId(it.workshopId);
    const joined = value(await use.joining.join({ code: workshop?.joinCode ?? '' }, 'here'));
    const late = person(0, joined.participantId);
    const [first, second] = await boardIds();
    expect((await all())[1]?.seated).toContain(joined.participantId);
    expect(await documentRights(store, late, `board/${second}`)).toMatchObject({ write: true });
    expect(await documentRights(store, late, `board/${first}`)).toBeNull();
    value(await use.tables.move(lead, it.workshopId, joined.participantId, (await all())[0]?.id ?? ''));
    expect(await documentRights(store, late, `board/${first}`)).toMatchObject({ write: true });
    expect(await documentRights(store, late, `board/${second}`)).toBeNull();
    expect(code(await use.tables.move(lead, it.workshopId, 'nobody', (await all())[0]?.id ?? ''))).toBe('not-found');
  });
});

describe('back in the plenary', () => {
  test('[S66] every note comes back once with its writer and its table; groups come; the people write on the shared board', async () => {
    value(await set());
    value(await add(person(0), it.boardId, 'было раньше'));
    value(await split({ withNotes: true }));
    const [first, second] = await boardIds();
    expect(textsOn(first)).toEqual(['было раньше']);
    const a = value(await add(person(0), first, 'первый')).id;
    const b = value(await add(person(3), second, 'второй')).id;
    await deps.live.edit(
      `board/${second}`,
      (doc) => void groupNotes(doc, { id: 'g', noteIds: [b], title: 'Группа' }, 't'),
    );
    const [one] = await all();
    expect(value(await use.tables.back(lead, it.workshopId, one?.id ?? '')).brought).toBe(1);
    // The first table is back: it reads its board and writes on the shared one. The second works on.
    expect(await documentRights(store, person(0), `board/${first}`)).toMatchObject({
      write: false,
      whyNot: 'table-back',
    });
    expect(code(await add(lead, first, 'x'))).toBe('table-back');
    expect(code(await add(person(0), it.boardId, 'после'))).toBe('ok');
    expect(code(await add(person(3), it.boardId, 'x'))).toBe('at-table');
    expect(value(await use.tables.end(lead, it.workshopId)).brought).toBe(1);
    expect(textsOn(it.boardId)).toEqual(['было раньше', 'второй', 'первый', 'после']);
    expect(readBoard(deps.live.document(`board/${it.boardId}`)).groups).toMatchObject([
      { id: 'g', title: 'Группа', noteIds: [b] },
    ]);
    const origins = value(await use.carrying.origins(person(5), it.boardId));
    expect(origins.map(({ itemId, table }) => [itemId, table]).sort()).toEqual(
      [
        [a, '1-үстөл'],
        [b, '2-үстөл'],
      ].sort(),
    );
    const seen = value(await use.boards.view(person(3), it.boardId)).notes;
    expect(seen.filter(({ own }) => own).map(({ id }) => id)).toEqual([b]);
    expect(value(await use.tables.view(lead, it.workshopId)).split).toBeNull();
    expect(code(await use.tables.end(lead, it.workshopId))).toBe('not-found');
    // Split again: the room's board is whole, and only it is in exports.
    value(await split());
    const workshop = await store.workshops.byId(it.workshopId);
    if (!workshop) throw new Error('no workshop');
    const gathered = await gather(deps, workshop, { id: 's', title: 's', takenAt: 0 });
    expect(gathered.boards.map(({ id }) => id)).toEqual([it.boardId]);
  });

  test('[S67] areas of their own: each table has its areas with their notes, and gives them back into the same', async () => {
    value(await set());
    for (const zone of ['strengths', 'threats']) value(await add(person(0), it.boardId, `в ${zone}`, zone));
    value(
      await split({
        mode: 'zone',
        tables: [{ zones: ['strengths', 'weaknesses'] }, { zones: ['opportunities', 'threats'] }],
      }),
    );
    const [first, second] = await boardIds();
    expect([textsOn(first), textsOn(second)]).toEqual([['в strengths'], ['в threats']]);
    expect(code(await add(person(0), first, 'x', 'threats'))).toBe('zone-unknown');
    expect(code(await add(person(0), first, 'слабость', 'weaknesses'))).toBe('ok');
    expect((await documentRights(store, person(3), `board/${second}`))?.zones).toEqual(['opportunities', 'threats']);
    expect(value(await use.tables.end(lead, it.workshopId)).brought).toBe(1);
    expect(
      notesOn(it.boardId)
        .map(({ text, at }) => [text, at[0]])
        .sort(),
    ).toEqual(
      [
        ['в strengths', 'strengths'],
        ['в threats', 'threats'],
        ['слабость', 'weaknesses'],
      ].sort(),
    );
  });

  test('[S68] what waits for a reveal goes on waiting in the plenary, its writer knows it, and nobody else', async () => {
    value(await set({ private: true }));
    value(await split());
    const [first] = await boardIds();
    const id = value(await add(person(0), first, 'тайна')).id;
    expect(code(await use.boards.view(person(1), first))).toBe('ok');
    expect(value(await use.boards.view(person(1), first)).notes).toEqual([]);
    expect(value(await use.tables.end(lead, it.workshopId)).brought).toBe(1);
    expect(textsOn(it.boardId)).toEqual([]);
    expect(value(await use.boards.view(person(0), it.boardId)).notes).toMatchObject([
      { id, text: 'тайна', own: true, private: true },
    ]);
    expect(value(await use.boards.view(person(1), it.boardId)).notes).toEqual([]);
    value(await use.revealing.reveal(lead, it.workshopId, { boardId: it.boardId }));
    expect(textsOn(it.boardId)).toEqual(['тайна']);
    expect(value(await use.carrying.origins(lead, it.boardId))).toMatchObject([{ itemId: id, table: '1-үстөл' }]);
  });

  test('[S69] without names no table is so small that it shows who wrote; the writer still finds their note', async () => {
    value(await set({ anonymous: true }));
    expect(
      code(await split({ seats: Object.fromEntries(it.participantIds.map((id, n) => [id, n < 2 ? 0 : 1])) })),
    ).toBe('table-too-small');
    value(await split());
    const [first, second] = await boardIds();
    expect(
      code(await use.tables.move(lead, it.workshopId, it.participantIds[0] ?? '', (await all())[1]?.id ?? '')),
    ).toBe('table-too-small');
    const ids = [];
    for (const n of [0, 1, 2]) ids.push(value(await add(person(n), first, `слово ${n}`)).id);
    value(await add(person(3), second, 'ждёт'));
    expect(await use.revealing.releaseBatches()).toBe(3);
    expect(await store.notes.authorsOf(first)).toEqual([]);
    value(await use.tables.end(lead, it.workshopId));
    expect(await store.notes.authorsOf(it.boardId)).toEqual([]);
    const own = async (n: number) =>
      value(await use.boards.view(person(n), it.boardId))
        .notes.filter(({ own: mine }) => mine)
        .map(({ id }) => id);
    expect([await own(0), await own(1)]).toEqual([[ids[0]], [ids[1]]]);
    // One person at a table and in the plenary is one person: two of them and their second notes are no batch of three.
    value(await use.boards.addNote(person(3), it.boardId, { zone: 'threats', text: 'ещё' }));
    value(await use.boards.addNote(person(4), it.boardId, { zone: 'threats', text: 'ещё' }));
    expect(await use.revealing.releaseBatches()).toBe(0);
  });

  test('[S66] a flow that was refused or broke off loses nothing: the table works on, the same command does the rest', async () => {
    value(await set());
    value(await split());
    const [first] = await boardIds();
    value(await add(person(0), first, 'слово'));
    const [table] = await all();
    const round = {
      boardId: it.boardId,
      title: 'x',
      of: 'notes' as const,
      method: { kind: 'dots' as const, budget: 3, perOption: 1 },
      secret: true,
    };
    await deps.live.edit(`board/${it.boardId}`, (doc) => void createNote(doc, { zone: 'threats', text: 'выбор' }, 't'));
    const made = value(await use.rounds.create(lead, it.workshopId, round));
    value(await use.rounds.open(lead, made.id));
    expect(code(await use.tables.back(lead, it.workshopId, table?.id ?? ''))).toBe('round-open');
    expect(code(await add(person(0), first, 'ещё слово'))).toBe('ok');
    value(await use.rounds.close(lead, made.id));
    await store.splits.setState(table?.id ?? '', 'closing');
    expect(code(await add(person(0), first, 'x'))).toBe('table-back');
    expect(value(await use.tables.back(lead, it.workshopId, table?.id ?? '')).brought).toBe(2);
    expect(value(await use.tables.back(lead, it.workshopId, table?.id ?? '')).brought).toBe(0);
    expect(textsOn(it.boardId)).toEqual(['выбор', 'ещё слово', 'слово']);
  });
});
