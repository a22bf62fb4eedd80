/**
 * The strategy draft in real browsers: two of the secretariat write at once, a snapshot comes in and says where it comes
 * from, versions are compared in words, the Word file holds the text; a facilitator reads, nobody else comes in.
 */
import { unzipSync } from 'fflate';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { accountClient, clientOf, join, PASSWORD, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

type Account = Client & { email: string };

let server: RunningServer;
let admin: Account;
let facilitator: Account;
let first: Account;
let second: Account;

test.beforeAll(async () => {
  server = await startServer();
  admin = accountClient(server, 'admin');
  facilitator = accountClient(server, 'facilitator');
  first = accountClient(server, 'staff');
  second = accountClient(server, 'staff');
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const must = (answer: { status: number; body: Json }): Json => {
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body;
};

async function strategy(): Promise<string> {
  return must(
    await first.post('/strategies', {
      title: 'Стратегия Союза',
      periodStart: 2020,
      periodEnd: 2025,
      languages: ['ru', 'ky'],
    }),
  ).id;
}

/** A SWOT with a closed round and its snapshot, for a strategy. */
async function snapshotFor(strategyId: string): Promise<{ id: string; workshopId: string; code: string }> {
  const workshop = must(
    await facilitator.post('/workshops', { strategyId, title: 'Сессия', template: 'swot', languages: ['ru', 'ky'] }),
  );
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  must(await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id }));
  const people = await Promise.all(
    [1, 2, 3].map((n) => join(server, workshop.joinCode, { name: `Участник ${n}`, organisation: 'Союз' })),
  );
  const [board] = workshop.boards;
  for (const [zone, text] of [
    ['strengths', 'Өзүнүн адистери бар'],
    ['weaknesses', 'Взносы платят не все'],
    ['opportunities', 'Цифровизация услуг'],
    ['threats', 'Частая смена законов'],
  ])
    must(await people[0]!.post(`/boards/${board.id}/notes`, { zone, text, clientKey: zone }));
  const round = must(
    await facilitator.post(`/workshops/${workshop.id}/rounds`, {
      ...{ boardId: board.id, title: 'Что важнее', of: 'notes', secret: true, cut: 1 },
      method: { kind: 'dots', budget: 3, perOption: 3 },
    }),
  );
  must(await facilitator.post(`/rounds/${round.id}/open`));
  const digital = round.options.find((option: Json) => option.text === 'Цифровизация услуг').id;
  for (const person of people) must(await person.put(`/rounds/${round.id}/ballot`, { dots: { [digital]: 3 } }));
  must(await facilitator.post(`/rounds/${round.id}/close`));
  const snapshot = must(await facilitator.post(`/workshops/${workshop.id}/snapshots`, { title: 'Итоги дня' }));
  return { id: snapshot.id, workshopId: workshop.id, code: workshop.joinCode };
}

async function open(browser: Browser, account: Account, path: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'ru-RU' });
  const signedIn = await context.request.post(`${server.url}/api/v1/session`, {
    data: { email: account.email, password: PASSWORD },
    headers: { origin: server.url },
  });
  expect(signedIn.status()).toBe(200);
  const page = await context.newPage();
  // What the content security policy blocks is told on the console, and nobody would see it.
  page.on('console', (message) => expect(message.text()).not.toContain('Content Security Policy'));
  await page.goto(server.url + path);
  return page;
}

const sheet = (page: Page) => page.locator('.prose-sheet');
/** The text as it is kept: without the carets of the others. */
const textOf = (page: Page): Promise<string[]> =>
  sheet(page).evaluate((root) => {
    const copy = root.cloneNode(true) as HTMLElement;
    for (const extra of copy.querySelectorAll(
      '.caret, .origin-mark, .ProseMirror-trailingBreak, .ProseMirror-separator',
    ))
      extra.remove();
    return [...copy.children].map((block) => block.textContent.replaceAll('\u2060', ''));
  });

/** A key as a Russian layout sends it: the letter is Cyrillic, the place is the same. */
async function cyrillic(page: Page, key: string, code: string): Promise<void> {
  await sheet(page).evaluate(
    (root, init) =>
      root.dispatchEvent(new KeyboardEvent('keydown', { ...init, ctrlKey: true, bubbles: true, cancelable: true })),
    { key, code },
  );
}

