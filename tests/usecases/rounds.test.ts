/** Rounds and ballots as use cases, on SQLite, with documents in memory and a clock that the test moves. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEach, groupNotes, nameGroup } from '#core/board/edit.ts';
import type { Caller } from '#core/people/caller.ts';
import type { Refusal, Result } from '#core/result.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { rounds as roundsOn, type ShownRound } from '#server/usecases/rounds.ts';
import { accountCaller, depsOn, participantCaller, screenCaller, type TestDeps } from '../fixtures/deps.ts';
import { insertWorkshop, type WorkshopFixture } from '../fixtures/workshop.ts';

const home = mkdtempSync(join(tmpdir(), 'ashar-rounds-'));
const file = join(home, 'store.sqlite');
let store: Store;
let deps: TestDeps;
let rounds: ReturnType<typeof roundsOn>;
const lead = accountCaller('facilitator');
const staff = accountCaller('staff');

beforeAll(async () => {
  store = storeOn(await openSqlite(file));
  deps = depsOn(store);
  rounds = roundsOn(deps);
});
afterAll(async () => {
  await store.close();
  rmSync(home, { recursive: true, force: true });
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}
const code = (result: Result<unknown>): Refusal['code'] | 'ok' => (result.ok ? 'ok' : result.refusal.code);

/** The size that the product promises, with ASHAR_FULL=1. */
const CROWD = process.env['ASHAR_FULL'] === '1' ? 500 : 40;

interface Scene extends WorkshopFixture {
  readonly voters: readonly Caller[];
  readonly roundId: string;
}

const ORGANISATIONS = [{ name: 'Дирекция' }, { name: 'ГАМСУМО' }, { name: 'Институт политики развития' }];
const NOTES = ['Доверие муниципалитетов', 'Опыт защиты интересов', 'Мало средств'];

/** A workshop with three notes, `people` voters in three organisations, and a draft round of dots. */
async function prepare(people = 9, settings: Record<string, unknown> = {}, seats?: number): Promise<Scene> {
  const bodies = ORGANISATIONS.map((one) => ({ ...one, ...(seats !== undefined && { seats }) }));
  const fixture = await insertWorkshop(
    store,
    bodies,
    Array.from({ length: people }, (_, n) => n % 3),
  );
  createEach(
    deps.live.document(`board/${fixture.boardId}`),
    NOTES.map((text, n) => ({ id: `n${n}`, zone: 'strengths', text })),
    'test',
  );
  const round = value(
    await rounds.create(lead, fixture.workshopId, {
      boardId: fixture.boardId,
      title: 'Приоритеты',
      of: 'notes',
      method: { kind: 'dots', budget: 5, perOption: 3 },
      secret: true,
      ...settings,
    }),
  );
  const voters = fixture.participantIds.map((id) => participantCaller(fixture.workshopId, id));
  return { ...fixture, voters, roundId: round.id };
}

async function openScene(people?: number, settings?: Record<string, unknown>, seats?: number): Promise<Scene> {
  const scene = await prepare(people, settings, seats);
  value(await rounds.open(lead, scene.roundId));
  return scene;
}

const voterOf = (scene: Scene, n: number): Caller => scene.voters[n] as Caller;
const dots = (n0 = 0, n1 = 0, n2 = 0) => ({ dots: { n0, n1, n2 } });

