/**
 * The day of PRODUCT.md from the door to the snapshot and the draft, on the content of the meeting of March 2020: six people
 * at screens of their own (two who lead, one at a laptop, one with a Kyrgyz phone, the wall, the secretariat), and sixty
 * members over the stock provider and the API.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { groupNotes, nameGroup } from '#core/board/edit.ts';
import { m } from '#messages/messages.js';
import { accountClient, type Client, type Json } from './client.ts';
import { DayRoom, inTurns, must, pressAndConfirm } from './day-room.ts';
import { startServer, type RunningServer } from './server.ts';

const CASE = JSON.parse(readFileSync('tests/fixtures/union-2020.json', 'utf8')) as Json;
const caseOf = (template: string): Json => CASE.boards.find((board: Json) => board.template === template);
const MEMBERS = 60;
const ru = { locale: 'ru' } as const;
const ky = { locale: 'ky' } as const;
const SENTENCE = 'Кадров не хватает, и они уходят';

let server: RunningServer;
let day: DayRoom;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  day.leave();
  await server.stop();
});

/** Stage by stage; `go` is what who leads does. */
interface Day {
  readonly lead: Page;
  readonly laptop: Page;
  readonly phone: Page;
  readonly wall: Page;
  readonly facilitator: Client;
  readonly second: Client;
  readonly boards: Record<'review' | 'situation' | 'swot' | 'tows' | 'priorities', Json>;
  go(board: Json, kind: string, more?: object): Promise<Json>;
  round(board: Json, settings: object): Promise<Json>;
  closed(round: Json): Promise<Json>;
}

/** The last programme: actions from a table, a verdict hidden until it is closed; what was not done goes on. */
async function review({ facilitator, boards, go, round, closed, wall }: Day): Promise<void> {
  await go(boards.review, 'collect');
  const { actions } = caseOf('programme-review');
  const rows = actions.map(({ text, period = '', owner = '' }: Json) => `${text}\t${period}\t${owner}`);
  const text = ['Мероприятие\tСрок\tОтветственный', ...rows].join('\n');
  const brought = await must(facilitator.post(`/boards/${boards.review.id}/actions`, { text }), 201);
  expect(brought.ids).toHaveLength(actions.length);
  await go(boards.review, 'vote');
  const choices = ['выполнено', 'частично', 'не выполнено', 'не знаю'];
  const verdict = await round(boards.review, {
    title: 'Что выполнено',
    of: 'notes',
    method: { kind: 'verdict', choices },
  });
  await day.vote(verdict.id, (n) => ({
    choices: Object.fromEntries(
      verdict.options.map(({ id }: Json, at: number) => [id, choices[at === 0 && n % 4 > 0 ? 2 : at % 2]]),
    ),
  }));
  expect((await must(facilitator.get(`/rounds/${verdict.id}`))).result).toBe(null);
  await expect(wall.locator('.figure')).toContainText(`${MEMBERS}`);
  await closed(verdict);
  const carry = { boardId: boards.situation.id, zone: 'problems', choices: ['не выполнено'] };
  expect((await must(facilitator.post(`/rounds/${verdict.id}/carry`, carry), 201)).ids).toHaveLength(1);
}

