/** From one stage of the day to the next: origins kept, nothing brought over twice, on SQLite with documents in memory. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNote, groupNotes, nameGroup } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { carrying as carryingOn } from '#server/usecases/carrying.ts';
import { workshops as workshopsOn } from '#server/usecases/workshops.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';

let store: Store;
let deps: TestDeps;
const lead = accountCaller('facilitator');
let boardIds: readonly string[] = [];
let workshopId = '';
beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  const made = value(
    await workshopsOn(deps).create(
      lead,
      { title: 'День', template: 'situation', moreTemplates: ['swot', 'tows', 'programme-review'], languages: ['ru'] },
      'http://localhost',
    ),
  );
  workshopId = made.id;
  boardIds = made.boards.map(({ id }) => id);
});
afterAll(() => store.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
const content = (n: number) => readBoard(deps.live.document(`board/${boardIds[n]}`));

test('[B21] groups of the situation seed the SWOT once, their origin kept', async () => {
  const carrying = carryingOn(deps);
  const [situation = '', swot = ''] = boardIds;
  let group = '';
  await deps.live.edit(`board/${situation}`, (doc) => {
    for (const id of ['a', 'b', 'c']) createNote(doc, { id, zone: 'problems', text: id }, 't');
    const made = groupNotes(doc, { noteIds: ['a', 'b'] }, 't');
    if (made.ok) group = made.value.id;
    nameGroup(doc, { id: group, title: 'Не хватает кадров' }, 't');
  });
  const asked = { fromBoardId: situation, zones: { problems: 'weaknesses' } };
  expect(value(await carrying.seed(lead, swot, asked)).ids).toHaveLength(1);
  expect(value(await carrying.seed(lead, swot, asked)).ids).toHaveLength(0);
  expect(value(await carrying.seed(lead, swot, { ...asked, alone: true })).ids).toHaveLength(1);
  expect(content(1).notes.map(({ text, at }) => [at[0], text])).toEqual([
    ['weaknesses', 'Не хватает кадров'],
    ['weaknesses', 'c'],
  ]);
  const told = value(await carrying.origins(lead, swot)) as { text?: string; zone?: { ru?: string } }[];
  expect(told.map(({ text, zone }) => [zone?.ru, text])).toEqual(
    expect.arrayContaining([
      ['Проблемы', 'Не хватает кадров'],
      ['Проблемы', 'c'],
    ]),
  );
  expect(
    value(await carrying.origins(lead, swot))
      .map(({ source, fromItem }) => [source, fromItem])
      .sort(),
  ).toEqual(
    [
      ['seed', 'c'],
      ['seed', group],
    ].sort(),
  );
  expect(code(await carrying.seed(lead, swot, { ...asked, zones: { problems: 'nowhere' }, alone: true }))).toBe(
    'zone-unknown',
  );
  expect(code(await carrying.seed(participantCaller(workshopId, 'p'), swot, asked))).toBe('forbidden');
  expect(code(await carrying.seed(lead, swot, { ...asked, fromBoardId: swot }))).toBe('not-found');
});

test('[N15] a pasted table becomes notes, and an empty one is refused', async () => {
  const carrying = carryingOn(deps);
  const review = boardIds[3] ?? '';
  expect(
    value(await carrying.importActions(lead, review, { text: 'Мероприятие\tСрок\nОбучить\t2018\nИздать\t2019' })).ids,
  ).toHaveLength(2);
  expect(content(3).notes.map(({ text }) => text)).toEqual(['Обучить\n2018 · —', 'Издать\n2019 · —']);
  expect(code(await carrying.importActions(lead, review, { text: ' \n' }))).toBe('table-empty');
});
