/** Rehearsing on a copy, and templates saved from a workshop, on SQLite with documents in memory. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNote } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { boards } from '#server/usecases/boards.ts';
import { leading } from '#server/usecases/leading.ts';
import { rehearsal } from '#server/usecases/rehearsal.ts';
import { rounds } from '#server/usecases/rounds.ts';
import { templates } from '#server/usecases/shapes.ts';
import { stages } from '#server/usecases/stages.ts';
import { workshops } from '#server/usecases/workshops.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';

let store: Store;
let deps: TestDeps;
const lead = accountCaller('facilitator');
beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  deps = depsOn(store);
});
afterAll(() => store.close());

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
const create = () =>
  workshops(deps).create(
    lead,
    { title: 'День', template: 'swot', languages: ['ky'], organisations: [{ name: 'Дирекция' }, { name: 'Институт' }] },
    'http://localhost',
  );

test('[S46] simulated people write and vote on a copy; wiping it leaves the real workshop as it was', async () => {
  const real = value(await create());
  const parts = { workshops: workshops(deps), boards: boards(deps), rounds: rounds(deps) };
  const rehearse = rehearsal(deps, parts);
  const { id, people } = value(await rehearse.start(lead, real.id, 'http://localhost'));
  const copy = value(await workshops(deps).view(lead, id, 'http://localhost'));
  const [board = { id: '' }] = copy.boards;
  const collect = copy.stages.find(({ kind }) => kind === 'collect')?.id ?? '';
  value(await stages(deps).set(lead, id, { stageId: collect }));
  expect(value(await rehearse.act(lead, id))).toEqual({ notes: people, ballots: 0 });
  expect(readBoard(deps.live.document(`board/${board.id}`)).notes).toHaveLength(people);
  const round = value(
    await parts.rounds.create(lead, id, {
      boardId: board.id,
      title: 'x',
      of: 'notes',
      method: { kind: 'dots', budget: 3, perOption: 1 },
    } as never),
  );
  value(await parts.rounds.open(lead, round.id));
  expect(value(await rehearse.act(lead, id))).toEqual({ notes: 0, ballots: people });
  expect(value(await workshops(deps).list(lead, {})).items.map((one) => one.id)).toEqual([real.id]);
  expect(code(await rehearse.wipe(lead, real.id))).toBe('not-found');
  expect(code(await rehearse.act(participantCaller(id, 'p'), id))).toBe('forbidden');
  value(await rehearse.wipe(lead, id));
  expect(await store.workshops.byId(id)).toBe(null);
  expect(deps.live.forgotten).toContain(`board/${board.id}`);
  expect(value(await workshops(deps).view(lead, real.id, 'http://localhost'))).toMatchObject({
    stage: null,
    rounds: [],
  });
  expect(await store.participants.countIn(real.id)).toBe(0);
});

test('[S47] an own template keeps boards, agenda and permissions, and nobody’s words', async () => {
  const made = value(await create());
  const [board = { id: '' }] = made.boards;
  await deps.live.edit(`board/${board.id}`, (doc) => void createNote(doc, { zone: 'strengths', text: 'слово' }, 't'));
  const asked = made.stages.slice(0, 2).map(({ id }, n) => ({
    id,
    ...(n === 1 && { permissions: { add: false }, minutes: 7, instruction: { ky: 'Ойлонуңуз' } }),
  }));
  value(await leading(deps).setAgenda(lead, made.id, { stages: asked }));
  const saved = value(await templates(deps).save(lead, made.id, 'Биздин күн'));
  expect(value(await templates(deps).list(lead)).at(-1)).toMatchObject({ id: saved.id, name: { ky: 'Биздин күн' } });
  expect(value(await templates(deps).list(participantCaller(made.id, 'p'))).some(({ id }) => id === saved.id)).toBe(
    false,
  );
  const again = value(
    await workshops(deps).create(lead, { title: 'Дагы', template: saved.id, languages: ['ky'] }, 'http://localhost'),
  );
  expect(again.stages).toMatchObject([
    { boardId: again.boards[0]?.id },
    { permissions: { add: false }, minutes: 7, instruction: { ky: 'Ойлонуңуз' }, boardId: again.boards[0]?.id },
  ]);
  expect(readBoard(deps.live.document(`board/${again.boards[0]?.id}`)).notes).toEqual([]);
  expect(code(await workshops(deps).create(lead, { title: 'x', template: 'own-unknown', languages: ['ky'] }, ''))).toBe(
    'template-unknown',
  );
  expect(code(await templates(deps).save(participantCaller(made.id, 'p'), made.id, 'x'))).toBe('forbidden');
  value(await templates(deps).remove(lead, saved.id));
  expect(code(await templates(deps).remove(lead, saved.id))).toBe('not-found');
});
