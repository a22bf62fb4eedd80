/** "Follow me", handing over and the wall's languages, as use cases on SQLite. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { following as followingOn } from '#server/usecases/following.ts';
import { leading as leadingOn } from '#server/usecases/leading.ts';
import { accountCaller, depsOn, participantCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

let store: Store;
let deps: TestDeps;
let it: WorkshopFixture;
const lead = accountCaller('facilitator');
const staff = accountCaller('staff');

beforeAll(async () => {
  store = storeOn(await openSqlite(':memory:'));
  for (const role of ['facilitator', 'admin', 'staff'] as const)
    await store.accounts.insert(
      {
        ...{ id: `account-${role}`, email: `${role}@ashar.test`, name: role, role, passwordHash: null },
        ...{ status: 'active', createdAt: 1 },
      },
      `${role}@ashar.test`,
    );
});
afterAll(() => store.close());
beforeEach(async () => {
  deps = depsOn(store);
  it = await insertWorkshop(store, [], [null]);
});

const code = (result: Result<unknown>): string => (result.ok ? 'ok' : result.refusal.code);
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const view = (over: object = {}) => ({
  boardId: it.boardId,
  zone: null,
  rect: { left: 0, top: 0, width: 900, height: 600 },
  ...over,
});

test('[S100] whoever begins takes over; the one before is told; any leader ends it', async () => {
  const { follow } = followingOn(deps);
  const { call } = value(await follow(lead, it.workshopId, { view: view() }));
  expect(code(await follow(lead, it.workshopId, { view: view({ zone: 'threats' }), call }))).toBe('ok');
  const other = value(await follow(accountCaller('admin'), it.workshopId, { view: view() }));
  expect(other.call).toBe(call + 1);
  expect(code(await follow(lead, it.workshopId, { view: view(), call }))).toBe('changed-meanwhile');
  expect(code(await follow(lead, it.workshopId, { view: null }))).toBe('ok');
  expect((await store.workshops.followed(it.workshopId)).view).toBeNull();
  expect(code(await follow(lead, it.workshopId, { view: view({ zone: 'elsewhere' }) }))).toBe('zone-unknown');
  expect(code(await follow(lead, it.workshopId, { view: view({ boardId: 'another' }) }))).toBe('not-found');
  for (const caller of [staff, participantCaller(it.workshopId, it.participantIds[0] ?? '')])
    expect(code(await follow(caller, it.workshopId, { view: view() }))).toBe('forbidden');
});

test('[S101] who may lead is told to leaders, staff are none, and the room hears of a hand-over', async () => {
  const told = value(await followingOn(deps).leaders(lead, it.workshopId));
  expect(told.leaders.map(({ id }) => id).sort()).toEqual(['account-admin', 'account-facilitator']);
  expect(told.ledBy).toBeNull();
  const before = (await store.workshops.byId(it.workshopId))?.revision ?? 0;
  value(await leadingOn(deps).takeLead(lead, it.workshopId, 'account-admin'));
  expect(value(await followingOn(deps).leaders(lead, it.workshopId)).ledBy).toBe('account-admin');
  expect((await store.workshops.byId(it.workshopId))?.revision).toBe(before + 1);
  expect(deps.projected).toContain(it.workshopId);
  expect(code(await leadingOn(deps).takeLead(lead, it.workshopId, 'account-staff'))).toBe('not-found');
  expect(code(await followingOn(deps).leaders(staff, it.workshopId))).toBe('forbidden');
});

test('[S102] one or two languages, and no third', async () => {
  const set = (languages: readonly ('ky' | 'ru' | 'en')[]) =>
    followingOn(deps).setWallLanguages(lead, it.workshopId, languages);
  expect(code(await set(['ky', 'en']))).toBe('ok');
  expect((await store.workshops.followed(it.workshopId)).wallLanguages).toEqual(['ky', 'en']);
  expect(code(await set(['ru', 'ru']))).toBe('ok');
  expect((await store.workshops.followed(it.workshopId)).wallLanguages).toEqual(['ru']);
  for (const wrong of [[], ['ky', 'ru', 'en']] as const) expect(code(await set(wrong))).toBe('language-unknown');
});
