/**
 * Voting by hand, in a real browser: each of the five methods by keyboard alone and with a thumb on a 360-pixel phone; a
 * ballot written without connection; two tabs; a tie and its run-off; the desk with two people of the secretariat.
 */
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { formatNumber, formatPercent } from '#core/export/format.ts';
import { m } from '#messages/messages.js';
import { accountClient, ashar, clientOf, join as joinOver, PASSWORD, type Client, type Json } from './client.ts';
import { PHONE } from './board-room.ts';
import { startServer, type RunningServer } from './server.ts';

const ru = { locale: 'ru' } as const;
const TEXTS = ['Доверие муниципалитетов', 'Опыт защиты интересов', 'Мало средств'];
const METHODS: Record<string, Json> = {
  dots: { kind: 'dots', budget: 3, perOption: 2 },
  score: {
    kind: 'score',
    criteria: [
      { name: 'Польза', weight: 1 },
      { name: 'Усилия', weight: 1 },
    ],
    min: 1,
    max: 3,
  },
  ranking: { kind: 'ranking' },
  consent: { kind: 'consent' },
  verdict: { kind: 'verdict', choices: ['выполнено', 'частично', 'не выполнено'] },
};

// A machine that does other things as well is slow to draw a page.
test.setTimeout(180_000);
let server: RunningServer;
let leader: Client;
test.beforeAll(async () => {
  server = await startServer();
  leader = accountClient(server, 'facilitator');
});
test.afterAll(async () => void (await server.stop()));

/** A workshop with three notes. */
async function workshopWithNotes(): Promise<Json> {
  const made = (
    await leader.post('/workshops', { title: 'Голосование', template: 'swot', languages: ['ky', 'ru', 'en'] })
  ).body;
  const collect = made.stages.find((stage: Json) => stage.kind === 'collect');
  await leader.post(`/workshops/${made.id}/stage`, { stageId: collect.id });
  const board = made.boards[0];
  for (const text of TEXTS)
    expect(
      (await leader.post(`/boards/${board.id}/notes`, { zone: board.zones[0].id, text, clientKey: text })).status,
    ).toBe(201);
  return made;
}

/** Opened once whoever is to vote has joined. */
async function openRound(workshop: Json, settings: Json): Promise<string> {
  const body = { boardId: workshop.boards[0].id, title: 'Отбор', of: 'notes', secret: true, ...settings };
  const made = await leader.post(`/workshops/${workshop.id}/rounds`, body);
  expect(made.status).toBe(201);
  expect((await leader.post(`/rounds/${made.body.id}/open`, settings.open ?? {})).status).toBe(200);
  return made.body.id;
}
const see = async (id: string): Promise<Json> => (await leader.get(`/rounds/${id}`)).body;

async function join(browser: Browser, workshop: Json, options: Json = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.addCookies([{ name: 'lang', value: 'ru', url: server.url }]);
  const joined = await context.request.post(`${server.url}/api/v1/join`, {
    data: { code: workshop.joinCode, language: 'ru' },
  });
  expect(joined.status()).toBe(201);
  const page = await context.newPage();
  await page.goto(`${server.url}/w/${workshop.id}`);
  return page;
}

/** What is drawn by the server answers no press until the page's script has come. */
const ready = (page: Page): Promise<void> =>
  expect(page.locator('.connection[data-state="live"]').first()).toBeVisible();
const saved = (page: Page): Locator => page.locator('.state[data-state="saved"]').first();
const give = (page: Page, option: string): Locator => page.getByRole('button', { name: m.vote_give({ option }, ru) });

