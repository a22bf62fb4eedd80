/** The door under load and under attack: a full room behind one address comes in, a guesser gets nowhere. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newJoinCode } from '#core/ids.ts';
import { openSqlite, type Db } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import { joining } from '#server/usecases/joining.ts';
import { codeFailures } from '#server/usecases/limits.ts';
import { depsOn, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

let db: Db;
let deps: TestDeps;
let use: ReturnType<typeof joining>;
let workshop: { id: string; joinCode: string; linkToken: string };

beforeEach(async () => {
  db = await openSqlite(':memory:');
  deps = depsOn(storeOn(db));
  use = joining(deps, codeFailures());
  const { workshopId } = await insertWorkshop(deps.store);
  const stored = await deps.store.workshops.byId(workshopId);
  if (!stored) throw new Error('no workshop');
  workshop = stored;
});
afterEach(() => db.close());

test('[A78] five hundred people behind one address come in, by code and by link, each as somebody else', async () => {
  const joined = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      use.join({ code: n % 2 ? workshop.joinCode : workshop.linkToken, name: `№ ${n}` }, '192.0.2.1'),
    ),
  );
  expect(joined.filter(({ ok }) => !ok)).toEqual([]);
  const tokens = new Set(joined.map((one) => (one.ok ? one.value.token : '')));
  expect(tokens.size).toBe(500);
  // 32 letters of 64: 192 random bits.
  for (const token of tokens) expect(token.length).toBeGreaterThanOrEqual(32);
});

test('[A79] a guesser is stopped at an address after a hundred tries and everywhere after fifteen hundred an hour; links go on', async () => {
  let tried = 0;
  const guess = async (address: string): Promise<string> => {
    tried += 1;
    const { joinCode } = workshop;
    let code = newJoinCode();
    while (code === joinCode) code = newJoinCode();
    const answer = await use.join({ code }, address);
    return answer.ok ? 'in' : answer.refusal.code;
  };
  const from = async (address: string): Promise<number> => {
    for (let n = 1; ; n += 1) if ((await guess(address)) !== 'code-unknown') return n;
  };
  expect(await from('192.0.2.1')).toBe(101);
  // A second address brings as much again, until all of them together have had their share.
  let addresses = 1;
  for (; addresses < 40; addresses += 1) if ((await from(`198.51.100.${addresses}`)) < 101) break;
  expect(addresses).toBe(15);
  expect(tried).toBeLessThan(1600);
  expect(await use.join({ code: workshop.joinCode }, '203.0.113.9')).toMatchObject({
    refusal: { code: 'too-many-requests' },
  });
  expect((await use.join({ code: workshop.linkToken, name: 'N' }, '192.0.2.1')).ok).toBe(true);
});

test('[A79] a code that never was, one that was put away and one that was deleted are told alike', async () => {
  const answers = [await use.join({ code: '000000000', name: 'N' }, 'a')];
  await deps.store.workshops.archive(workshop.id, deps.now());
  for (const code of [workshop.joinCode, workshop.linkToken]) answers.push(await use.join({ code, name: 'N' }, 'a'));
  await deps.store.workshops.archive(workshop.id, null);
  await deps.store.workshops.remove(workshop.id, deps.now());
  for (const code of [workshop.joinCode, workshop.linkToken]) answers.push(await use.join({ code, name: 'N' }, 'a'));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toEqual({ ok: false, refusal: { code: 'code-unknown' } });
});