test('[N60] two write the draft at once: both texts arrive whole, undo takes back one’s own', async ({ browser }) => {
  const path = `/strategies/${await strategy()}`;
  const [one, two] = [await open(browser, first, path), await open(browser, second, path)];
  await expect(one.getByRole('heading', { name: 'Проект пока пуст' })).toBeVisible();
  await one.getByRole('button', { name: 'Начать с разделов' }).click();
  await one.getByRole('dialog').getByRole('button', { name: 'Вставить заголовки' }).click();
  await expect(two.getByRole('navigation', { name: 'Содержание' }).getByRole('button')).toHaveText([
    ...['Введение', 'Обзор выполнения прошлой программы', 'Анализ текущей ситуации', 'SWOT-анализ', 'Миссия и видение'],
    ...['Приоритетные направления', 'Мониторинг и оценка'],
  ]);
  await sheet(one).getByRole('heading', { name: 'Введение' }).click();
  await one.keyboard.press('End');
  await sheet(two).getByRole('heading', { name: 'Мониторинг' }).click();
  await two.keyboard.press('End');
  await Promise.all([
    one.keyboard.type(' и цели, ң ө ү', { delay: 15 }),
    two.keyboard.type(' по годам', { delay: 15 }),
  ]);
  await expect.poll(() => textOf(one)).toContain('Мониторинг и оценка по годам');
  await expect.poll(() => textOf(two)).toContain('Введение и цели, ң ө ү');
  expect(await textOf(one)).toEqual(await textOf(two));
  // The other's caret carries the name that the server gave it.
  await expect(sheet(one).locator('.caret-name')).toHaveText('staff');
  // One step is what was typed without a pause; with everything of one's own taken back there is nothing left to take.
  for (let step = 0; step < 12; step++) await cyrillic(two, 'я', 'KeyZ');
  await expect.poll(() => textOf(one)).toContain('Мониторинг и оценка');
  expect(await textOf(one)).toContain('Введение и цели, ң ө ү');
  await sheet(one).getByRole('heading', { name: 'Введение' }).click({ clickCount: 3 });
  await cyrillic(one, 'ш', 'KeyI');
  await expect(sheet(two).locator('h1 em')).toHaveText('Введение и цели, ң ө ү');
  await Promise.all([one.context().close(), two.context().close()]);
});

