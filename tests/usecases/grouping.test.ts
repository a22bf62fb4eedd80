/** Groups by command: on the trail, taken back, texts kept; likeness suggested until a person denies it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBoard } from '#core/board/read.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { revealing } from '#server/usecases/revealing.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { boards as boardsOn } from '#server/usecases/boards.ts';
import { grouping as groupingOn } from '#server/usecases/grouping.ts';
import { stages } from '#server/usecases/stages.ts';
import { workshops as workshopsOn } from '#server/usecases/workshops.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';

let store: Store;
let deps: TestDeps;
let [workshopId, board, collect] = ['', '', ''];
const lead = accountCaller('facilitator');
const TEXTS = ['Нехватка кадров', 'Кадров нехватка!', 'Новый закон'];
const ids: string[] = [];

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
const content = () => readBoard(deps.live.document(`board/${board}`));

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  const made = value(
    await workshopsOn(deps).create(lead, { title: 'День', template: 'blank', languages: ['ru'] }, 'http://localhost'),
  );
  [workshopId, board] = [made.id, made.boards[0]?.id ?? ''];
  collect = made.stages.find(({ kind }) => kind === 'collect')?.id ?? '';
  for (const text of TEXTS) ids.push(value(await boardsOn(deps).addNote(lead, board, { zone: 'ideas', text })).id);
  value(await stages(deps).set(lead, workshopId, { stageId: collect }));
});
afterAll(() => store.close());

test('[B18, B65] likeness is suggested, and no more once a person denied it', async () => {
  const grouping = groupingOn(deps);
  const member = participantCaller(workshopId, 'p');
  const alike = ids.slice(0, 2);
  expect(value(await grouping.duplicates(member, board)).map(({ noteIds }) => [...noteIds].sort())).toEqual([
    [...alike].sort(),
  ]);
  value(await grouping.deny(member, board, [...alike].reverse()));
  expect(value(await grouping.duplicates(lead, board))).toEqual([]);
  expect(code(await grouping.deny(participantCaller('other', 'q'), board, alike))).toBe('not-found');
});

test('[B19, B64] grouping by command is on the trail; taking apart keeps the texts, and a step is taken back', async () => {
  const [grouping, boards] = [groupingOn(deps), boardsOn(deps)];
  const group = value(await boards.addGroup(lead, board, { noteIds: ids.slice(0, 2), title: 'Кадры' })).id;
  value(await boards.removeGroup(lead, board, group));
  expect([
    content().groups,
    content()
      .notes.map(({ text }) => text)
      .sort(),
  ]).toEqual([[], [...TEXTS].sort()]);
  const trail = value(await grouping.trail(lead, board));
  expect(trail.map(({ act, role }) => `${role} ${act}`).sort()).toEqual([
    'lead dissolved',
    'lead joined',
    'lead joined',
    'lead left',
    'lead left',
    'lead named',
  ]);
  expect(
    trail
      .filter(({ act }) => act === 'left')
      .map(({ text }) => text)
      .sort(),
  ).toEqual([...TEXTS.slice(0, 2)].sort());
  const step = trail.find(({ act }) => act === 'dissolved')?.id ?? '';
  value(await grouping.undo(lead, board, step));
  expect(content().groups.map(({ title, noteIds }) => [title, [...noteIds].sort()])).toEqual([
    ['Кадры', ids.slice(0, 2).sort()],
  ]);
  expect(code(await grouping.undo(lead, board, step))).toBe('nothing-to-undo');
  const member = participantCaller(workshopId, 'p');
  expect([code(await grouping.undo(member, board, step)), code(await grouping.trail(member, board))]).toEqual([
    'forbidden',
    'forbidden',
  ]);
});

test('[B19] the trail names people where the work is attributed, and their role alone where it is anonymous', async () => {
  const grouping = groupingOn(deps);
  await store.participants.insert(
    { id: 'p', workshopId, name: 'Айгүл', organisationId: null, language: 'ky', joinedAt: 0, removedAt: null },
    'hash',
  );
  const member = participantCaller(workshopId, 'p');
  value(await boardsOn(deps).addGroup(member, board, { noteIds: [ids[2] ?? '', ids[0] ?? ''] }));
  const named = () =>
    grouping.trail(lead, board).then((trail) => new Set(value(trail).map(({ name, role }) => `${role} ${name}`)));
  expect(await named()).toEqual(new Set(['lead null', 'member Айгүл']));
  value(await stages(deps).set(lead, workshopId, { stageId: collect, anonymous: true }));
  expect(await named()).toEqual(new Set(['lead null', 'member null']));
});

test('[S84] what comes from the inbox into a group is on its trail, and what is voted on takes nothing in', async () => {
  const lively = depsOn(store);
  const [boards, inbox] = [boardsOn(lively), revealing(lively)];
  const made = value(
    await workshopsOn(lively).create(lead, { title: 'Зал', template: 'blank', languages: ['ru'] }, 'http://localhost'),
  );
  const own = made.boards[0]?.id ?? '';
  const stage = made.stages.find(({ kind }) => kind === 'collect')?.id ?? '';
  await store.workshops.replaceStages(
    made.id,
    made.stages.map((one) => ({ ...one, moderated: one.id === stage })),
  );
  value(await stages(lively).set(lead, made.id, { stageId: stage }));
  const there = value(await boards.addNote(lead, own, { zone: 'ideas', text: 'Кадры' })).id;
  value(await boards.addNote(lead, own, { zone: 'ideas', text: 'Закон' }));
  const send = async (text: string) =>
    value(await boards.addNote(participantCaller(made.id, 'm'), own, { zone: 'ideas', text })).id;
  const [first, second] = [await send('Кадров нет'), await send('Кадров мало')];
  value(await inbox.approve(lead, own, [first], there));
  const trail = value(await groupingOn(lively).trail(lead, own));
  expect(
    trail
      .filter(({ act }) => act === 'joined')
      .map(({ text }) => text)
      .sort(),
  ).toEqual(['Кадров нет', 'Кадры']);
  const [group] = readBoard(lively.live.document(`board/${own}`)).groups;
  const round = value(
    await roundsOn(lively).create(lead, made.id, {
      ...{ boardId: own, title: 'Приоритет', of: 'notes', secret: false },
      method: { kind: 'dots', budget: 2, perOption: 1 },
    } as never),
  );
  value(await roundsOn(lively).open(lead, round.id));
  const lone = readBoard(lively.live.document(`board/${own}`)).notes.find(({ text }) => text === 'Закон')?.id ?? '';
  expect(code(await inbox.approve(lead, own, [second], lone))).toBe('options-frozen');
  expect(code(await inbox.approve(lead, own, [second], 'nowhere'))).toBe('not-found');
  expect(code(await inbox.approve(lead, own, [second], group?.id))).toBe('ok');
});