describe('a round', () => {
  test('[V67] is made by who leads, read by members, and unknown to others', async () => {
    const scene = await prepare();
    const make = (caller: Caller) =>
      rounds.create(caller, scene.workshopId, {
        boardId: scene.boardId,
        title: 'X',
        of: 'notes',
        method: { kind: 'ranking' },
      });
    expect([
      code(await make(staff)),
      code(await make(voterOf(scene, 0))),
      code(await make({ ...lead, account: null })),
    ]).toEqual(['forbidden', 'forbidden', 'sign-in-needed']);
    expect(code(await rounds.view(voterOf(scene, 0), scene.roundId))).toBe('ok');
    expect(code(await rounds.view(screenCaller(scene.workshopId), scene.roundId))).toBe('ok');
    expect(code(await rounds.view(participantCaller('other', 'p'), scene.roundId))).toBe('not-found');
    expect(code(await rounds.cast(participantCaller('other', 'p'), scene.roundId, { body: dots(1) }))).toBe(
      'not-found',
    );
    expect(code(await rounds.open(staff, scene.roundId))).toBe('forbidden');
    for (const id of [scene.roundId, 'nowhere'])
      expect(code(await rounds.view({ ...lead, account: null }, id))).toBe('join-needed');
    expect(value(await rounds.list(voterOf(scene, 0), scene.workshopId))).toEqual([]);
    expect(value(await rounds.list(lead, scene.workshopId))).toHaveLength(1);
  });

  test('[V68] takes its options from its own board: foreign boards and unknown ids are refused', async () => {
    const scene = await prepare();
    const other = await prepare();
    const make = (change: object) =>
      rounds.create(lead, scene.workshopId, {
        boardId: scene.boardId,
        title: 'X',
        of: 'notes',
        method: { kind: 'ranking' },
        ...change,
      });
    expect(code(await make({ boardId: other.boardId }))).toBe('not-found');
    expect(code(await make({ optionIds: ['n0', 'nowhere'] }))).toBe('option-unknown');
    expect(code(await make({ optionIds: ['n0', 'n0'] }))).toBe('option-repeated');
    expect(code(await make({ optionIds: ['n0'] }))).toBe('too-few-options');
    expect(value(await make({ optionIds: ['n2', 'n0'] })).options.map(({ id }) => id)).toEqual(['n0', 'n2']);
  });

  test('[V69] freezes its options at the opening: what the board says later changes nothing', async () => {
    const scene = await prepare();
    const doc = deps.live.document(`board/${scene.boardId}`);
    createEach(doc, [{ id: 'later', zone: 'threats', text: 'Написано до открытия' }], 'test');
    const opened = value(await rounds.open(lead, scene.roundId));
    expect(opened.options).toHaveLength(4);
    createEach(doc, [{ id: 'tooLate', zone: 'threats', text: 'После открытия' }], 'test');
    (doc.getMap('notes').get('n0') as { get(key: string): { insert(at: number, text: string): void } })
      .get('text')
      .insert(0, 'НЕ ');
    const seen = value(await rounds.view(voterOf(scene, 0), scene.roundId));
    expect(seen.options.map(({ text }) => text).sort()).toEqual([...NOTES, 'Написано до открытия'].sort());
    expect(await store.rounds.openOn(scene.boardId)).toHaveLength(1);
    expect(deps.live.reconsidered).toContain(`board/${scene.boardId}`);
    expect(code(await rounds.open(lead, scene.roundId))).toBe('round-open');
  });

  test('[V70] votes on groups by their names, and on a nameless group by its notes', async () => {
    const scene = await prepare();
    const doc = deps.live.document(`board/${scene.boardId}`);
    createEach(doc, [{ id: 'n3', zone: 'threats', text: 'Отток кадров' }], 'test');
    const named = groupNotes(doc, { noteIds: ['n0', 'n1'] }, 'test');
    groupNotes(doc, { noteIds: ['n2', 'n3'] }, 'test');
    if (named.ok) nameGroup(doc, { id: named.value.id, title: 'Нам верят' }, 'test');
    const round = value(
      await rounds.create(lead, scene.workshopId, {
        boardId: scene.boardId,
        title: 'X',
        of: 'groups',
        method: { kind: 'ranking' },
      }),
    );
    expect(round.options.map(({ text }) => text).sort()).toEqual(['Мало средств · Отток кадров', 'Нам верят'].sort());
  });

  test('[V71] freezes its roll: seats cap an organisation, who comes later votes once a person has admitted them', async () => {
    const scene = await openScene(9, {}, 2);
    expect(value(await rounds.view(lead, scene.roundId)).turnout).toEqual({ eligible: 6, cast: 0 });
    expect(code(await rounds.cast(voterOf(scene, 5), scene.roundId, { body: dots(1) }))).toBe('ok');
    // The third of the first organisation: two seats, both taken by who came before.
    expect(code(await rounds.cast(voterOf(scene, 6), scene.roundId, { body: dots(1) }))).toBe('not-on-the-roll');
    expect(value(await rounds.view(voterOf(scene, 6), scene.roundId)).voter).toBe(false);
    expect(code(await rounds.admit(voterOf(scene, 6), scene.roundId, scene.participantIds[6] ?? ''))).toBe('forbidden');
    value(await rounds.admit(staff, scene.roundId, scene.participantIds[6] ?? ''));
    expect(code(await rounds.cast(voterOf(scene, 6), scene.roundId, { body: dots(1) }))).toBe('ok');
    expect(value(await rounds.view(lead, scene.roundId)).turnout).toEqual({ eligible: 7, cast: 2 });
    const listed = value(await rounds.roll(lead, scene.roundId));
    expect(listed.map(({ voter, admittedLate }) => (admittedLate ? 'late' : voter))).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      'late',
      false,
      false,
    ]);
    expect(code(await rounds.roll(voterOf(scene, 0), scene.roundId))).toBe('forbidden');
  });

  test('[V72] who leads, staff and projectors have no ballot', async () => {
    const scene = await openScene();
    for (const caller of [lead, staff, accountCaller('admin'), screenCaller(scene.workshopId)])
      expect(code(await rounds.cast(caller, scene.roundId, { body: dots(1) }))).toBe('forbidden');
  });

  test('[V73] shows each voter the options in an order of their own, the same every time', async () => {
    const scene = await prepare(9);
    createEach(
      deps.live.document(`board/${scene.boardId}`),
      Array.from({ length: 20 }, (_, n) => ({ id: `m${n}`, zone: 'threats', text: `m${n}` })),
      'test',
    );
    value(await rounds.open(lead, scene.roundId));
    const order = async (n: number) =>
      value(await rounds.view(voterOf(scene, n), scene.roundId))
        .options.map(({ id }) => id)
        .join();
    expect(await order(0)).toBe(await order(0));
    expect(new Set(await Promise.all(scene.voters.map((_, n) => order(n)))).size).toBeGreaterThan(5);
  });
});

