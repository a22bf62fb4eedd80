/** Private and anonymous writing by command: shown one by one, counted without pointing at anybody, held to its stage. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readBoard } from '#core/board/read.ts';
import type { Caller } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { revealing as revealingOn } from '#server/usecases/revealing.ts';
import { stages as stagesOn } from '#server/usecases/stages.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
const lead = accountCaller('facilitator');

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
});
afterAll(() => store.close());
beforeEach(async () => {
  deps = depsOn(store);
  it = await insertWorkshop(store, [{ name: 'Бир' }, { name: 'Эки' }, { name: 'Үч' }], [0, 0, 1, 2]);
  await store.workshops.replaceStages(
    it.workshopId,
    ['c', 'd'].map((id) => ({
      id: `${it.workshopId}-${id}`,
      kind: 'collect' as const,
      title: { ru: id },
      boardId: it.boardId,
      minutes: null,
    })),
  );
});

const stage = (id: string) => `${it.workshopId}-${id}`;
const person = (n: number): Caller => {
  const caller = participantCaller(it.workshopId, it.participantIds[n] ?? '', it.organisationIds[Math.max(0, n - 1)]);
  return { ...caller, participants: caller.participants.map((one) => ({ ...one, noteKey: `key ${n}` })) };
};
const set = (more: object) => stagesOn(deps).set(lead, it.workshopId, { stageId: stage('c'), ...more });
const boards = () => boardsOn(deps);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
const add = async (n: number, text: string, more: object = {}) =>
  boards().addNote(person(n), it.boardId, { zone: 'strengths', text, ...more });
const shown = () => deps.live.read(`board/${it.boardId}`, (doc) => readBoard(doc));

test('[A50] one by one, each that waits once, and the others stay unseen', async () => {
  value(await set({ private: true }));
  for (const n of [0, 1, 2]) value(await add(n, `текст ${n}`));
  for (let count = 1; count <= 3; count += 1) {
    const one = value(await revealingOn(deps).reveal(lead, it.workshopId, { boardId: it.boardId, count: 1 }));
    expect(one).toEqual({ revealed: 1, noteIds: [expect.any(String)] });
    expect((await shown()).notes.map(({ id }) => id)).toContain(one.noteIds?.[0]);
    expect((await shown()).notes).toHaveLength(count);
  }
  expect(value(await revealingOn(deps).reveal(lead, it.workshopId, { boardId: it.boardId, count: 1 }))).toEqual({
    revealed: 0,
    noteIds: [],
  });
});

test('[A51] a body with one person here is counted with another such body, never alone', async () => {
  value(await set({ private: true }));
  for (const n of [0, 1, 2, 3, 3]) value(await add(n, 'x'));
  const { total, byOrganisation } = value(await revealingOn(deps).waiting(lead, it.boardId));
  expect(total).toBe(5);
  expect(byOrganisation.sort((a, b) => a.count - b.count)).toEqual([
    { organisationId: it.organisationIds[0], count: 2 },
    { organisationId: null, count: 3 },
  ]);
});

test('[A52] what was written for a stage is not taken in another, neither private nor open', async () => {
  value(await set({ private: true }));
  expect(code(await add(0, 'в срок', { stageId: stage('c'), clientKey: 'k1' }))).toBe('ok');
  for (const more of [{}, { private: true }]) {
    value(await set({ stageId: stage('d'), ...more }));
    expect(code(await add(0, 'поздно', { stageId: stage('c'), clientKey: 'k2' }))).toBe('stage-passed');
  }
  expect((await shown()).notes).toEqual([]);
  // Sent by hand, it is a note of this stage.
  expect(code(await add(0, 'поздно', { clientKey: 'k2' }))).toBe('ok');
});

test('[A53] reworded, moved, reordered and grouped by command, under the server’s hand alone', async () => {
  value(await set({ anonymous: true }));
  const ids: string[] = [];
  for (const n of [0, 1, 2, 3]) ids.push(value(await add(n, `мысль ${n}`)).id);
  value(await revealingOn(deps).reveal(lead, it.workshopId, { boardId: it.boardId }));
  const [a, b, c, d] = ids as [string, string, string, string];
  value(await boards().changeNote(person(1), it.boardId, a, { text: 'иначе', colour: 'rose' }));
  const group = value(await boards().addGroup(person(2), it.boardId, { noteIds: [b], onto: a }));
  value(await boards().changeGroup(person(2), it.boardId, group.id, { noteIds: [c], title: 'Кадры' }));
  value(await boards().changeNote(person(3), it.boardId, c, { before: a }));
  value(await boards().changeGroup(person(0), it.boardId, group.id, { zone: 'threats', x: 40, y: 60 }));
  value(await boards().changeNote(person(0), it.boardId, d, { after: c }));
  const board = await shown();
  expect(board.groups).toEqual([expect.objectContaining({ title: 'Кадры', at: ['threats', 40, 60] })]);
  expect(board.groups[0]?.noteIds).toEqual([c, d, a, b]);
  expect(board.notes.find(({ id }) => id === a)).toMatchObject({ text: 'иначе', colour: 'rose' });
  expect(code(await boards().changeGroup(person(0), it.boardId, group.id, { zone: 'elsewhere' }))).toBe('zone-unknown');
  const log = await store.notes.groupLog(it.boardId, 50);
  expect(log.every(({ person_id: by }) => by === null)).toBe(true);
});