test('[N61] a snapshot comes in from the page and says where it comes from; a reload and Word keep it all', async ({
  browser,
}) => {
  const id = await strategy();
  const snapshot = await snapshotFor(id);
  const page = await open(browser, first, `/strategies/${id}`);
  await page.getByRole('main').getByRole('button', { name: 'Вставить снимок итогов' }).click();
  await expect(page.getByRole('dialog').getByRole('radio', { name: /Итоги дня/ })).toBeChecked();
  await page.getByRole('dialog').getByRole('button', { name: 'Вставить в проект' }).click();
  const [swot, ranking] = [sheet(page).locator('table').first(), sheet(page).locator('table').last()];
  await expect(swot.getByRole('columnheader')).toHaveText([
    'Сильные стороны',
    'Слабые стороны',
    'Возможности',
    'Угрозы',
  ]);
  await expect(swot).toContainText('Өзүнүн адистери бар');
  await expect(ranking.getByRole('row').nth(1)).toContainText(/1\s*Цифровизация услуг\s*9\s*3/);
  const mark = sheet(page).locator('.origin-mark a');
  await expect(mark).toHaveText(/Из снимка итогов от \d\d\.\d\d\.\d{4}, [0-9a-f]{12}/);
  await expect(mark).toHaveAttribute('href', `/w/${snapshot.workshopId}/results`);

  await ranking.getByText('Цифровизация услуг').click();
  const origin = page.getByRole('tabpanel', { name: 'Откуда это' });
  await expect(origin.getByRole('heading', { name: 'Цифровизация услуг' })).toBeVisible();
  await expect(origin).toContainText('1-е место из 4');
  await expect(origin.locator('.note')).toHaveText(/Цифровизация услуг/);
  await swot.getByText('Взносы платят не все').click();
  await expect(origin).toContainText('Слабые стороны');
  await expect(origin.locator('.note')).toHaveText(/Взносы платят не все/);

  // What is split off from a passage is a thought of its own.
  await sheet(page).getByRole('heading', { name: 'Что важнее' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Наш вывод: услуги — в телефон.');
  await expect(sheet(page).locator(':scope > :not([data-snapshot])', { hasText: 'Наш вывод' })).toBeVisible();
  await expect(page.locator('.connection')).not.toContainText('не отправлено');
  const before = await textOf(page);
  await page.reload();
  await expect(sheet(page).getByText('Наш вывод')).toBeVisible();
  expect(await textOf(page)).toEqual(before);
  await expect(sheet(page).locator('[data-snapshot]').first()).toHaveAttribute('data-snapshot', snapshot.id);

  await page.getByRole('button', { name: 'Скачать' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Скачать' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.docx$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  const word = unzipSync(new Uint8Array(Buffer.concat(chunks)))['word/document.xml'];
  const xml = new TextDecoder().decode(word);
  for (const text of ['Наш вывод: услуги — в телефон.', 'Өзүнүн адистери бар', 'Цифровизация услуг'])
    expect(xml).toContain(text);
  expect(xml.match(/<w:tbl>/g)).toHaveLength(2);
  await page.context().close();
});

test('[N62] a version is named, read, and compared with the text in words', async ({ browser }) => {
  const id = await strategy();
  const page = await open(browser, first, `/strategies/${id}`);
  await page.getByRole('button', { name: 'Начать писать' }).click();
  await page.keyboard.type('Союз защищает права местного самоуправления.');
  await page.getByRole('tab', { name: 'Версии' }).click();
  await page.getByRole('button', { name: 'Сохранить версию' }).click();
  await expect(page.getByText('Укажите название.')).toBeVisible();
  await page.getByLabel('Название версии').fill('К собранию');
  await page.getByRole('button', { name: 'Сохранить версию' }).click();
  await expect(page.getByRole('tabpanel').getByText('К собранию')).toBeVisible();

  await sheet(page).getByText('Союз защищает').click();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Второй абзац.');
  await expect(page.locator('.connection')).not.toContainText('не отправлено');
  await page.getByRole('button', { name: 'Меню: К собранию' }).click();
  await page.getByRole('menuitem', { name: 'Сравнить' }).click();
  const compared = page.getByRole('dialog', { name: 'Сравнение версий' });
  await expect(compared).toContainText('Добавлено: 1. Удалено: 0. Изменено: 0.');
  await expect(compared.locator('ins')).toHaveText('Второй абзац.');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Меню: К собранию' }).click();
  await page.getByRole('menuitem', { name: 'Читать' }).click();
  const read = page.getByRole('dialog', { name: 'К собранию' });
  await expect(read).toContainText('Союз защищает');
  await expect(read).not.toContainText('Второй абзац');
  await page.context().close();
});

test('[N63] a facilitator reads along, a participant and a stranger do not come in, who is deactivated stops writing', async ({
  browser,
}) => {
  const id = await strategy();
  const { code } = await snapshotFor(id);
  const leaver = accountClient(server, 'staff');
  const path = `/strategies/${id}`;
  const [writer, reader] = [await open(browser, leaver, path), await open(browser, facilitator, path)];
  await writer.getByRole('button', { name: 'Начать писать' }).click();
  await writer.keyboard.type('Текст секретариата.');
  await expect(sheet(reader).getByText('Текст секретариата.')).toBeVisible();
  await expect(sheet(reader)).toHaveAttribute('contenteditable', 'false');
  await expect(reader.getByText('Только чтение')).toBeVisible();
  await expect(reader.getByRole('toolbar')).toHaveCount(0);
  expect((await facilitator.post(`/strategies/${id}/versions`, { title: 'Чужая' })).status).toBe(403);

  const person = await join(server, code, { name: 'Участник', organisation: 'Союз' });
  for (const client of [person, clientOf(server.url)])
    expect((await client.get(`/strategies/${id}`)).status).toBeGreaterThanOrEqual(401);
  const stranger = await browser.newPage();
  await stranger.goto(server.url + path);
  expect(new URL(stranger.url()).pathname).toBe('/signin');

  const { accountId } = await accountNamed(browser, leaver.email);
  expect(accountId).not.toBe('');
  await expect(sheet(writer)).toHaveAttribute('contenteditable', 'false');
  await expect(writer.getByText('Текст на экране остаётся для чтения.')).toBeVisible();
  await Promise.all([writer.context().close(), reader.context().close(), stranger.close()]);
});

/** Deactivates an account as an administrator does, on the page of accounts. */
async function accountNamed(browser: Browser, email: string): Promise<{ accountId: string }> {
  const page = await open(browser, admin, '/admin');
  const row = page.locator('li').filter({ hasText: email });
  const accountId = (await row.locator('input[name=id]').first().getAttribute('value')) ?? '';
  const done = await page.request.post(`${server.url}/admin?/deactivate`, {
    form: { id: accountId },
    headers: { origin: server.url },
  });
  expect(done.status()).toBe(200);
  await page.context().close();
  return { accountId };
}