/** Goes on with Tab until this has the focus: what cannot be reached by Tab is not reached. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('it cannot be reached with Tab');
}

type Vote = (page: Page) => Promise<void>;
const first = TEXTS[0] as string;

const BY_KEYBOARD: Record<string, Vote> = {
  async dots(page) {
    await tabTo(page, page.getByRole('spinbutton', { name: m.vote_dots_of({ option: first }, ru) }));
    await page.keyboard.press('Equal');
    await page.keyboard.press('ArrowUp');
  },
  async score(page) {
    for (const name of ['Польза', 'Усилия']) {
      const scale = page.getByRole('listitem').filter({ hasText: first }).getByRole('group', { name });
      await tabTo(page, scale.getByRole('radio').first());
      await page.keyboard.press('ArrowRight');
    }
  },
  async ranking(page) {
    for (const option of [TEXTS[1] as string, first]) {
      await tabTo(page, page.getByRole('button', { name: new RegExp(`^${option}`) }));
      await page.keyboard.press('Enter');
    }
    await tabTo(page, page.getByRole('button', { name: m.vote_rank_up({ option: first }, ru) }));
    await page.keyboard.press('Enter');
  },
  async consent(page) {
    const group = page.getByRole('group', { name: first });
    await tabTo(page, group.getByRole('radio').first());
    for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    await tabTo(page, page.getByLabel(m.vote_reason({}, ru)));
    await page.keyboard.type('Нет денег');
  },
  async verdict(page) {
    await tabTo(page, page.getByRole('group', { name: first }).getByRole('radio').first());
    await page.keyboard.press('Space');
  },
};

const BY_THUMB: Record<string, Vote> = {
  async dots(page) {
    await give(page, first).tap();
    await give(page, first).tap();
  },
  async score(page) {
    for (const name of ['Польза', 'Усилия'])
      await page
        .getByRole('listitem')
        .filter({ hasText: first })
        .getByRole('group', { name })
        .getByText('2', { exact: true })
        .tap();
  },
  async ranking(page) {
    for (const option of [TEXTS[1] as string, first])
      await page.getByRole('button', { name: new RegExp(`^${option}`) }).tap();
    await page.getByRole('button', { name: m.vote_rank_up({ option: first }, ru) }).tap();
  },
  async consent(page) {
    await page.getByRole('group', { name: first }).getByText(m.vote_consent_object({}, ru)).tap();
    await page.getByLabel(m.vote_reason({}, ru)).fill('Нет денег');
  },
  async verdict(page) {
    await page
      .getByRole('group', { name: first })
      .getByText(/^выполнено$/i)
      .tap();
  },
};

/** What the option that was voted for must show in the result. */
const TOLD: Record<string, Json> = {
  dots: { dots: 2, voters: 1 },
  score: { mean: 2 },
  ranking: { rank: 1 },
  consent: { reasons: ['Нет денег'] },
  verdict: { dots: 1, voters: 1 },
};

for (const kind of Object.keys(METHODS)) {
  for (const [how, votes, options] of [
    ['by keyboard alone', BY_KEYBOARD, {}],
    ['with a thumb on 360 pixels', BY_THUMB, PHONE],
  ] as const) {
    test(`[V98] ${kind} ${how}`, async ({ browser }) => {
      const workshop = await workshopWithNotes();
      const page = await join(browser, workshop, options);
      const id = await openRound(workshop, { method: METHODS[kind] });
      await expect(page.getByText(m.vote_state_none({}, ru)).first()).toBeVisible();
      await votes[kind]?.(page);
      await expect(saved(page)).toBeVisible();
      if (how !== 'by keyboard alone') {
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      }
      expect((await see(id)).turnout).toEqual({ eligible: 1, cast: 1 });
      await leader.post(`/rounds/${id}/close`);
      await expect(page.getByText(m.vote_state_counted({}, ru))).toBeVisible();
      const told = (await see(id)).result.options.find((option: Json) => option.text === first);
      expect(told).toMatchObject(TOLD[kind]);
      await page.context().close();
    });
  }
}

test('[V97] written without connection, kept through a closed page, sent when back, counted', async ({ browser }) => {
  const workshop = await workshopWithNotes();
  const page = await join(browser, workshop, PHONE);
  const id = await openRound(workshop, { method: METHODS['dots'] });
  await expect(give(page, first)).toBeVisible();
  const context = page.context();
  await context.setOffline(true);
  await give(page, first).tap();
  await expect(page.locator('.state[data-state="offline"]').first()).toBeVisible();
  expect((await see(id)).turnout.cast).toBe(0);
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`${server.url}/w/${workshop.id}`);
  await expect(saved(again)).toBeVisible();
  expect((await see(id)).turnout.cast).toBe(1);
  await context.close();
});

