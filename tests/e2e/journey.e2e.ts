/**
 * The main job as a room does it, in real browsers: a facilitator, three participants (one on a 360-pixel phone, one in
 * Kyrgyz), a projector and the secretariat, on the content of the meeting of March 2020. Notes typed by hand, dragged with
 * a real mouse, a secret round, its close, the snapshot, the draft, and the Word file read back.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { m } from '#messages/messages.js';
import type { Language } from '#core/people/caller.ts';
import { ashar, PASSWORD, type Json } from './client.ts';
import { startServer, SETUP_TOKEN, type RunningServer } from './server.ts';

const CASE = JSON.parse(readFileSync('static/samples/union-2020.json', 'utf8')) as Json;
const swotNotes = CASE.boards.find((board: Json) => board.template === 'swot').notes as {
  zone: string;
  text: string;
  language: string;
}[];
const ru = { locale: 'ru' } as const;
const ky = { locale: 'ky' } as const;

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

async function person(browser: Browser, language: Language, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport,
    locale: language,
    hasTouch: viewport.width < 500,
    baseURL: server.url,
    acceptDownloads: true,
  });
  await context.addCookies([{ name: 'lang', value: language, url: server.url }]);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

/** Adds a dot to an option on a ballot. */
const give = (page: Page, option: string, language: Language): Locator =>
  page.getByRole('button', { name: m.vote_give({ option }, { locale: language }) });

const zoneOf = (page: Page, name: string): Locator => page.getByRole('region', { name: new RegExp(`^${name}`) });

