/**
 * The stages of the day that are more than notes, in a real browser: TOWS by keyboard and on a phone, the review of the last
 * programme from a table to its carry-over, the inbox of a moderated stage, and groups with their trail.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import writeXlsxFile from 'write-excel-file/node';
import { TEMPLATES } from '#core/templates/index.ts';
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

async function leader(browser: Browser, account: { email: string }, path: string): Promise<Page> {
  const page = await pageOf(browser, 'ru');
  await page.goto(`/signin?next=${encodeURIComponent(path)}`);
  await page.getByLabel(m.account_email({}, ru)).fill(account.email);
  await page.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await page.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await page.waitForURL((url) => url.pathname !== '/signin', { waitUntil: 'commit' });
  await page.goto(path);
  // Before the page's script has come a press would go nowhere.
  await expect(page.locator('.connection[data-state="live"]')).toBeVisible({ timeout: 30_000 });
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

test('[U74] the last programme: a file looked at before it is imported, judged from the phones, starred, found, carried on', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const account = accountClient(server, 'facilitator');
  const workshop = await must(
    account.post('/workshops', {
      ...{ title: CASE.title.ru, template: 'programme-review' },
      ...{ moreTemplates: ['situation'], languages: ['ru', 'ky'] },
    }),
  );
  const [review, situation] = workshop.boards as [Json, Json];
  await go(account, workshop, review, 'collect');
  const lead = await leader(browser, account, `/w/${workshop.id}/lead`);

  // What is no table is refused; a workbook is shown, its columns corrected, and only then written.
  await lead.getByRole('button', { name: m.lead_import_actions({}, ru) }).click();
  const dialog = lead.getByRole('dialog', { name: m.lead_import_actions({}, ru) });
  const file = dialog.locator('input[type=file]');
  await file.setInputFiles({ name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0, 1, 2]) });
  await expect(dialog.getByText(m.refusal_table_unreadable({}, ru))).toBeVisible();
  const rows = [
    ['Кто', 'Что сделать', 'Когда'],
    ['Дирекция', 'Обучить депутатов айылных кенешей', '2018'],
    ['Институт', 'Издать пособие по местному бюджету', '2019'],
    ['Проект', '=HYPERLINK("http://x"; "Связать")', '2020'],
  ];
  const book = await (await writeXlsxFile(rows.map((row) => row.map((value) => ({ value }))))).toBuffer();
  await file.setInputFiles({ name: 'программа.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from(book) });
  await dialog.getByLabel(m.lead_import_heading({}, ru)).check();
  await dialog.getByLabel(m.lead_import_column_text({}, ru)).selectOption('1');
  await dialog.getByLabel(m.lead_import_column_owner({}, ru)).selectOption('0');
  await dialog.getByLabel(m.lead_import_column_period({}, ru)).selectOption('2');
  await expect(dialog.getByText('Обучить депутатов айылных кенешей — 2018 · Дирекция')).toBeVisible();
  await photo(lead, 'review-import');
  await dialog.getByRole('button', { name: m.lead_import_go({ count: 3 }, ru) }).click();
  const row = (text: string): Locator => lead.locator('li', { has: lead.locator('.action', { hasText: text }) });
  await expect(row('Обучить депутатов')).toBeVisible();
  await expect(row('HYPERLINK')).toBeVisible();

  // One press asks; nothing is seen before the close; then the star.
  await go(account, workshop, review, 'vote');
  const phone = await member(browser, workshop, 'ky', PHONE);
  await lead.getByRole('button', { name: m.review_ask({}, ru) }).click();
  await lead
    .getByRole('dialog')
    .getByRole('button', { name: m.review_ask({}, ru) })
    .click();
  await expect(lead.getByText(m.review_hidden({}, ru))).toBeVisible();
  // The usual choices in the language of the reader, whoever wrote them.
  await expect(phone.getByText('Жарым-жартылай').first()).toBeVisible();
  await photo(phone, 'review-ballot-phone');
  const seen = await must(account.get(`/boards/${review.id}/review`));
  expect(seen.actions.every(({ judged }: Json) => judged === null)).toBe(true);
  const [trained, published, linked] = seen.actions.map(({ noteId }: Json) => noteId) as [string, string, string];
  const [done, , not] = m.lead_choices_default({}, ru).split('\n') as [string, string, string];
  for (const [at, name] of ['А', 'Б', 'В', 'Г'].entries()) {
    const voter = await join(server, workshop.joinCode, { name });
    // The roll was frozen at the opening: whoever comes later is let in by a person.
    await must(account.post(`/rounds/${seen.runningId}/admit`, { participantId: voter.participantId }));
    const choices = { [trained]: done, [published]: at < 2 ? done : not, [linked]: not };
    await must(voter.put(`/rounds/${seen.runningId}/ballot`, { choices }));
  }
  await must(account.post(`/rounds/${seen.runningId}/close`));
  await expect(row('Издать пособие').getByText(m.review_disputed({}, ru))).toBeVisible();
  await expect(row('Обучить депутатов').getByText(m.review_disputed({}, ru))).toHaveCount(0);

  // Found and confirmed; everybody reads it.
  await row('Издать пособие')
    .getByRole('button', { name: m.review_find({}, ru) })
    .click();
  const finding = lead.getByRole('dialog', { name: m.review_find({}, ru) });
  await finding.getByLabel(m.review_evidence_link({}, ru)).fill('отчёт');
  await finding.getByRole('button', { name: m.ui_save({}, ru) }).click();
  await expect(finding.getByText(m.refusal_link_invalid({}, ru))).toBeVisible();
  await finding.getByLabel(m.review_evidence_link({}, ru)).fill('https://stat.kg/report');
  await finding.getByLabel(m.review_cause({}, ru)).fill('Не было средств');
  await finding.getByRole('button', { name: m.ui_save({}, ru) }).click();
  await expect(finding).toHaveCount(0);
  await row('Издать пособие').getByRole('button', { name: not, exact: true }).click();
  await expect(row('Издать пособие').getByText(m.review_confirmed({ verdict: not }, ru))).toBeVisible();
  await photo(lead, 'review-lead');
  const laptop = await member(browser, workshop, 'ru');
  await expect(laptop.getByText('Не было средств')).toBeVisible();
  await expect(laptop.getByRole('link', { name: m.review_evidence({}, ru) })).toHaveAttribute(
    'href',
    'https://stat.kg/report',
  );
  await photo(laptop, 'review-laptop');

  // What was not done goes on, and says where it comes from.
  await lead
    .getByRole('button', { name: m.lead_carry({}, ru) })
    .first()
    .click();
  await lead
    .getByRole('dialog')
    .getByRole('button', { name: m.lead_carry({}, ru) })
    .click();
  await expect(lead.getByText(m.lead_seed_done({ count: 2 }, ru))).toBeVisible();
  await go(account, workshop, situation, 'collect');
  const problem = laptop.locator('.place', { hasText: 'Издать пособие' });
  await expect(problem).toContainText(review.zones[0].name.ru as string);
  await photo(laptop, 'origins');
});

test('[U75] the inbox: to the board, beside one that is like it, or aside with a reason; groups with their trail; every template', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const account = accountClient(server, 'facilitator');
  const workshop = await must(
    account.post('/workshops', { title: 'Большой зал', template: 'blank', languages: ['ru', 'ky'] }),
  );
  const [board] = workshop.boards as [Json];
  const kept = await must(account.post(`/boards/${board.id}/notes`, { zone: 'ideas', text: 'Не хватает кадров' }));
  const { stages } = await must(account.get(`/workshops/${workshop.id}/agenda`));
  await must(
    account.put(`/workshops/${workshop.id}/agenda`, {
      stages: stages.map(({ id, kind }: Json) => ({ id, ...(kind === 'collect' && { moderated: true }) })),
    }),
  );
  await go(account, workshop, board, 'collect');
  const lead = await leader(browser, account, `/w/${workshop.id}/lead`);
  const phone = await member(browser, workshop, 'ky', PHONE);
  const composer = phone.locator('#composer');
  for (const text of ['Кадров не хватает', 'Новый закон', 'Обед в час']) {
    await composer.fill(text);
    await composer.press('Enter');
    await expect(phone.locator('.own .note', { hasText: text })).toBeVisible();
  }
  const incoming = (text: string): Locator => lead.locator('.inbox > li', { hasText: text });
  await incoming('Новый закон')
    .getByRole('button', { name: m.lead_inbox_approve({}, ru), exact: true })
    .click();
  await expect(incoming('Новый закон')).toHaveCount(0);
  await incoming('Кадров не хватает')
    .getByRole('button', { name: m.lead_inbox_merge({}, ru) })
    .click();
  const merge = lead.getByRole('dialog', { name: m.inbox_merge_title({}, ru) });
  // The likest stands first.
  await expect(merge.locator('li').first()).toContainText('Не хватает кадров');
  await photo(lead, 'inbox-merge');
  await merge.getByRole('button', { name: /Не хватает кадров/ }).click();
  await expect(incoming('Кадров не хватает')).toHaveCount(0);
  await incoming('Обед в час')
    .getByRole('button', { name: m.lead_inbox_aside({}, ru) })
    .click();
  await incoming('Обед в час').getByLabel(m.lead_inbox_reason({}, ru)).fill('Не о стратегии');
  await incoming('Обед в час')
    .getByRole('button', { name: m.lead_inbox_aside({}, ru) })
    .click();
  await expect(phone.getByText(m.board_set_aside({ reason: 'Не о стратегии' }, ky))).toBeVisible({ timeout: 30_000 });
  await photo(phone, 'inbox-aside-phone');
  const now = await must(account.get(`/boards/${board.id}`));
  expect(now.groups.map(({ noteIds }: Json) => noteIds.length)).toEqual([2]);
  expect(now.groups[0].noteIds).toContain(kept.id);
  expect(now.notes.map(({ text }: Json) => text).sort()).toEqual([
    'Кадров не хватает',
    'Не хватает кадров',
    'Новый закон',
  ]);

  // Taken apart, it comes back from the trail with both texts.
  await must(account.call('DELETE', `/boards/${board.id}/groups/${now.groups[0].id}`));
  await lead.getByRole('button', { name: m.trail_title({}, ru) }).click();
  const trail = lead.getByRole('dialog', { name: m.trail_title({}, ru) });
  await expect(trail.getByText(m.trail_dissolved({ title: m.ui_group_untitled({}, ru) }, ru))).toBeVisible();
  await photo(lead, 'trail');
  await trail
    .locator('li', { hasText: m.trail_dissolved({ title: m.ui_group_untitled({}, ru) }, ru) })
    .getByRole('button')
    .click();
  await expect.poll(async () => (await must(account.get(`/boards/${board.id}`))).groups.length).toBe(1);
  await lead.keyboard.press('Escape');

  // Saved as a template of one's own; then every template from the page of a new workshop.
  await must(account.post('/templates', { workshopId: workshop.id, name: 'Наш день' }));
  const own = (await must(account.get('/templates'))).at(-1).id as string;
  for (const { id, zones } of [
    ...TEMPLATES,
    { id: own, zones: TEMPLATES.find((one) => one.id === 'blank')?.zones ?? [] },
  ]) {
    await lead.goto('/workshops/new');
    await lead.getByLabel(m.new_workshop_name({}, ru)).fill(`Проба ${id}`);
    await lead.locator(`input[name=template][value="${id}"]`).check({ force: true });
    await lead.getByRole('button', { name: m.new_workshop_go({}, ru) }).click();
    await lead.waitForURL('**/lead', { waitUntil: 'commit' });
    const made = new URL(lead.url()).pathname.split('/')[2] ?? '';
    const view = await must(account.get(`/workshops/${made}`));
    expect(view.boards[0].zones.map((zone: Json) => zone.name)).toEqual(zones.map(({ name }) => name));
    await lead.goto(`/w/${made}`);
    await expect(lead.locator('main#content')).toBeVisible();
    await expect(lead.locator('.canvas, .tows').first()).toBeVisible();
  }
});