test('[V97] back within the grace time it is counted; after it, shown as not counted to the voter and in the result', async ({
  browser,
}) => {
  const workshop = await workshopWithNotes();
  const [early, late] = [await join(browser, workshop), await join(browser, workshop)];
  const id = await openRound(workshop, { method: METHODS['dots'], graceSeconds: 6 });
  for (const page of [early, late]) {
    await expect(give(page, first)).toBeVisible();
    await page.context().setOffline(true);
    await give(page, first).click();
    await expect(page.locator('.state[data-state="offline"]').first()).toBeVisible();
  }
  expect((await leader.post(`/rounds/${id}/close`)).body.status).toBe('closing');
  await early.context().setOffline(false);
  await expect.poll(async () => (await see(id)).turnout.cast).toBe(1);
  await expect.poll(async () => (await see(id)).status, { timeout: 15_000 }).toBe('closed');
  await late.context().setOffline(false);
  await expect(late.getByText(m.vote_late_title({}, ru))).toBeVisible({ timeout: 40_000 });
  await expect(late.getByText(m.vote_state_counted({}, ru))).toHaveCount(0);
  await expect(early.getByText(m.vote_state_counted({}, ru))).toBeVisible({ timeout: 40_000 });
  const { result } = await see(id);
  expect([result.turnout.cast, result.receivedAfterClose]).toEqual([1, 1]);
  await late.goto(`${server.url}/w/${workshop.id}/results`);
  await expect(late.getByText(m.result_late({ count: 1 }, ru))).toBeVisible();
});

test('[V104] two tabs of one person are one voter with one ballot, and each shows what was cast last', async ({
  browser,
}) => {
  const workshop = await workshopWithNotes();
  const one = await join(browser, workshop);
  const id = await openRound(workshop, { method: METHODS['dots'] });
  const two = await one.context().newPage();
  await two.goto(`${server.url}/w/${workshop.id}`);
  // Both have their ballot before either votes: each then sends its own, whole.
  for (const page of [one, two]) await expect(page.getByText(m.vote_state_none({}, ru)).first()).toBeVisible();
  await Promise.all([give(one, first).click(), give(two, TEXTS[2] as string).click()]);
  const given = (page: Page, option: string) => page.getByRole('spinbutton', { name: m.vote_dots_of({ option }, ru) });
  const shown = async (page: Page) =>
    Promise.all(TEXTS.map(async (option) => Number(await given(page, option).getAttribute('aria-valuenow'))));
  const kept = async () => {
    const { dots } = await (await one.request.get(`${server.url}/api/v1/rounds/${id}/ballot`)).json();
    const { options } = await see(id);
    return TEXTS.map((text) => dots[options.find((option: Json) => option.text === text).id] ?? 0);
  };
  for (const page of [one, two]) {
    await expect(saved(page)).toBeVisible();
    await expect
      .poll(async () => [await shown(page), await page.locator('.state[data-state="saved"]').count()])
      .toEqual([await kept(), 1]);
  }
  expect((await see(id)).turnout).toEqual({ eligible: 1, cast: 1 });
  // What is changed in one tab is soon in the other, and a tap there goes on from it.
  await give(one, TEXTS[1] as string).click();
  await expect(given(two, TEXTS[1] as string)).toHaveAttribute('aria-valuenow', '1');
  await expect(saved(two)).toBeVisible();
  expect(await shown(two)).toEqual(await kept());
  const sum = (await kept()).reduce((all, count) => all + count, 0);
  expect(sum).toBeLessThanOrEqual(3);
  const { result } = (await leader.post(`/rounds/${id}/close`)).body;
  expect(result.options.reduce((all: number, option: Json) => all + option.dots, 0)).toBe(sum);
});

async function signedIn(browser: Browser, role: 'facilitator' | 'staff', email: string): Promise<Page> {
  ashar(
    server,
    ['account', 'create', '--email', email, '--name', email.split('@')[0] ?? '', '--role', role, '--password-stdin'],
    PASSWORD,
  );
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url });
  await context.addCookies([{ name: 'lang', value: 'ru', url: server.url }]);
  expect(
    (await context.request.post(`${server.url}/api/v1/session`, { data: { email, password: PASSWORD } })).status(),
  ).toBe(200);
  return context.newPage();
}

