/** TOWS on a real store: options bound at once, bonds that outlive what happens on both boards, and who may bind. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createNote, deleteNotes, groupNotes, moveNote, nameGroup, ungroup } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { pairing as pairingOn } from '#server/usecases/pairing.ts';
import { stages } from '#server/usecases/stages.ts';
import { workshops as workshopsOn } from '#server/usecases/workshops.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';

const stores: Store[] = [];
const lead = accountCaller('facilitator');
let deps: TestDeps;
let workshopId = '';
let [swot, tows] = ['', ''];
let stageOf: (kind: string) => string;
afterAll(() => Promise.all(stores.map((store) => store.close())));

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
const write = (id: string, zone: string) =>
  deps.live.edit(`board/${swot}`, (doc) => void createNote(doc, { id, zone, text: id }, 't'));
const factor = (noteId: string) => ({ boardId: swot, noteId });
const matrix = async () => value(await pairingOn(deps).matrix(lead, tows));
const cells = async () => (await matrix()).options.map(({ text, pair, factorIds }) => [text, pair, ...factorIds]);

beforeEach(async () => {
  const store = storeOn(await openSqlite(':memory:'));
  stores.push(store);
  deps = depsOn(store);
  const made = value(
    await workshopsOn(deps).create(
      lead,
      { title: 'TOWS', template: 'swot', moreTemplates: ['tows'], languages: ['ru'] },
      'http://localhost',
    ),
  );
  workshopId = made.id;
  [swot, tows] = [made.boards[0]?.id ?? '', made.boards[1]?.id ?? ''];
  stageOf = (kind) => made.stages.find((one) => one.kind === kind && one.boardId === tows)?.id ?? '';
  for (const [id, zone] of Object.entries({ s: 'strengths', w: 'weaknesses', o: 'opportunities', t: 'threats' }))
    await write(id, zone);
});

test('[B20, B62] an option is written bound to factors of two quadrants, in the area of its pair, once for one key', async () => {
  const pairing = pairingOn(deps);
  const add = (factors: readonly string[], clientKey?: string) =>
    pairing.addOption(lead, tows, { text: 'Учебный центр', factors: factors.map(factor), clientKey });
  for (const wrong of [[], ['s'], ['s', 'w'], ['s', 'o', 't']])
    expect(code(await add(wrong))).toBe('factors-of-two-quadrants');
  expect(code(await add(['s', 'nobody']))).toBe('not-found');
  const first = value(await add(['w', 'o'], 'key'));
  expect([first.pair, first.created]).toEqual(['wo', true]);
  expect(value(await add(['w', 'o'], 'key'))).toEqual({ id: first.id, pair: 'wo', created: false });
  expect(await cells()).toEqual([['Учебный центр', 'wo', 'w', 'o']]);
  const { heat, rated } = await matrix();
  expect([rated, heat.map(({ id, options }) => `${id}${options}`).join(' ')]).toEqual([false, 's0 w1 o1 t0']);
  expect(deps.projected).toContain(workshopId);
  expect((await deps.store.findings.marks([tows, swot]))[tows]).toBe(2);
});

test('[B61, B62] bound anew it goes to the area of its new pair; bound to nothing it waits beside the matrix', async () => {
  const pairing = pairingOn(deps);
  const { id } = value(await pairing.addOption(lead, tows, { text: 'A', factors: [factor('s'), factor('o')] }));
  expect(value(await pairing.bind(lead, tows, id, [factor('w'), factor('t')])).pair).toBe('wt');
  expect(readBoard(deps.live.document(`board/${tows}`)).notes[0]?.at[0]).toBe('wt');
  value(await pairing.bind(lead, tows, id, []));
  expect([await cells(), (await matrix()).loose.map(({ text }) => text)]).toEqual([[], ['A']]);
  expect(code(await pairing.bind(lead, tows, 'nobody', []))).toBe('not-found');
});

test('[B61] a bond outlives rewording, moving, grouping and taking apart, on both boards', async () => {
  const pairing = pairingOn(deps);
  await write('s2', 'strengths');
  const { id } = value(await pairing.addOption(lead, tows, { text: 'A', factors: [factor('s'), factor('o')] }));
  let grouped = '';
  await deps.live.edit(`board/${swot}`, (doc) => {
    const made = groupNotes(doc, { noteIds: ['s', 's2'] }, 't');
    if (made.ok) grouped = made.value.id;
    nameGroup(doc, { id: grouped, title: 'Опора на людей' }, 't');
  });
  expect(await cells()).toEqual([['A', 'so', grouped, 'o']]);
  expect((await matrix()).heat.map(({ text, options }) => `${text} ${options}`)).toContain('Опора на людей 1');
  // Bound to the group itself, and then the group is taken apart.
  value(await pairing.bind(lead, tows, id, [factor(grouped), factor('o')]));
  await deps.live.edit(`board/${swot}`, (doc) => void ungroup(doc, { id: grouped }, 't'));
  expect(await cells()).toEqual([['A', 'so', 's', 's2', 'o']]);
  // A factor moves to another quadrant: the option is shown as one to be bound anew, and its factors are still known.
  await deps.live.edit(`board/${swot}`, (doc) => void moveNote(doc, { id: 's', zone: 'weaknesses' }, 't'));
  expect((await matrix()).loose).toEqual([{ optionId: id, text: 'A', factorIds: ['s2', 's', 'o'] }]);
  await deps.live.edit(`board/${swot}`, (doc) => void deleteNotes(doc, { ids: ['s'] }, 't'));
  expect(await cells()).toEqual([['A', 'so', 's2', 'o']]);
  // The option itself is grouped with another and reworded.
  await deps.live.edit(`board/${tows}`, (doc) => {
    createNote(doc, { id: 'b', zone: 'so', text: 'B' }, 't');
    groupNotes(doc, { noteIds: [id, 'b'] }, 't');
  });
  expect(await cells()).toEqual([['A', 'so', 's2', 'o']]);
});

test('[B63] members pair where the stage lets them, nobody does elsewhere; every member sees the matrix', async () => {
  const pairing = pairingOn(deps);
  const member = participantCaller(workshopId, 'p');
  const add = () => pairing.addOption(member, tows, { text: 'B', factors: [factor('s'), factor('o')] });
  expect(code(await add())).toBe('stage-forbids');
  value(await stages(deps).set(lead, workshopId, { stageId: stageOf('pair') }));
  expect(code(await add())).toBe('ok');
  value(await stages(deps).set(lead, workshopId, { stageId: stageOf('vote') }));
  expect(code(await add())).toBe('stage-forbids');
  expect(code(await pairing.matrix(member, tows))).toBe('ok');
  expect(code(await pairing.matrix(screenCaller(workshopId), tows))).toBe('ok');
  expect(code(await pairing.matrix(participantCaller('other', 'q'), tows))).toBe('not-found');
});

test('[B63] written in anonymous work an option keeps its factors until it is shown, and bonds name nobody', async () => {
  const pairing = pairingOn(deps);
  value(await stages(deps).set(lead, workshopId, { stageId: stageOf('pair'), anonymous: true }));
  const member = participantCaller(workshopId, 'p');
  const { id } = value(await pairing.addOption(member, tows, { text: 'B', factors: [factor('s'), factor('o')] }));
  expect(await cells()).toEqual([]);
  await deps.live.edit(`board/${tows}`, (doc) => void createNote(doc, { id, zone: 'so', text: 'B' }, 't'));
  expect(await cells()).toEqual([['B', 'so', 's', 'o']]);
});
