/** The trace both ways: what the draft rests on, where a note went, and what became of one's own. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEach, groupNotes, nameGroup } from '#core/board/edit.ts';
import { NOBODY, type Caller } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { appendProse, draftFragment } from '#core/strategy/fragment.ts';
import { findPassage, passagesOf, reword } from '#core/strategy/passages.ts';
import { hashOf, markOf } from '#server/auth/secrets.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { drafts as draftsOn } from '#server/usecases/drafts.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { snapshots as snapshotsOn } from '#server/usecases/snapshots.ts';
import { strategies as strategiesOn } from '#server/usecases/strategies.ts';
import { tracing as tracingOn } from '#server/usecases/tracing.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const staff = accountCaller('staff');
const lead = accountCaller('facilitator');
let store: Store;
let deps: TestDeps;

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
});
afterAll(() => store.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): Refusal['code'] | 'ok' => (result.ok ? 'ok' : result.refusal.code);

/** Four notes, two grouped, a closed round that keeps one, and its snapshot in the draft. */
async function scene() {
  const { id } = value(
    await strategiesOn(deps).create(staff, {
      title: 'Стратегия',
      periodStart: 2020,
      periodEnd: 2025,
      languages: ['ru'],
    }),
  );
  const one = await insertWorkshop(store, [{ name: 'Дирекция', seats: 9 }], [0, 0, 0], id);
  const board = deps.live.document(`board/${one.boardId}`);
  createEach(
    board,
    [
      { id: 'a', zone: 'strengths', text: 'Опыт' },
      { id: 'b', zone: 'strengths', text: 'Журнал' },
      { id: 'c', zone: 'threats', text: 'Отток кадров' },
      { id: 'd', zone: 'threats', text: 'Низкие зарплаты' },
    ],
    'test',
  );
  const group = groupNotes(board, { noteIds: ['c', 'd'] }, 'test');
  if (group.ok) nameGroup(board, { id: group.value.id, title: 'Люди уходят' }, 'test');
  const rounds = roundsOn(deps);
  const made = value(
    await rounds.create(lead, one.workshopId, {
      ...{ boardId: one.boardId, title: 'Что важнее', of: 'notes', secret: true, cut: 1 },
      method: { kind: 'dots', budget: 3, perOption: 3 },
    }),
  );
  value(await rounds.open(lead, made.id));
  for (const person of one.participantIds)
    value(await rounds.cast(participantCaller(one.workshopId, person), made.id, { body: { dots: { a: 3 } } }));
  value(await rounds.close(lead, made.id));
  const snapshot = value(await snapshotsOn(deps).take(lead, one.workshopId, { title: 'Итоги' }));
  value(await draftsOn(deps).insert(staff, id, { snapshotId: snapshot.id }));
  const draft = deps.live.document(`draft/${id}`);
  const say = (text: string, attrs = {}) =>
    appendProse(draftFragment(draft), [{ type: 'paragraph', attrs, content: [{ type: 'text', text }] }]);
  return { ...one, strategyId: id, snapshot, roundId: made.id, draft, say, board };
}

test('[N84] unsupported paragraphs, passages changed since the workshop, and priorities that nothing takes up', async () => {
  const one = await scene();
  const support = async () => value(await tracingOn(deps).support(staff, one.strategyId));
  one.say('Наш вывод.');
  expect(await support()).toMatchObject({
    ...{ unsupported: [{ text: 'Наш вывод.' }], changed: [] },
    orphaned: [{ text: 'Опыт', rank: 1, listed: true, round: 'Что важнее', snapshotId: one.snapshot.id }],
  });
  const passage = passagesOf(one.draft).find(({ text }) => text === 'Отток кадров')?.key ?? '';
  const element = findPassage(one.draft, passage);
  if (element) reword(element, 'Кадры уходят');
  expect((await support()).changed).toMatchObject([{ key: passage, text: 'Кадры уходят' }]);
  const trace = { roundId: one.roundId, optionIds: ['a'], noteIds: [] };
  one.say('Направление: опыт.', { snapshotId: one.snapshot.id, trace });
  expect((await support()).orphaned).toEqual([]);
  expect(code(await tracingOn(deps).support(NOBODY, one.strategyId))).toBe('sign-in-needed');
  expect(code(await tracingOn(deps).support(lead, one.strategyId))).toBe('ok');
});

test('[N85] a note leads on to its group, votes, other boards and the draft, as far as the reader may see it', async () => {
  const one = await scene();
  const restored = value(await snapshotsOn(deps).restore(lead, one.snapshot.id, one.boardId));
  const tracing = tracingOn(deps);
  const seen = value(await tracing.note(staff, one.boardId, 'a'));
  expect(seen.votes).toMatchObject([{ round: 'Что важнее', text: 'Опыт', rank: 1, of: 4, kept: true }]);
  expect(seen.became).toMatchObject([{ boardId: restored.id, source: 'carry', text: 'Опыт' }]);
  expect(seen.passages.map(({ text }) => text)).toContain('Опыт');
  expect(value(await tracing.note(staff, one.boardId, 'c'))).toMatchObject({ group: 'Люди уходят' });
  const member = participantCaller(one.workshopId, one.participantIds[0] ?? '');
  const told = value(await tracing.note(member, one.boardId, 'a'));
  expect(told).toMatchObject({ passages: [], strategyId: null });
  expect(told.sections.length).toBeGreaterThan(0);
  expect(code(await tracing.note(member, one.boardId, 'nope'))).toBe('not-found');
  expect(code(await tracing.note(participantCaller('other', 'x'), one.boardId, 'a'))).toBe('not-found');
});

test('[N86] one’s own notes and nobody else’s, anonymous ones too; the link works alone, what is kept of it does not', async () => {
  const one = await scene();
  const [me, other] = one.participantIds as [string, string];
  const noteKey = markOf('the join token of a device', 'notes');
  const caller = (personId: string, key: string): Caller => {
    const plain = participantCaller(one.workshopId, personId);
    return { ...plain, participants: plain.participants.map((person) => ({ ...person, noteKey: key })) };
  };
  await store.notes.recordAuthors(one.boardId, [
    { noteId: 'a', personId: me, organisationId: null },
    { noteId: 'b', personId: other, organisationId: null },
  ]);
  await store.notes.recordMarks(one.boardId, [{ noteId: 'c', mark: markOf(noteKey, 'c') }]);
  const tracing = tracingOn(deps);
  const texts = (found: Awaited<ReturnType<typeof tracing.mine>>) =>
    value(found).flatMap(({ notes }) => notes.map(({ text }) => text));
  expect(texts(await tracing.mine(caller(me, noteKey)))).toEqual(['Опыт', 'Отток кадров']);
  expect(texts(await tracing.mine(caller(other, 'another')))).toEqual(['Журнал']);
  expect(value(await tracing.mine(caller(me, noteKey)))[0]?.notes[0]).toMatchObject({
    ...{ state: 'shown', votes: [{ kept: true }], passages: [] },
  });
  const { path } = value(await tracing.link(caller(me, noteKey), one.workshopId));
  const key = path.split('/').at(-1) ?? '';
  expect(texts(await tracing.byLink(key))).toEqual(['Опыт', 'Отток кадров']);
  expect(code(await tracing.byLink(hashOf(key)))).toBe('link-unknown');
  expect(await store.workingGroup.ownerOfLink(key)).toBe(null);
  for (const stranger of [NOBODY, staff]) expect(code(await tracing.mine(stranger))).not.toBe('ok');
  await store.participants.remove(me, 5);
  expect(code(await tracing.byLink(key))).toBe('link-unknown');
});