test("[V86] a tie becomes a run-off by one button, with a time that is extended in the room's sight", async ({
  browser,
}) => {
  const workshop = await workshopWithNotes();
  const voters = [await join(browser, workshop), await join(browser, workshop)];
  const lead = await signedIn(browser, 'facilitator', 'lead@ashar.test');
  const id = await openRound(workshop, {
    method: { kind: 'dots', budget: 1, perOption: 1 },
    cut: 1,
    open: { seconds: 600 },
  });
  await lead.goto(`/w/${workshop.id}/lead`);
  await ready(lead);
  await lead.getByRole('button', { name: m.lead_round_extend_label({ count: 5 }, ru) }).click();
  await expect(voters[0]?.getByText(/Время продлено/).first() as Locator).toBeVisible();
  await give(voters[0] as Page, first).click();
  await give(voters[1] as Page, TEXTS[1] as string).click();
  for (const page of voters) await expect(saved(page)).toBeVisible();
  await leader.post(`/rounds/${id}/close`);
  await lead.getByRole('button', { name: m.lead_run_off({}, ru) }).click();
  await lead
    .getByRole('dialog')
    .getByRole('button', { name: m.lead_run_off({}, ru) })
    .click();
  for (const page of voters)
    await expect(
      page.getByRole('heading', { name: m.vote_run_off_title({ title: 'Отбор' }, ru) }).first(),
    ).toBeVisible();
  for (const page of voters) {
    await give(page, first).last().click();
    await expect(saved(page)).toBeVisible();
  }
  const rounds = (await leader.get(`/workshops/${workshop.id}/rounds`)).body;
  const closed = await leader.post(`/rounds/${rounds[1].id}/close`);
  expect(closed.body.result.options[0]).toMatchObject({ text: first, dots: 2 });
  const settled = (await see(id)).result;
  expect(settled.cutTie).toEqual([]);
  expect(settled.tieBreaks.at(-1)).toMatchObject({ rule: 'run-off', roundId: rounds[1].id });
});

test('[V103] a facilitator who came in by the code has no ballot, unless the round says so; whom a script lets in has one', async ({
  browser,
}) => {
  const workshop = await workshopWithNotes();
  const lead = await signedIn(browser, 'facilitator', 'votes@ashar.test');
  expect((await lead.request.post('/api/v1/join', { data: { code: workshop.joinCode } })).status()).toBe(201);
  // The secretariat's own program lets people in under its token: they are people, not the secretariat.
  const byScript = clientOf(server.url, (await leader.post('/join', { code: workshop.joinCode })).body.token);
  const without = await openRound(workshop, { method: METHODS['dots'] });
  await lead.goto(`/w/${workshop.id}`);
  await expect(lead.getByText(m.vote_crew({}, ru)).first()).toBeVisible({ timeout: 30_000 });
  expect((await see(without)).turnout.eligible).toBe(1);
  const { options } = await see(without);
  expect((await byScript.put(`/rounds/${without}/ballot`, { dots: { [options[0].id]: 1 } })).status).toBe(200);
  const refused = await lead.request.put(`/api/v1/rounds/${without}/ballot`, {
    data: { dots: { [options[0].id]: 1 } },
    headers: { origin: server.url },
  });
  expect([refused.status(), (await refused.json()).error.code]).toEqual([403, 'crew-without-vote']);
  await leader.post(`/rounds/${without}/close`);
  // The switch stands in the settings of a new round.
  await lead.goto(`/w/${workshop.id}/lead`);
  await ready(lead);
  await lead.getByRole('button', { name: m.lead_round_new({}, ru) }).click();
  await lead.getByText(m.lead_more_settings({}, ru)).click();
  await lead.getByRole('switch', { name: m.lead_crew_votes({}, ru) }).click();
  await lead.getByRole('button', { name: m.lead_round_create({}, ru) }).click();
  await expect.poll(async () => (await leader.get(`/workshops/${workshop.id}/rounds`)).body.length).toBe(2);
  const made = (await leader.get(`/workshops/${workshop.id}/rounds`)).body[1];
  expect(made).toMatchObject({ crewVotes: true, status: 'draft' });
  await leader.post(`/rounds/${made.id}/open`);
  await lead.goto(`/w/${workshop.id}`);
  await give(lead, first).last().click({ timeout: 30_000 });
  await expect(saved(lead)).toBeVisible();
  expect((await see(made.id)).turnout).toEqual({ eligible: 2, cast: 1 });
  await lead.context().close();
});