describe('a ballot', () => {
  test('[V74] over the budget, over the cap, for a stranger option or of another kind is refused, and the earlier one stays', async () => {
    const scene = await openScene();
    const cast = (body: unknown) => rounds.cast(voterOf(scene, 0), scene.roundId, { body });
    const first = value(await cast(dots(2, 1)));
    expect(first.remaining).toBe(2);
    expect(first.receipt).toMatch(/^[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}$/);
    expect(code(await cast(dots(3, 3)))).toBe('budget-exceeded');
    expect(code(await cast(dots(4)))).toBe('cap-exceeded');
    expect(code(await cast({ dots: { nowhere: 1 } }))).toBe('option-unknown');
    expect(code(await cast({ ranking: ['n0'] }))).toBe('ballot-kind-mismatch');
    expect(code(await cast({ dots: { n0: 1.5 } }))).toBe('number-invalid');
    expect(code(await cast({ dots: { n0: -1 } }))).toBe('number-invalid');
    const own = value(await rounds.ownBallot(voterOf(scene, 0), scene.roundId));
    expect(own).toEqual({ dots: { n0: 2, n1: 1 }, receipt: first.receipt, remaining: 2 });
  });

  test('[V75] may be changed until the close under the same receipt; the same command again is answered as then', async () => {
    const scene = await openScene();
    const cast = (body: unknown, clientKey: string) =>
      rounds.cast(voterOf(scene, 0), scene.roundId, { body, clientKey });
    const first = value(await cast(dots(1), 'one'));
    const second = value(await cast(dots(1, 1, 1), 'two'));
    expect(second.receipt).toBe(first.receipt);
    expect(value(await cast(dots(1), 'one'))).toEqual(first);
    expect(value(await rounds.ownBallot(voterOf(scene, 0), scene.roundId)).dots).toEqual({ n0: 1, n1: 1, n2: 1 });
    // Another person's command of the same name is another command.
    expect(
      value(await rounds.cast(voterOf(scene, 1), scene.roundId, { body: dots(0, 0, 2), clientKey: 'one' })).remaining,
    ).toBe(3);
  });

  test('[V76] before the opening and after the close there is none', async () => {
    const scene = await prepare();
    const cast = () => rounds.cast(voterOf(scene, 0), scene.roundId, { body: dots(1) });
    expect(code(await cast())).toBe('round-not-open');
    expect(code(await rounds.close(lead, scene.roundId))).toBe('round-not-open');
    value(await rounds.open(lead, scene.roundId));
    expect(code(await cast())).toBe('ok');
    value(await rounds.close(lead, scene.roundId));
    deps.pass(10);
    expect(code(await cast())).toBe('round-closed');
    expect(code(await rounds.close(lead, scene.roundId))).toBe('round-closed');
    expect(code(await rounds.discard(lead, scene.roundId))).toBe('round-closed');
  });

  test('[V77] on paper or by proxy is entered by staff, joins the roll, and is counted apart and together', async () => {
    const scene = await openScene();
    for (const voter of scene.voters) value(await rounds.cast(voter, scene.roundId, { body: dots(1) }));
    const enter = (caller: Caller, change: object = {}) =>
      rounds.castAtDesk(caller, scene.roundId, { body: dots(0, 2), kind: 'paper', organisation: 'гамсумо', ...change });
    expect(code(await enter(lead))).toBe('forbidden');
    expect(code(await enter(staff, { organisation: 'Неизвестная' }))).toBe('organisation-unknown');
    const one = value(await enter(staff, { clientKey: 'paper-1' }));
    expect(value(await enter(staff, { clientKey: 'paper-1' }))).toEqual(one);
    value(await enter(staff, { kind: 'proxy' }));
    const closed = value(await rounds.close(lead, scene.roundId));
    expect(closed.result?.turnout).toMatchObject({ eligible: 11, cast: 11, paper: 1, proxy: 1 });
    expect(closed.result?.options.find(({ id }) => id === 'n1')?.dots).toBe(4);
  });
});