/** The situation in private: nobody's machine holds a word of it until the facilitator's own button; then groups with sentences. */
async function situation({ facilitator, boards, go, lead, laptop, phone }: Day): Promise<void> {
  const { situation: board } = boards;
  await go(board, 'collect', { private: true });
  const written = caseOf('situation').notes as { zone: string; text: string }[];
  await inTurns(written, ({ zone, text }, n) =>
    must(day.member(n).post(`/boards/${board.id}/notes`, { zone, text, clientKey: `k${n}` }), 201),
  );
  await phone.locator('#composer').fill('Телефондон жазылган ой');
  await phone.locator('#composer').press('Enter');
  await expect(lead.getByText(m.lead_waiting({ count: written.length + 1 }, ru))).toBeVisible();
  for (const n of [0, 1, 30, 59]) expect(day.board(board, n).notes).toHaveLength(1);
  await must(day.member(3).post(`/workshops/${day.workshop.id}/signal`, { kind: 'ready', on: true }));
  await laptop.getByRole('button', { name: m.board_hand_up({}, ru) }).click();
  await expect(lead.getByText(m.lead_hands({ count: 1 }, ru))).toBeVisible();
  await expect(lead.getByText(m.lead_ready({ count: 1, total: MEMBERS + 2 }, ru))).toBeVisible();
  await pressAndConfirm(lead, m.lead_reveal({}, ru));
  await expect
    .poll(() => Math.min(...day.members.map((_, n) => day.board(board, n).notes.length)))
    .toBe(written.length + 2);

  await go(board, 'group');
  await expect.poll(() => day.room().stage?.permissions?.add).toBe(false);
  const doc = day.copy(board);
  const problems = day.board(board).notes.filter(({ at }) => at[0] === 'problems');
  const group = groupNotes(doc, { noteIds: problems.slice(0, 2).map(({ id }) => id) }, 'member');
  if (group.ok) nameGroup(doc, { id: group.value.id, title: SENTENCE }, 'member');
  await expect.poll(() => day.board(board, 9).groups.map(({ title }) => title)).toEqual([SENTENCE]);
  const refused = await day.member(1).post(`/boards/${board.id}/notes`, { zone: 'problems', text: 'x' });
  expect(refused.body.error.code).toBe('stage-forbids');
  const trail = await must(facilitator.get(`/boards/${board.id}/group-log`));
  expect(trail.map(({ act }: Json) => act)).toContain('named');
}

/** SWOT: seeded with its origin, written, rated; TOWS: an option bound to a weakness and an opportunity. */
async function analysis({ facilitator, boards, go, round, closed }: Day): Promise<void> {
  const { swot, tows } = boards;
  await go(swot, 'collect');
  const seed = { fromBoardId: boards.situation.id, zones: { problems: 'weaknesses' } };
  expect((await must(facilitator.post(`/boards/${swot.id}/seed`, seed), 201)).ids).toHaveLength(1);
  await inTurns(caseOf('swot').notes as { zone: string; text: string }[], ({ zone, text }, n) =>
    must(day.member(n).post(`/boards/${swot.id}/notes`, { zone, text }), 201),
  );
  const factors = (await must(facilitator.get(`/boards/${swot.id}`))).notes as Json[];
  expect(factors).toHaveLength(caseOf('swot').notes.length + 1);
  const rating = await round(swot, {
    ...{ title: 'Важность', of: 'notes', optionIds: factors.slice(0, 8).map(({ id }) => id), cut: 4 },
    method: { kind: 'score', criteria: [{ name: 'важность', weight: 1 }], min: 1, max: 5 },
  });
  await day.vote(rating.id, (n) => ({
    scores: Object.fromEntries(
      rating.options.map(({ id }: Json, at: number) => [id, { важность: 1 + ((n + at) % 5) }]),
    ),
  }));
  expect((await closed(rating)).result.options).toHaveLength(8);

  await go(tows, 'pair');
  const [weakness, opportunity] = ['weaknesses', 'opportunities'].map((zone) =>
    factors.find((one) => one.zone === zone),
  );
  const option = await must(day.member(4).post(`/boards/${tows.id}/notes`, { zone: 'wo', text: 'Учебный центр' }), 201);
  const bound = [weakness, opportunity].map((factor) => ({ boardId: swot.id, noteId: factor?.id }));
  const path = `/boards/${tows.id}/notes/${option.id}/factors`;
  expect((await must(day.member(4).put(path, { factors: bound }))).pair).toBe('wo');
  expect((await must(facilitator.get(`/boards/${tows.id}/matrix`))).options).toHaveLength(1);
}

