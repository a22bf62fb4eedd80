/**
 * The stages of the day that are more than notes, in a real browser: TOWS by keyboard and on a phone, the review of the last
 * programme from a table to its carry-over, the inbox of a moderated stage, and groups with their trail.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { m } from '#messages/messages.js';
import type { Language } from '#core/people/caller.ts';
import { accountClient, join, PASSWORD, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

const CASE = JSON.parse(readFileSync('static/samples/union-2020.json', 'utf8')) as Json;
const SWOT = CASE.boards.find((board: Json) => board.template === 'swot').notes as { zone: string; text: string }[];
const ru = { locale: 'ru' } as const;
const ky = { locale: 'ky' } as const;
const PHONE = { width: 360, height: 740 };
const WALL = { width: 1920, height: 1080 };

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

async function must(answer: Promise<{ status: number; body: Json }>): Promise<Json> {
  const { status, body } = await answer;
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
}

async function pageOf(browser: Browser, language: Language, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, baseURL: server.url, hasTouch: viewport.width < 500 });
  await context.addCookies([{ name: 'lang', value: language, url: server.url }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

async function member(
  browser: Browser,
  workshop: Json,
  language: Language,
  viewport?: Page['viewportSize'] extends () => infer S ? S : never,
): Promise<Page> {
  const page = await pageOf(browser, language, viewport ?? undefined);
  const joined = await page.request.post('/api/v1/join', {
    data: { code: workshop.joinCode, name: 'Участник', language },
  });
  expect(joined.status()).toBe(201);
  await page.goto(`/w/${workshop.id}`);
  return page;
}

export async function leader(browser: Browser, account: { email: string }, path: string): Promise<Page> {
  const page = await pageOf(browser, 'ru');
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await page.getByLabel(m.account_email({}, ru)).fill(account.email);
  await page.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await page.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await page.waitForURL((url) => url.pathname !== '/signin', { waitUntil: 'commit' });
  await page.goto(path);
  return page;
}

const stageOf = (workshop: Json, board: Json, kind: string): Json =>
  workshop.stages.find((stage: Json) => stage.boardId === board.id && stage.kind === kind);
const go = (client: Client, workshop: Json, board: Json, kind: string, more: object = {}): Promise<Json> =>
  must(client.post(`/workshops/${workshop.id}/stage`, { stageId: stageOf(workshop, board, kind).id, ...more }));
const photo = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });

test('[U73] factors are paired by keyboard and on a phone; the wall shows the matrix and what nobody used', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const lead = accountClient(server, 'facilitator');
  const workshop = await must(
    lead.post('/workshops', {
      title: CASE.title.ru,
      template: 'swot',
      moreTemplates: ['tows'],
      languages: ['ru', 'ky'],
    }),
  );
  const [swot, tows] = workshop.boards as [Json, Json];
  const ids = new Map<string, string>();
  for (const { zone, text } of SWOT)
    ids.set(text, (await must(lead.post(`/boards/${swot.id}/notes`, { zone, text }))).id);
  const of = (zone: string): string[] => SWOT.filter((note) => note.zone === zone).map(({ text }) => text);
  const [strength = '', strength2 = ''] = of('strengths');
  const [opportunity = ''] = of('opportunities');
  const [weakness = ''] = of('weaknesses');
  const [threat = ''] = of('threats');

  // Rated by two people; then the room pairs.
  await go(lead, workshop, swot, 'vote');
  const method = { kind: 'dots', budget: 10, perOption: 3 };
  const round = await must(
    lead.post(`/workshops/${workshop.id}/rounds`, {
      boardId: swot.id,
      title: 'Важность',
      of: 'notes',
      method,
      secret: true,
    }),
  );
  const voters = [
    await join(server, workshop.joinCode, { name: 'А' }),
    await join(server, workshop.joinCode, { name: 'Б' }),
  ];
  await must(lead.post(`/rounds/${round.id}/open`));
  const dots = Object.fromEntries(
    (
      [
        [strength, 3],
        [opportunity, 3],
        [weakness, 2],
        [threat, 2],
      ] as const
    ).map(([text, n]) => [ids.get(text), n]),
  );
  for (const voter of voters) await must(voter.put(`/rounds/${round.id}/ballot`, { dots }));
  await must(lead.post(`/rounds/${round.id}/close`));
  await go(lead, workshop, tows, 'pair');

  // A laptop, by keyboard alone.
  const laptop = await member(browser, workshop, 'ru');
  const factor = (page: Page, text: string) =>
    page.getByRole('button', { name: text, exact: false }).and(page.locator('.factor'));
  const add = laptop.getByRole('button', { name: m.tows_add({}, ru) });
  await expect(factor(laptop, strength)).toBeVisible();
  await expect(factor(laptop, strength2)).toHaveCount(0);
  await expect(factor(laptop, strength)).toContainText(m.tows_unused({}, ru));
  await factor(laptop, strength).focus();
  await laptop.keyboard.press('Space');
  await expect(factor(laptop, strength)).toHaveAttribute('aria-pressed', 'true');
  await factor(laptop, opportunity).focus();
  await laptop.keyboard.press('Enter');
  await laptop.getByLabel(m.tows_option_text({}, ru)).focus();
  await laptop.keyboard.type('Учебный центр для депутатов');
  await photo(laptop, 'tows-laptop-writing');
  await laptop.keyboard.press('Tab');
  await expect(add).toBeFocused();
  await laptop.keyboard.press('Enter');
  const cell = (page: Page, title: string) =>
    page.locator('section', { has: page.getByRole('heading', { name: title }) });
  const zoneName = (id: string, language: Language) =>
    tows.zones.find((zone: Json) => zone.id === id).name[language] as string;
  await expect(
    cell(laptop, zoneName('so', 'ru')).getByRole('button', { name: 'Учебный центр для депутатов' }),
  ).toBeVisible();
  await expect(factor(laptop, strength)).toContainText(m.tows_options_count({ count: 1 }, ru));

  // A phone, in Kyrgyz; the laptop and the wall hear of it.
  const wall = await pageOf(browser, 'ru', WALL);
  await wall.goto(workshop.screenUrl);
  const phone = await member(browser, workshop, 'ky', PHONE);
  await factor(phone, weakness).tap();
  await factor(phone, threat).tap();
  await phone.getByLabel(m.tows_option_text({}, ky)).fill('Тажрыйба алмашуу');
  await photo(phone, 'tows-phone');
  await phone.getByRole('button', { name: m.tows_add({}, ky) }).tap();
  await phone.getByRole('tab', { name: m.tows_matrix_tab({}, ky) }).tap();
  await expect(phone.getByRole('button', { name: 'Тажрыйба алмашуу' })).toBeVisible();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
  await photo(phone, 'tows-phone-matrix');
  await expect(cell(laptop, zoneName('wt', 'ru')).getByText('Тажрыйба алмашуу')).toBeVisible();
  await expect(wall.getByText('Тажрыйба алмашуу')).toBeVisible();
  await expect(wall.getByText('Учебный центр для депутатов')).toBeVisible();
  await photo(wall, 'tows-wall');

  // A factor is grouped and reworded on its own board: the option stays bound, and says the new name.
  const group = await must(
    lead.post(`/boards/${swot.id}/groups`, {
      noteIds: [ids.get(strength), ids.get(strength2)],
      title: 'Опора на опыт Союза',
    }),
  );
  await laptop.reload();
  await expect(cell(laptop, zoneName('so', 'ru')).getByText('Опора на опыт Союза')).toBeVisible();
  await must(lead.call('DELETE', `/boards/${swot.id}/groups/${group.id}`));

  // Bound anew to another pair it goes to that cell; the heat follows.
  await laptop.reload();
  await cell(laptop, zoneName('so', 'ru')).getByRole('button', { name: 'Учебный центр для депутатов' }).click();
  await factor(laptop, opportunity).click();
  await factor(laptop, threat).click();
  await laptop.getByRole('button', { name: m.tows_save({}, ru), exact: true }).click();
  await expect(cell(laptop, zoneName('st', 'ru')).getByText('Учебный центр для депутатов')).toBeVisible();
  await expect(cell(laptop, m.tows_holes_title({}, ru)).getByText(opportunity)).toBeVisible();
  await photo(laptop, 'tows-laptop');

  // The board of notes is one press away, and another stage closes the pairing.
  await laptop.getByRole('button', { name: m.tows_board({}, ru), exact: true }).click();
  await expect(laptop.locator('.canvas')).toBeVisible();
  await go(lead, workshop, tows, 'vote');
  await laptop.getByRole('button', { name: m.tows_title({}, ru), exact: true }).click();
  await expect(laptop.getByText(m.tows_reading({}, ru))).toBeVisible();
  await expect(add).toHaveCount(0);
});