describe('while a round is open', () => {
  test('[A41] nobody is shown anything but the turnout, and what is shown does not depend on who voted what', async () => {
    const shown = async (choice: (n: number) => object): Promise<string> => {
      const scene = await openScene(9, { graceSeconds: 60 });
      for (const [n, voter] of scene.voters.entries())
        value(await rounds.cast(voter, scene.roundId, { body: choice(n) }));
      const seen: unknown[] = [];
      for (const phase of ['open', 'closing']) {
        for (const caller of [lead, staff, screenCaller(scene.workshopId)]) {
          const view = value(await rounds.view(caller, scene.roundId));
          expect(view).toMatchObject({ status: phase, result: null, turnout: { eligible: 9, cast: 9 } });
          seen.push(view);
        }
        const room = await store.rounds.forRoom(scene.workshopId);
        expect(room[0]).toMatchObject({ status: phase, result: null });
        seen.push(room);
        if (phase === 'open') value(await rounds.close(lead, scene.roundId));
      }
      return JSON.stringify(seen)
        .replaceAll(scene.roundId, 'round')
        .replaceAll(scene.boardId, 'board')
        .replaceAll(scene.workshopId, 'workshop');
    };
    expect(await shown(() => dots(3, 2))).toBe(await shown((n) => (n % 2 ? dots(0, 0, 1) : { abstain: true })));
  });
});