test('[U80] one card on the wall, the phone and the page of results: drawn bars with their figures, a table behind, no wider than the phone', async ({
  browser,
}) => {
  const workshop = await workshopWithNotes();
  const vote = workshop.stages.find((stage: Json) => stage.kind === 'vote');
  await leader.post(`/workshops/${workshop.id}/stage`, { stageId: vote.id });
  const phone = await join(browser, workshop, PHONE);
  const wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'ru-RU' })).newPage();
  await wall.context().addCookies([{ name: 'lang', value: 'ru', url: server.url }]);
  await wall.goto(workshop.screenUrl);
  const id = await openRound(workshop, { method: METHODS['score'] });
  const voters = [...Array(3).keys()].map(() => joinOver(server, workshop.joinCode));
  const options = (await see(id)).options.map((option: Json) => option.id);
  for (const [n, voter] of (await Promise.all(voters)).entries()) {
    await leader.post(`/rounds/${id}/admit`, { participantId: voter.participantId });
    const scores = options.map((option: string, at: number) => [option, { Польза: 1 + ((n + at) % 3), Усилия: 2 }]);
    expect((await voter.put(`/rounds/${id}/ballot`, { scores: Object.fromEntries(scores) })).status).toBe(200);
  }
  await leader.post(`/rounds/${id}/close`);
  const bars = (page: Page) =>
    page
      .locator('.result .rows svg[role="img"]')
      .evaluateAll((drawn) => drawn.map((bar) => bar.getAttribute('aria-label')));
  const told = (await see(id)).result.options.map(
    ({ mean, voters: people, share }: Json) =>
      `${m.result_mean({}, ru)}: ${formatNumber(mean, 'ru', 2)} · ${m.ui_people_count({ count: people }, ru)} · ${formatPercent(share, 'ru')}`,
  );
  for (const page of [phone, wall]) await expect.poll(() => bars(page)).toEqual(told);
  // What the wall counts up to is what the table says.
  for (const [n, { mean }] of (await see(id)).result.options.entries())
    await expect(wall.locator('.result .rows b').nth(n)).toContainText(formatNumber(mean, 'ru', 2));
  await phone.goto(`${server.url}/w/${workshop.id}/results`);
  await expect.poll(() => bars(phone)).toEqual(told);
  await phone.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)));
  await expect(phone.getByRole('columnheader', { name: m.result_median({}, ru) })).toBeVisible();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await Promise.all([phone.context().close(), wall.context().close()]);
});

test('[V91] at the desk two people enter the same numbered paper, and it counts once', async ({ browser }) => {
  const workshop = await workshopWithNotes();
  const id = await openRound(workshop, { method: METHODS['dots'], deskConfirmation: true });
  const [one, two] = [
    await signedIn(browser, 'staff', 'first@ashar.test'),
    await signedIn(browser, 'staff', 'second@ashar.test'),
  ];
  await one.goto(`/w/${workshop.id}/desk`);
  await ready(one);
  await one.getByRole('button', { name: m.desk_issue({}, ru) }).click();
  await expect(one.getByText(m.desk_issued({ issued: 10, used: 0 }, ru))).toBeVisible();
  for (const language of ['ky', 'ru', 'en']) {
    const pdf = await one.request.get(`/api/v1/rounds/${id}/sheets?language=${language}`);
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  }
  // The codes are on paper alone; the store is asked in place of a printer's tray.
  const { default: Sqlite } = await import('better-sqlite3');
  const { readdirSync } = await import('node:fs');
  const file = readdirSync(server.dataDir).find((name) => /\.(sqlite|db)$/.test(name)) ?? '';
  const store = new Sqlite(`${server.dataDir}/${file}`, { readonly: true });
  const { code } = store.prepare('select code from paper_sheets where round_id = ? and number = 3').get(id) as {
    code: string;
  };
  store.close();
  await one.goto(`/w/${workshop.id}/desk?round=${id}&sheet=3&code=${code}`);
  await ready(one);
  await give(one, first).click();
  await one.getByRole('button', { name: m.desk_submit({}, ru) }).click();
  await expect(one.getByText(m.desk_waits({}, ru))).toBeVisible();
  await expect(one.getByText(m.desk_mine({}, ru))).toBeVisible();
  expect((await see(id)).turnout).toEqual({ eligible: 0, cast: 0 });

  await two.goto(`/w/${workshop.id}/desk`);
  await ready(two);
  await two.getByRole('button', { name: m.desk_confirm({}, ru) }).click();
  const dialog = two.getByRole('dialog');
  await dialog.getByRole('button', { name: m.vote_give({ option: TEXTS[1] as string }, ru) }).click();
  await dialog.getByRole('button', { name: m.desk_confirm({}, ru) }).click();
  await expect(two.getByText(m.refusal_entries_differ({}, ru))).toBeVisible();
  await dialog.getByRole('button', { name: m.vote_take({ option: TEXTS[1] as string }, ru) }).click();
  await dialog.getByRole('button', { name: m.vote_give({ option: first }, ru) }).click();
  await dialog.getByRole('button', { name: m.desk_confirm({}, ru) }).click();
  await expect(two.getByText(m.desk_issued({ issued: 10, used: 1 }, ru))).toBeVisible();
  expect((await see(id)).turnout).toEqual({ eligible: 1, cast: 1 });
  const { result } = (await leader.post(`/rounds/${id}/close`)).body;
  expect(result.turnout).toMatchObject({ cast: 1, paper: 1 });
});
