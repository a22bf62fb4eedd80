/** The review of the last programme: hidden until closed, found by the facilitator, carried on as confirmed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBoard } from '#core/board/read.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { carrying as carryingOn } from '#server/usecases/carrying.ts';
import { reviewing as reviewingOn } from '#server/usecases/reviewing.ts';
import { workshops as workshopsOn } from '#server/usecases/workshops.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { joining } from '#server/usecases/joining.ts';
import { codeFailures } from '#server/usecases/limits.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';

let store: Store;
let deps: TestDeps;
const lead = accountCaller('facilitator');
const choices = ['Выполнено', 'Частично', 'Не выполнено', 'Не знаю'];
let [workshopId, joinCode, review, situation] = ['', '', '', ''];
let ids: readonly string[] = [];

const value = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
};
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
  const made = value(
    await workshopsOn(deps).create(
      lead,
      { title: 'День', template: 'programme-review', moreTemplates: ['situation'], languages: ['ru'] },
      'http://localhost',
    ),
  );
  [workshopId, joinCode] = [made.id, made.joinCode];
  [review, situation] = [made.boards[0]?.id ?? '', made.boards[1]?.id ?? ''];
  ids = value(
    await carryingOn(deps).importActions(lead, review, {
      text: 'Мероприятие\tСрок\nОбучить\t2018\nИздать\t2019\nСвязать\t2020',
    }),
  ).ids;
});
afterAll(() => store.close());

test('[S80] a file is read for the facilitator only, and writes nothing', async () => {
  const reviewing = reviewingOn(deps);
  const bytes = new TextEncoder().encode('Действие;Срок\nПровести;2018');
  expect(value(await reviewing.readTable(lead, review, bytes)).text).toContain('Провести;2018');
  expect(code(await reviewing.readTable(participantCaller(workshopId, 'p'), review, bytes))).toBe('forbidden');
  expect(code(await reviewing.readTable(lead, 'nowhere', bytes))).toBe('not-found');
  expect(readBoard(deps.live.document(`board/${review}`)).notes).toHaveLength(3);
});

test('[S82, S83] verdicts are hidden until the close; then stars, findings and the confirmation; what is confirmed goes on', async () => {
  const [reviewing, rounds, carrying] = [reviewingOn(deps), roundsOn(deps), carryingOn(deps)];
  const members = await Promise.all(
    ['А', 'Б', 'В', 'Г'].map(async (name) => {
      const joined = value(await joining(deps, codeFailures()).join({ code: joinCode, name }, 'here'));
      return participantCaller(workshopId, joined.participantId);
    }),
  );
  const made = value(
    await rounds.create(lead, workshopId, {
      ...{ boardId: review, title: 'Выполнение', of: 'notes', secret: true },
      method: { kind: 'verdict', choices },
    } as never),
  );
  const seen = async (caller = members[0] ?? lead) => value(await reviewing.review(caller, review));
  expect(code(await reviewing.find(lead, review, ids[0] ?? '', { verdict: 'Выполнено' }))).toBe('no-closed-round');
  value(await rounds.open(lead, made.id));
  expect([(await seen()).runningId, (await seen()).roundId]).toEqual([made.id, null]);
  // Done by all; disputed; not done.
  const said = [0, 0, 1, 1].map((n) => [0, n === 0 ? 0 : 2, 2]);
  for (const [at, member] of members.entries())
    value(
      await rounds.cast(member, made.id, {
        body: { choices: Object.fromEntries(ids.map((id, action) => [id, choices[said[at]?.[action] ?? 3] ?? ''])) },
      } as never),
    );
  expect((await seen()).actions.map(({ judged }) => judged)).toEqual([null, null, null]);
  value(await rounds.close(lead, made.id));
  const closed = await seen();
  expect([closed.roundId, closed.runningId]).toEqual([made.id, null]);
  expect(closed.actions.map(({ judged }) => [judged?.leading.join(), judged?.disputed])).toEqual([
    ['Выполнено', false],
    ['Выполнено,Не выполнено', true],
    ['Не выполнено', false],
  ]);

  const find = (change: object, caller = lead) => reviewing.find(caller, review, ids[1] ?? '', change);
  expect(code(await find({ verdict: 'Отлично' }))).toBe('choice-unknown');
  expect(code(await find({ evidence: 'javascript:1' }))).toBe('link-invalid');
  expect(code(await find({ cause: 'x' }, members[0]))).toBe('forbidden');
  value(await find({ evidence: 'https://stat.kg', cause: 'Не было средств' }));
  value(await find({ verdict: 'Выполнено' }));
  const found = (await seen()).actions[1];
  expect([found?.evidence, found?.cause, found?.verdict]).toEqual(['https://stat.kg', 'Не было средств', 'Выполнено']);
  expect((await store.findings.marks([review]))[review]).toBe(2);
  expect(code(await reviewing.review(screenCaller(workshopId), review))).toBe('ok');
  expect(code(await reviewing.review(participantCaller('other', 'q'), review))).toBe('not-found');

  // Even, it would go on; confirmed as done it does not.
  const carry = () =>
    carrying.carryVerdicts(lead, made.id, {
      boardId: situation,
      zone: 'problems',
      choices: ['Частично', 'Не выполнено'],
    });
  expect(value(await carry()).ids).toHaveLength(1);
  value(await find({ verdict: null }));
  expect(value(await carry()).ids).toHaveLength(1);
  expect(value(await carry()).ids).toHaveLength(0);
  expect(readBoard(deps.live.document(`board/${situation}`)).notes.map(({ text }) => text.split('\n')[0])).toEqual(
    expect.arrayContaining(['Связать', 'Издать']),
  );
  value(await workshopsOn(deps).change(lead, workshopId, { status: 'closed' }));
  expect(code(await find({ cause: 'y' }))).toBe('workshop-closed');
});