describe('after the close', () => {
  test('[V78] the result stands: dots, people and turnout as they were acknowledged', async () => {
    const scene = await openScene(9, { cut: 1, quorum: 0.5 });
    for (const [n, voter] of scene.voters.entries())
      if (n < 8) value(await rounds.cast(voter, scene.roundId, { body: n === 7 ? { abstain: true } : dots(3, n % 2) }));
    const closed = value(await rounds.close(lead, scene.roundId));
    expect(closed.result).toMatchObject({
      indicative: false,
      kept: ['n0'],
      turnout: { eligible: 9, cast: 8, abstained: 1 },
    });
    expect(closed.result?.options.map(({ id, dots: given, voters }) => [id, given, voters])).toEqual([
      ['n0', 21, 7],
      ['n1', 3, 3],
      ['n2', 0, 0],
    ]);
    const seen = value(await rounds.view(voterOf(scene, 3), scene.roundId));
    expect(seen.result).toEqual(closed.result);
    expect((await store.rounds.forRoom(scene.workshopId))[0]?.result).toEqual({ ...closed.result, ballots: undefined });
    expect(await store.rounds.openOn(scene.boardId)).toEqual([]);
  });

  test("[A42] a secret ballot is nobody's any more: its receipt finds it in the list, its voter no longer does", async () => {
    const scene = await openScene();
    const answers = [];
    for (const [n, voter] of scene.voters.entries())
      answers.push(value(await rounds.cast(voter, scene.roundId, { body: dots(n % 3), clientKey: 'k' })));
    expect(code(await rounds.ballotOfReceipt(voterOf(scene, 0), scene.roundId, answers[0]?.receipt ?? ''))).toBe(
      'ballots-not-published',
    );
    value(await rounds.close(lead, scene.roundId));
    expect(code(await rounds.ownBallot(voterOf(scene, 0), scene.roundId))).toBe('ballot-unlinked');
    const typed = (answers[4]?.receipt ?? '').toLowerCase().replaceAll('-', ' ');
    expect(value(await rounds.ballotOfReceipt(voterOf(scene, 8), scene.roundId, typed))).toEqual({
      receipt: answers[4]?.receipt,
      dots: { n0: 1 },
    });
    expect(code(await rounds.ballotOfReceipt(voterOf(scene, 8), scene.roundId, 'AAAA-AAAA-AAAA'))).toBe(
      'receipt-unknown',
    );
    expect(
      code(await rounds.ballotOfReceipt(participantCaller('other', 'p'), scene.roundId, answers[4]?.receipt ?? '')),
    ).toBe('not-found');
  });

  test('[A43] neither the file nor its write-ahead log holds the key or a voter key of a closed secret round', async () => {
    const scene = await openScene(60);
    for (const [n, voter] of scene.voters.entries())
      for (const change of [0, 1])
        value(await rounds.cast(voter, scene.roundId, { body: dots(n % 3, change), clientKey: `change-${change}` }));
    const key = Buffer.from((await store.rounds.key(scene.roundId)) ?? []);
    const voterKeys = (await store.rounds.ballots(scene.roundId)).map(({ voterKey }) => voterKey);
    const bytes = () => Buffer.concat(readdirSync(home).map((name) => readFileSync(join(home, name))));
    expect(key).toHaveLength(32);
    expect(bytes().includes(key)).toBe(true);
    expect(voterKeys.filter((voterKey) => bytes().includes(voterKey))).toHaveLength(60);
    value(await rounds.close(lead, scene.roundId));
    expect(bytes().includes(key)).toBe(false);
    expect(voterKeys.filter((voterKey) => bytes().includes(voterKey))).toEqual([]);
  });

  test('[V79] an open round keeps whose ballot is whose, and its voter reads it after the close', async () => {
    const scene = await openScene(4, { secret: false });
    value(await rounds.cast(voterOf(scene, 0), scene.roundId, { body: dots(2), clientKey: 'k' }));
    value(await rounds.close(lead, scene.roundId));
    expect(value(await rounds.ownBallot(voterOf(scene, 0), scene.roundId)).dots).toEqual({ n0: 2 });
    // The answer got lost, the device asks again: it was counted, and is told so.
    expect(code(await rounds.cast(voterOf(scene, 0), scene.roundId, { body: dots(2), clientKey: 'k' }))).toBe('ok');
  });

  test('[A44] fewer than three ballots, or a round that does not publish, have no list', async () => {
    const few = await openScene(3);
    const answer = value(await rounds.cast(voterOf(few, 0), few.roundId, { body: dots(1) }));
    expect(value(await rounds.close(lead, few.roundId)).result?.ballots).toBe(undefined);
    expect(code(await rounds.ballotOfReceipt(voterOf(few, 0), few.roundId, answer.receipt))).toBe('receipt-unknown');
    const quiet = await openScene(6, { publish: false });
    for (const voter of quiet.voters) value(await rounds.cast(voter, quiet.roundId, { body: dots(1) }));
    expect(value(await rounds.close(lead, quiet.roundId)).result?.ballots).toBe(undefined);
  });
});