test('[U50] a room writes a SWOT, votes, and the result stands as a Word document in the strategy draft', async ({
  browser,
}) => {
  test.setTimeout(240_000);

  // The first account comes through the set-up link; the secretariat by an invitation that is handed over.
  const admin = await person(browser, 'ru');
  await admin.goto(`/setup?token=${SETUP_TOKEN}`);
  await admin.getByLabel(m.account_name({}, ru)).fill('Дирекция Союза МСУ');
  await admin.getByLabel(m.account_email({}, ru)).fill('direction@ashar.test');
  await admin.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await admin.getByRole('button', { name: m.setup_go({}, ru) }).click();
  await admin.waitForURL('**/my');
  await admin.goto('/admin');
  await admin
    .getByRole('button', { name: m.admin_invite({}, ru) })
    .first()
    .click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel(m.account_name({}, ru)).fill('Секретариат');
  await dialog.getByLabel(m.account_email({}, ru)).fill('staff@ashar.test');
  await dialog.getByLabel(m.account_role({}, ru)).selectOption('staff');
  await dialog.getByRole('button', { name: m.admin_invite({}, ru) }).click();
  const invitation = await admin
    .getByRole('dialog', { name: m.admin_link_title({}, ru) })
    .getByRole('textbox')
    .inputValue();
  const staff = await person(browser, 'ru');
  await staff.goto(invitation);
  await staff.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await staff.getByRole('button', { name: m.invite_go({}, ru) }).click();
  await staff.waitForURL('**/my');

  // The facilitator signs in and prepares the workshop.
  ashar(
    server,
    [
      'account',
      'create',
      '--email',
      'lead@ashar.test',
      '--name',
      'Модератор',
      '--role',
      'facilitator',
      '--password-stdin',
    ],
    PASSWORD,
  );
  const lead = await person(browser, 'ru');
  await lead.goto('/my');
  await lead.getByLabel(m.account_email({}, ru)).fill('lead@ashar.test');
  await lead.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await lead.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await lead.waitForURL('**/my');
  await lead
    .getByRole('link', { name: m.my_new_workshop({}, ru) })
    .first()
    .click();
  await lead.getByLabel(m.new_workshop_name({}, ru)).fill(CASE.title.ru);
  await lead
    .getByLabel(m.new_workshop_organisations({}, ru))
    .fill(CASE.organisations.map((one: Json) => one.name).join('\n'));
  await lead.getByRole('button', { name: m.new_workshop_go({}, ru) }).click();
  await lead.waitForURL('**/lead');
  const workshopId = new URL(lead.url()).pathname.split('/')[2] ?? '';
  const { body: workshop } = {
    body: (await (await lead.request.get(`/api/v1/workshops/${workshopId}`)).json()) as Json,
  };

  // The door: by code on a laptop, by link on a phone and in Kyrgyz.
  const laptop = await person(browser, 'ru');
  await laptop.goto('/');
  await laptop.getByLabel(m.home_join_code({}, ru)).fill(workshop.joinCode.replace(/(...)/g, '$1 ').trim());
  await laptop.getByRole('button', { name: m.home_join_go({}, ru) }).click();
  await laptop.getByLabel(m.join_name({}, ru)).fill('Участник ИПР');
  await laptop.getByLabel(m.join_organisation({}, ru)).selectOption('Институт политики развития');
  await laptop.getByRole('button', { name: m.join_go({}, ru) }).click();
  await laptop.waitForURL(`**/w/${workshopId}`);
  const phone = await person(browser, 'ru', { width: 360, height: 740 });
  await phone.goto(workshop.joinUrl);
  await phone.getByLabel(m.join_organisation({}, ru)).selectOption('ГАМСУМО');
  await phone.getByRole('button', { name: m.join_go({}, ru) }).click();
  await phone.waitForURL(`**/w/${workshopId}`);
  const kyrgyz = await person(browser, 'ru');
  await kyrgyz.goto(workshop.joinUrl);
  await kyrgyz.getByRole('button', { name: 'Кыргызча' }).click();
  await kyrgyz.getByLabel(m.join_name({}, ky)).fill('Өкүл Үсөн');
  await kyrgyz.getByLabel(m.join_organisation({}, ky)).selectOption('Дирекция Союза МСУ');
  await kyrgyz.getByRole('button', { name: m.join_go({}, ky) }).click();
  await kyrgyz.waitForURL(`**/w/${workshopId}`);
  const screen = await person(browser, 'ru', { width: 1920, height: 1080 });
  await screen.goto(workshop.screenUrl);
  await expect(screen.getByText(CASE.title.ru).first()).toBeVisible();

  // The same person on a second device, by the code that the first one shows.
  await laptop.getByRole('button', { name: new RegExp(`^${m.board_me({}, ru)}(:|$)`) }).click();
  await laptop.getByRole('menuitem', { name: m.board_second_device({}, ru) }).click();
  const code = await laptop.getByLabel(m.join_recovery({}, ru)).inputValue();
  await laptop.keyboard.press('Escape');
  const second = await person(browser, 'ru', { width: 768, height: 1024 });
  await second.goto(workshop.joinUrl);
  await second.getByText(m.join_second_device({}, ru)).click();
  await second.getByLabel(m.join_recovery({}, ru)).fill(code);
  await second.getByRole('button', { name: m.join_recovery_go({}, ru) }).click();
  await second.waitForURL(`**/w/${workshopId}`);
  await second.context().close();

  // Stage by stage until the room writes.
  const collect = workshop.stages.find((stage: Json) => stage.kind === 'collect');
  for (const stage of workshop.stages) {
    const name = lead.getByRole('button', { name: new RegExp(`${stage.title.ru}$`) });
    await name.last().click();
    if (stage.id === collect.id) break;
  }
  await expect(laptop.getByRole('button', { name: m.board_new_note({}, ru) })).toBeVisible();

  // Typed by hand: double click on the laptop, the composer on the phone, in Kyrgyz with the key N.
  const [one, two, three] = swotNotes.filter((note) => note.zone === 'strengths').map((note) => note.text) as [
    string,
    string,
    string,
  ];
  const strengths = zoneOf(laptop, 'Сильные стороны');
  await strengths.dblclick({ position: { x: 160, y: 160 } });
  await laptop.keyboard.type(one);
  await laptop.keyboard.press('Escape');
  await expect(phone.getByText(one)).toBeVisible();
  const composer = phone.getByPlaceholder(m.board_composer_hint({}, ru));
  await composer.fill(two);
  await composer.press('Enter');
  await expect(laptop.getByText(two)).toBeVisible();
  await kyrgyz.keyboard.press('KeyN');
  await kyrgyz.keyboard.type(three);
  await kyrgyz.keyboard.press('Escape');
  await expect(laptop.getByText(three)).toBeVisible();

  // Pasted lines make several notes.
  const weaknesses = swotNotes
    .filter((note) => note.zone === 'weaknesses')
    .slice(0, 3)
    .map((note) => note.text);
  await phone.getByRole('tab', { name: /Слабые стороны/ }).click();
  for (const text of weaknesses) {
    await composer.fill(text);
    await composer.press('Enter');
    await expect(phone.getByText(text)).toBeVisible();
  }

  // A real mouse takes a note to another area, and drops one on another to group them.
  const box = async (text: string): Promise<{ x: number; y: number }> => {
    const at = await laptop.getByText(text).first().boundingBox();
    if (!at) throw new Error(`${text} is not on the board`);
    return { x: at.x + at.width / 2, y: at.y + at.height / 2 };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> => {
    await laptop.mouse.move(from.x, from.y);
    await laptop.mouse.down();
    await laptop.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
    await laptop.mouse.move(to.x, to.y, { steps: 6 });
    await laptop.mouse.up();
  };
  const opportunities = await zoneOf(laptop, 'Возможности').boundingBox();
  await drag(await box(one), { x: (opportunities?.x ?? 0) + 200, y: (opportunities?.y ?? 0) + 200 });
  await expect
    .poll(async () => (await boardNow()).notes.find((note: Json) => note.text === one)?.zone)
    .toBe('opportunities');
  await drag(await box(weaknesses[0] ?? ''), await box(weaknesses[1] ?? ''));
  await expect.poll(async () => (await boardNow()).groups.length).toBe(1);
  await expect(screen.getByText(one)).toBeVisible();

  async function boardNow(): Promise<Json> {
    return (await (await lead.request.get(`/api/v1/boards/${workshop.boards[0].id}`)).json()) as Json;
  }

  // A dots round: settings, opening, votes on phone and laptop, nothing to be seen meanwhile.
  await lead.getByRole('button', { name: m.lead_round_new({}, ru) }).click();
  await lead.getByLabel(m.lead_round_title({}, ru), { exact: true }).fill('Отбор приоритетных направлений');
  await lead.getByRole('radio', { name: /^Стикеры/ }).check({ force: true });
  await lead.getByRole('button', { name: m.lead_round_create({}, ru) }).click();
  await lead.getByRole('button', { name: m.lead_round_open({}, ru) }).click();
  await lead
    .getByRole('dialog')
    .or(lead.getByRole('alertdialog'))
    .getByRole('button', { name: m.lead_round_open({}, ru) })
    .click();
  await expect(give(laptop, one, 'ru')).toBeVisible();
  await give(laptop, one, 'ru').click();
  await give(laptop, two, 'ru').click();
  await expect(laptop.getByText(m.vote_state_saved({}, ru)).first()).toBeVisible();
  await give(phone, one, 'ru').tap();
  await expect(phone.getByText(m.vote_state_saved({}, ru)).first()).toBeVisible();
  await give(kyrgyz, one, 'ky').click();
  await expect(kyrgyz.getByText(m.vote_state_saved({}, ky)).first()).toBeVisible();
  await expect(lead.getByText(m.vote_turnout({ cast: 3, eligible: 3 }, ru)).first()).toBeVisible();
  const rounds = (await (await lead.request.get(`/api/v1/workshops/${workshopId}`)).json()) as Json;
  const open = (await (await lead.request.get(`/api/v1/rounds/${rounds.rounds[0].id}`)).json()) as Json;
  expect(open.result).toBeNull();

  await lead.getByRole('button', { name: m.lead_round_close({}, ru) }).click();
  await lead
    .getByRole('dialog')
    .or(lead.getByRole('alertdialog'))
    .getByRole('button', { name: m.lead_round_close({}, ru) })
    .click();
  for (const page of [laptop, phone, kyrgyz, screen]) await expect(page.getByText(one).first()).toBeVisible();
  const closed = (await (await lead.request.get(`/api/v1/rounds/${rounds.rounds[0].id}`)).json()) as Json;
  expect(closed.result.options[0]).toMatchObject({ text: one, dots: 3, voters: 3 });

  // The snapshot, by one button; into the draft, by one button of the secretariat.
  await staff.goto(`/w/${workshopId}/lead`);
  await staff.getByRole('button', { name: m.lead_snapshot_take({}, ru) }).click();
  await staff.getByRole('button', { name: m.lead_snapshot_insert({}, ru) }).click();
  await staff.getByLabel(m.lead_insert_name({}, ru)).fill(CASE.strategy.title.ru);
  await staff.getByRole('button', { name: m.lead_insert_do({}, ru) }).click();
  await staff.waitForURL('**/strategies/*', { timeout: 5_000 }).catch(async () => {
    const strategies = (await (await staff.request.get('/api/v1/strategies')).json()) as Json;
    await staff.goto(`/strategies/${strategies.items[0].id}`);
  });
  const editor = staff.locator('[contenteditable="true"]');
  await expect(editor).toContainText(one);
  await expect(editor.locator('table').first()).toContainText(two);
  await editor.click();
  await staff.keyboard.press('Control+End');
  await staff.keyboard.type(' Жазылды: Ң ң Ө ө Ү ү.');
  const colleague = await await staff.context().newPage();
  await colleague.goto(staff.url());
  await expect(colleague.locator('[contenteditable="true"]')).toContainText('Жазылды: Ң ң Ө ө Ү ү.');

  const strategyId = new URL(staff.url()).pathname.split('/').at(-1) ?? '';
  const word = await staff.request.get(`/api/v1/strategies/${strategyId}/export?format=docx`);
  expect(word.status()).toBe(200);
  const files = unzipSync(new Uint8Array(await word.body()));
  const xml = new TextDecoder().decode(files['word/document.xml']);
  const text = xml.replace(/<[^>]+>/g, '');
  for (const part of [one, two, three, ...weaknesses, 'Жазылды: Ң ң Ө ө Ү ү.']) expect(text).toContain(part);
  expect(xml.match(/<w:tbl>/g)?.length ?? 0).toBeGreaterThan(0);
});
