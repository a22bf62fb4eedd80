/** Practice of the welcome: only there, only one's own, and gone with it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { gather } from '#server/usecases/gather.ts';
import { practice as practiceOn } from '#server/usecases/practice.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
let use: ReturnType<typeof practiceOn>;
const lead = accountCaller('facilitator');

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  use = practiceOn(deps);
});
afterAll(() => store.close());
beforeEach(async () => {
  it = await insertWorkshop(store, [], [null, null]);
  await store.workshops.replaceStages(it.workshopId, [
    { id: `${it.workshopId}-w`, kind: 'welcome', title: { ru: 'Открытие' }, boardId: it.boardId, minutes: 10 },
    { id: `${it.workshopId}-c`, kind: 'collect', title: { ru: 'Пишем' }, boardId: it.boardId, minutes: 20 },
  ]);
});

const person = (n: number): Caller => participantCaller(it.workshopId, it.participantIds[n] ?? '');
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const go = (stage: 'w' | 'c') => stagesOn(deps).set(lead, it.workshopId, { stageId: `${it.workshopId}-${stage}` });
const put = (caller: Caller, given: object) => use.put(caller, it.workshopId, given);

test('[S74] a note and a vote are tried in the welcome and in no other stage; each sees their own, everybody else a number', async () => {
  expect(code(await put(person(0), { note: 'рано' }))).toBe('stage-passed');
  value(await go('w'));
  expect(value(await put(person(0), { note: ' проба ' }))).toEqual({ note: 'проба', choice: null });
  expect(value(await put(person(0), { choice: 'tea' }))).toEqual({ note: 'проба', choice: 'tea' });
  expect(value(await put(person(0), { note: 'иначе', choice: 'kymyz' }))).toEqual({ note: 'иначе', choice: 'kymyz' });
  expect(value(await use.own(person(1), it.workshopId))).toEqual({ note: null, choice: null });
  value(await put(person(1), { choice: 'coffee' }));
  value(await put(person(1), { choice: null }));
  expect(await store.practice.counts(it.workshopId)).toEqual({ notes: 1, votes: 1 });
  expect(code(await put(person(0), { choice: 'wine' }))).toBe('choice-unknown');
  expect(code(await put(person(0), { note: 'x'.repeat(2001) }))).toBe('note-too-long');
  for (const caller of [lead, screenCaller(it.workshopId)])
    expect(code(await put(caller, { note: 'x' }))).toBe('forbidden');
  expect(code(await use.own(NOBODY, it.workshopId))).toBe('join-needed');
  // The real board takes nothing in the welcome.
  expect(code(await boardsOn(deps).addNote(person(0), it.boardId, { zone: 'threats', text: 'x' }))).toBe(
    'stage-forbids',
  );
});

test('[S75] with the welcome all of it is gone, and it never was in a snapshot, an export or a count', async () => {
  value(await go('w'));
  value(await put(person(0), { note: 'пробное слово', choice: 'tea' }));
  const workshop = await store.workshops.byId(it.workshopId);
  if (!workshop) throw new Error('no workshop');
  const gathered = await gather(deps, workshop, { id: 's', title: 's', takenAt: 0 });
  expect(JSON.stringify(gathered)).not.toContain('пробное слово');
  expect([gathered.rounds, gathered.boards.flatMap(({ content }) => content.notes)]).toEqual([[], []]);
  value(await go('w'));
  expect(await store.practice.counts(it.workshopId)).toEqual({ notes: 1, votes: 1 });
  // Whatever comes in the moment of the change comes before or not at all.
  await Promise.all([go('c'), ...Array.from({ length: 5 }, (_, n) => put(person(n % 2), { note: `слово ${n}` }))]);
  expect(await store.practice.counts(it.workshopId)).toEqual({ notes: 0, votes: 0 });
  expect(code(await put(person(0), { note: 'поздно' }))).toBe('stage-passed');
  expect(value(await use.own(person(0), it.workshopId))).toEqual({ note: null, choice: null });
});