describe('the grace time', () => {
  test('[V80] takes what was cast before the close, refuses what was cast after it, and counts apart what came too late', async () => {
    const scene = await openScene(9, { graceSeconds: 30 });
    const before = deps.now();
    deps.pass(1000);
    const closing = value(await rounds.close(lead, scene.roundId));
    expect(closing).toMatchObject({
      status: 'closing',
      result: null,
      closesAt: new Date(deps.now() + 30_000).toISOString(),
    });
    deps.pass(5000);
    const cast = (n: number, castAt?: number) =>
      rounds.cast(voterOf(scene, n), scene.roundId, { body: dots(1), ...(castAt !== undefined && { castAt }) });
    expect(code(await cast(0, before))).toBe('ok');
    expect(code(await cast(1))).toBe('round-closed');
    expect(code(await cast(1, deps.now()))).toBe('round-closed');
    deps.pass(30_000);
    // Nobody ended it meanwhile: the next look does.
    expect(value(await rounds.view(voterOf(scene, 0), scene.roundId))).toMatchObject({
      status: 'closed',
      result: { turnout: { cast: 1 }, receivedAfterClose: 0 },
    });
    expect([code(await cast(2, before)), code(await cast(2, before)), code(await cast(3, before))]).toEqual([
      'ballot-late',
      'ballot-late',
      'ballot-late',
    ]);
    expect(value(await rounds.view(lead, scene.roundId)).result).toMatchObject({
      turnout: { cast: 1 },
      receivedAfterClose: 2,
    });
  });

  test('[V81] ends after a restart too', async () => {
    const scene = await openScene(3, { graceSeconds: 30 });
    value(await rounds.close(lead, scene.roundId));
    deps.pass(31_000);
    await roundsOn(deps).resume();
    expect((await store.rounds.byId(scene.roundId))?.status).toBe('closed');
  });
});

describe('many at once', () => {
  test(
    `[V82] ${CROWD} voters changing their ballots twenty times at once, every request sent twice: one ballot each, never over budget`,
    { timeout: 600_000 },
    async () => {
      const scene = await openScene(CROWD);
      const sent = scene.voters.flatMap((voter, v) =>
        Array.from({ length: 20 }, (_, n) => ({
          voter,
          body: dots((v + n) % 4, n % 3, (v * n) % 3),
          clientKey: `k${n}`,
        })),
      );
      const results = await Promise.all(
        [...sent, ...sent].map(({ voter, body, clientKey }) => rounds.cast(voter, scene.roundId, { body, clientKey })),
      );
      const refused = new Set(results.map(code));
      expect([...refused].sort()).toEqual(['budget-exceeded', 'ok']);
      const view: ShownRound = value(await rounds.close(lead, scene.roundId));
      expect(view.turnout.cast).toBe(CROWD);
      for (const ballot of view.result?.ballots ?? [])
        expect(Object.values(ballot.dots ?? {}).reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(5);
      expect(view.result?.ballots).toHaveLength(CROWD);
    },
  );
});