/** Two leaders in one second, a call to every screen, and a server that dies under the timer. */
async function hardMinutes({ facilitator, second, boards, go, laptop, phone, wall }: Day): Promise<void> {
  const { id } = day.workshop;
  const revision = day.room().revision;
  const both = await Promise.all(
    [facilitator, second].map((one, n) => {
      const stageId = day.stage(boards.priorities, n === 0 ? 'collect' : 'discuss').id;
      return one.post(`/workshops/${id}/stage`, { stageId, revision });
    }),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('changed-meanwhile');
  await go(boards.priorities, 'collect', { seconds: 600 });
  await must(facilitator.post(`/workshops/${id}/timer`, { act: 'pause' }));
  const note = (await must(facilitator.get(`/boards/${boards.swot.id}`))).notes.find(
    ({ text }: Json) => text === SENTENCE,
  );
  await must(facilitator.post(`/workshops/${id}/focus`, { boardId: boards.swot.id, noteId: note.id }));
  for (const page of [laptop, phone, wall]) await expect(page.locator('.spotlight')).toContainText(SENTENCE);
  await must(second.post(`/workshops/${id}/lead`));
  await must(second.post(`/workshops/${id}/focus`, { boardId: null }));
  await must(facilitator.post(`/workshops/${id}/timer`, { act: 'resume' }));
  await expect.poll(() => day.room().stage?.endsAt ?? 0).toBeGreaterThan(Date.now() + 500_000);
  const ends = day.room().stage?.endsAt;
  await server.kill();
  await server.restart();
  await expect.poll(() => day.room().presence.total, { timeout: 40_000 }).toBeGreaterThanOrEqual(MEMBERS);
  expect(day.room().stage?.endsAt).toBe(ends);
}

/** Dots to screen, criteria on what is left, a consent check on the final few. */
async function priorities({ boards, go, round, closed, laptop, phone, wall }: Day): Promise<Json[]> {
  const { priorities: board } = boards;
  const texts = (caseOf('priorities').options as Json[]).map((text) => (typeof text === 'string' ? text : text.ru));
  await inTurns(texts, (text, n) =>
    must(day.member(n).post(`/boards/${board.id}/notes`, { zone: 'options', text }), 201),
  );
  await go(board, 'vote');
  const dots = await round(board, {
    ...{ title: CASE.rounds[0].title.ru, of: 'notes', cut: 4, quorum: 0.5 },
    method: { kind: 'dots', budget: 3, perOption: 2 },
  });
  const optionOf = (n: number): string => dots.options[n % dots.options.length].id;
  await day.vote(dots.id, (n) => ({ dots: { [optionOf(n % 4)]: 2, [optionOf(4 + (n % 3))]: 1 } }));
  for (const [page, locale] of [
    [laptop, ru],
    [phone, ky],
  ] as const) {
    await page.getByRole('button', { name: m.vote_give({ option: texts[0] }, locale) }).click();
    await expect(page.getByText(m.vote_state_saved({}, locale)).first()).toBeVisible();
  }
  const { result } = await closed(dots);
  expect(result.options.reduce((sum: number, one: Json) => sum + one.dots, 0)).toBe(MEMBERS * 3 + 2);
  await expect(wall.getByText(result.options[0].text).first()).toBeVisible();
  const kept = (result.options as Json[]).slice(0, 4).map(({ id }) => id as string);

  const criteria = [
    { name: 'польза', weight: 2 },
    { name: 'выполнимость', weight: 1 },
  ];
  const judged = await round(board, {
    ...{ title: 'По критериям', of: 'notes', optionIds: kept, cut: 3 },
    method: { kind: 'score', criteria, min: 1, max: 5 },
  });
  await day.vote(judged.id, (n) => ({
    scores: Object.fromEntries(kept.map((id, at) => [id, { польза: 5 - at, выполнимость: 1 + (n % 5) }])),
  }));
  const best = ((await closed(judged)).result.options as Json[]).slice(0, 3);
  expect(best.map(({ id }) => id)).toEqual(kept.slice(0, 3));

  const consent = await round(board, {
    ...{ title: 'Согласие', of: 'notes', optionIds: best.map(({ id }) => id) },
    method: { kind: 'consent' },
  });
  await day.vote(consent.id, (n) => ({
    choices: Object.fromEntries(
      best.map(({ id }, at) => [id, n === 7 && at === 2 ? 'object' : n % 3 ? 'support' : 'live-with']),
    ),
    ...(n === 7 && { reasons: { [best[2]?.id]: 'Нет денег на это' } }),
  }));
  expect((await closed(consent)).result.options).toHaveLength(3);
  return best;
}

test('[U51] the day, from the door to the snapshot and the draft', async ({ browser }) => {
  test.setTimeout(420_000);
  const [facilitator, second] = [accountClient(server, 'facilitator'), accountClient(server, 'facilitator')];
  const secretariat = accountClient(server, 'staff');
  const { title, periodStart, periodEnd } = CASE.strategy;
  const strategy = await must(
    secretariat.post('/strategies', { title: title.ru, periodStart, periodEnd, languages: ['ru', 'ky'] }),
    201,
  );
  const organisations = CASE.organisations.map(({ name }: Json) => name as string);
  const workshop = await must(
    facilitator.post('/workshops', {
      ...{ title: CASE.title.ru, strategyId: strategy.id, template: 'programme-review', languages: ['ru', 'ky'] },
      moreTemplates: ['situation', 'swot', 'tows', 'priorities'],
      organisations: organisations.map((name: string) => ({ name })),
    }),
    201,
  );
  day = new DayRoom(server, workshop);
  const [review_, situation_, swot, tows, priorities_] = workshop.boards as [Json, Json, Json, Json, Json];

  // The door.
  await day.arrive(MEMBERS, organisations);
  const lead = await day.signedIn(browser, facilitator.email, `/w/${workshop.id}/lead`);
  const other = await day.signedIn(browser, second.email, `/w/${workshop.id}/lead`);
  const laptop = await day.guest(browser, 'ru', 'Участник за столом');
  const phone = await day.guest(browser, 'ky', 'Телефон менен катышуучу', {
    ...{ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  });
  const wall = await day.page(browser, 'ru', { viewport: { width: 1920, height: 1080 } });
  await wall.goto(workshop.screenUrl);
  await expect.poll(() => day.room().presence.total).toBe(MEMBERS + 2);

  const today: Day = {
    ...{ lead, laptop, phone, wall, facilitator, second },
    boards: { review: review_, situation: situation_, swot, tows, priorities: priorities_ },
    go: (board, kind, more = {}) =>
      must(facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: day.stage(board, kind).id, ...more })),
    async round(board, settings) {
      const body = { boardId: board.id, secret: true, ...settings };
      const made = await must(facilitator.post(`/workshops/${workshop.id}/rounds`, body), 201);
      await must(facilitator.post(`/rounds/${made.id}/open`));
      return made;
    },
    async closed(round) {
      await must(facilitator.post(`/rounds/${round.id}/close`));
      return must(facilitator.get(`/rounds/${round.id}`));
    },
  };
  await review(today);
  await situation(today);
  await analysis(today);
  await hardMinutes(today);
  const best = await priorities(today);
  await expect(other.getByText(m.lead_who_me({}, ru))).toBeVisible();

  // The snapshot, by the leader's button; into the draft, by the secretariat's.
  await expect(lead.locator('.connection[data-state="live"]')).toBeVisible({ timeout: 30_000 });
  await lead.getByRole('button', { name: m.lead_snapshot_take({}, ru) }).click();
  await expect
    .poll(async () => (await must(secretariat.get(`/workshops/${workshop.id}/snapshots`))).length, { timeout: 30_000 })
    .toBe(1);
  const [snapshot] = await must(secretariat.get(`/workshops/${workshop.id}/snapshots`));
  await must(secretariat.post(`/strategies/${strategy.id}/insert`, { snapshotId: snapshot.id }));
  const staff = await day.signedIn(browser, secretariat.email, `/strategies/${strategy.id}`);
  const editor = staff.locator('[contenteditable="true"]').first();
  for (const { text } of best) await expect(editor).toContainText(text, { timeout: 30_000 });
  const agenda = await must(facilitator.get(`/workshops/${workshop.id}/agenda`));
  expect(agenda.stages.filter(({ tookSeconds }: Json) => tookSeconds > 0).length).toBeGreaterThan(1);
  for (const path of [`/workshops/${workshop.id}/export?format=docx`, `/strategies/${strategy.id}/export?format=docx`])
    expect((await secretariat.get(path)).status).toBe(200);
});
