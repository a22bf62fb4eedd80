/**
 * The room at tables in real browsers: the facilitator splits it, everybody's page goes to their own table by itself, other
 * tables are closed at every door, and in the end every note stands on the shared board and says where it is from.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, test, type Browser, type Page } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { readBoard } from '#core/board/read.ts';
import { m } from '#messages/messages.js';
import { boardRoom, note, PHONE, type BoardRoom } from './board-room.ts';
import { join, PASSWORD, type Client, type Json } from './client.ts';

const ru = { locale: 'ru' } as const;
const ky = { locale: 'ky' } as const;
let room: BoardRoom;
const open: { destroy(): void }[] = [];
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(async () => {
  for (const one of open) one.destroy();
  await room.close();
});

/** A member over the stock provider: what they hear of a document, or why they do not. */
function listen(token: string | null, name: string): { doc: Y.Doc; refused: Promise<string>; synced: Promise<void> } {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${room.server.port}/live`,
    WebSocketPolyfill: WebSocket,
  });
  const doc = new Y.Doc();
  let refused: (reason: string) => void;
  let synced: () => void;
  const heard = {
    doc,
    refused: new Promise<string>((r) => (refused = r)),
    synced: new Promise<void>((r) => (synced = r)),
  };
  const provider = new HocuspocusProvider({
    ...{ websocketProvider, name, token: token ?? '', document: doc },
    onAuthenticationFailed: ({ reason }) => refused(reason),
    onSynced: () => synced(),
  });
  provider.attach();
  open.push(provider, websocketProvider);
  return heard;
}

/** How the y-websocket door closes on somebody. */
function yjsCode(token: string | null, document: string): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${room.server.port}/yjs/${document}?token=${token}`);
  return new Promise((resolve, reject) => {
    socket.on('close', (code) => resolve(code));
    socket.on('error', reject);
  });
}

async function leadIn(browser: Browser, workshop: Json, email: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: room.server.url });
  await context.addCookies([{ name: 'lang', value: 'ru', url: room.server.url }]);
  const page = await context.newPage();
  await page.goto(`/signin?next=/w/${workshop.id}/lead`);
  await page.getByLabel(m.account_email({}, ru)).fill(email);
  await page.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await page.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await page.waitForURL((url) => url.pathname !== '/signin', { waitUntil: 'commit' });
  await page.goto(`/w/${workshop.id}/lead`);
  return page;
}

test('[U70] the room goes to tables and back: each page by itself, other tables closed, every note says its table', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const workshop = await room.workshop();
  const laptop = await room.enter(browser, workshop, 'Один');
  const phone = await room.enter(browser, workshop, 'Эки', { ...PHONE, lang: 'ky' });
  const members: (Client & { participantId: string })[] = [];
  for (const organisation of ['ГАМСУМО', 'Институт', 'Институт'])
    members.push(await join(room.server, workshop.joinCode, { organisation }));
  const lead = await leadIn(browser, workshop, (room.leader as unknown as { email: string }).email);
  const wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'ru' })).newPage();
  await wall.goto(`${workshop.screenUrl}&lang=ru`);

  // Split by one dialog: the pages of both go to their own table without being touched.
  await lead.getByRole('button', { name: m.table_split({}, ru) }).click();
  const dialog = lead.getByRole('dialog');
  await dialog.getByRole('spinbutton', { name: m.table_count({}, ru) }).fill('2');
  await dialog.getByRole('button', { name: m.table_split({}, ru) }).click();
  const mine = async (page: Page): Promise<Json> =>
    (await page.request.get(`${room.server.url}/api/v1/workshops/${workshop.id}/tables`)).json();
  const [first, second] = (await mine(lead)).tables as [Json, Json];
  expect([first.people, second.people].sort()).toEqual([2, 3]);
  const atLaptop = (await mine(laptop)).mine;
  const atPhone = (await mine(phone)).mine;
  await expect(laptop.getByText(m.table_yours({ table: atLaptop.name }, ru))).toBeVisible();
  await expect(phone.getByText(m.table_yours({ table: atPhone.name }, ky))).toBeVisible();
  await expect(wall.getByRole('heading', { name: m.table_screen({}, ru) })).toBeVisible();
  await expect(wall.getByText(first.name)).toBeVisible();

  // Each writes at their table; who sits elsewhere is shut out by either socket and by the API.
  await laptop.locator('.canvas').waitFor();
  await laptop.keyboard.press('n');
  await laptop.keyboard.type('с ноутбука');
  await laptop.keyboard.press('Escape');
  await phone.locator('#composer').fill('телефондон');
  await phone.locator('#composer').press('Enter');
  const tableOf = (board: string): Json => (board === first.boardId ? first : second);
  const inside = members.find(({ participantId }) => tableOf(atLaptop.boardId).seated.includes(participantId));
  const outside = members.find(({ participantId }) => !tableOf(atLaptop.boardId).seated.includes(participantId));
  if (!inside || !outside) throw new Error('nobody to look');
  const seen = listen(inside.token, `board/${atLaptop.boardId}`);
  await seen.synced;
  await expect.poll(() => readBoard(seen.doc).notes.map(({ text }) => text)).toContain('с ноутбука');
  expect(await listen(outside.token, `board/${atLaptop.boardId}`).refused).toBe('not-found');
  expect(await yjsCode(outside.token, `board/${atLaptop.boardId}`)).toBe(4403);
  expect((await outside.get(`/boards/${atLaptop.boardId}`)).status).toBe(404);
  const late = await join(room.server, workshop.joinCode, {});
  expect((await late.get(`/workshops/${workshop.id}/tables`)).body.mine.id).toBe(
    first.people < second.people ? first.id : second.id,
  );

  // The facilitator sees how far they are, and visits.
  const card = lead.locator('.card', { hasText: m.table_title({}, ru) });
  await expect(card.getByText(m.table_notes({ count: 1 }, ru)).first()).toBeVisible();
  await card.getByRole('link', { name: `${m.table_visit({}, ru)}: ${atLaptop.name}` }).click();
  await expect(lead.getByText(m.table_guest({ table: atLaptop.name }, ru))).toBeVisible();
  await expect(note(lead, 'с ноутбука')).toBeVisible();
  await lead.goBack();

  // Moved to the other table, a page goes along; then everybody is back on one board with every note.
  await room.leader.put(`/workshops/${workshop.id}/tables/seats`, {
    ...{
      participantId: (
        await lead.request.get(`${room.server.url}/api/v1/workshops/${workshop.id}/participants`).then((r) => r.json())
      ).find(({ name }: Json) => name === 'Один').id,
    },
    tableId: atLaptop.id === first.id ? second.id : first.id,
  });
  const other = atLaptop.id === first.id ? second : first;
  await expect(laptop.getByText(m.table_yours({ table: other.name }, ru))).toBeVisible();
  await card.getByRole('button', { name: m.table_end({}, ru) }).click();
  await lead
    .getByRole('alertdialog')
    .or(lead.getByRole('dialog'))
    .getByRole('button', { name: m.table_end({}, ru) })
    .click();
  await expect(lead.getByRole('button', { name: m.table_split({}, ru) })).toBeVisible();
  await expect(laptop.getByText(m.table_yours({ table: other.name }, ru))).toBeHidden();
  await expect(note(laptop, 'с ноутбука')).toContainText(atLaptop.name);
  await expect(note(laptop, 'телефондон')).toContainText(atPhone.name);
  await expect(phone.locator('.row-note', { hasText: 'с ноутбука' })).toContainText(atLaptop.name);
  await expect(wall.getByRole('heading', { name: m.table_screen({}, ru) })).toBeHidden();
  await laptop.keyboard.press('n');
  await laptop.keyboard.type('снова вместе');
  await laptop.keyboard.press('Escape');
  await expect(phone.locator('.row-note', { hasText: 'снова вместе' })).toBeVisible();
});

test('[U71] materials: a picture and a PDF are added, opened by people, and shown slide by slide on the wall', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const workshop = await room.workshop();
  const laptop = await room.enter(browser, workshop, 'Один');
  const lead = await leadIn(browser, workshop, (room.leader as unknown as { email: string }).email);
  const wall = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'ru' })).newPage();
  await wall.goto(`${workshop.screenUrl}&lang=ru`);
  const picture = await laptop.screenshot();
  await lead
    .getByLabel(m.material_file({}, ru), { exact: true })
    .last()
    .setInputFiles([
      { name: 'Слайд 1.png', mimeType: 'image/png', buffer: picture },
      { name: 'Слайд 2.png', mimeType: 'image/png', buffer: picture },
      { name: 'Отчёт.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 sample') },
    ]);
  await expect(lead.getByRole('link', { name: 'Отчёт.pdf' })).toBeVisible();
  await laptop.getByRole('button', { name: m.material_open({}, ru) }).click();
  const link = laptop.getByRole('link', { name: 'Отчёт.pdf' });
  await expect(link).toBeVisible();
  const opened = await laptop.request.get(new URL((await link.getAttribute('href')) ?? '', room.server.url).href);
  expect(opened.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  });
  expect(opened.headers()['content-disposition']).toMatch(/^attachment/);
  const stranger = await browser.newContext();
  expect((await stranger.request.get(opened.url())).status()).toBe(401);

  await lead.getByRole('button', { name: m.material_show({}, ru), exact: true }).click();
  await expect(wall.getByRole('img', { name: 'Слайд 1.png' })).toBeVisible();
  expect(await wall.getByRole('img', { name: 'Слайд 1.png' }).boundingBox()).toMatchObject({
    width: 1920,
    height: 1080,
  });
  await lead.getByRole('button', { name: m.material_next({}, ru) }).click();
  await expect(wall.getByRole('img', { name: 'Слайд 2.png' })).toBeVisible();
  await lead.getByRole('button', { name: m.material_previous({}, ru) }).click();
  await expect(wall.getByRole('img', { name: 'Слайд 1.png' })).toBeVisible();
  await lead.getByRole('button', { name: m.material_hide({}, ru) }).click();
  await expect(wall.getByRole('img', { name: 'Слайд 1.png' })).toBeHidden();
  await lead
    .getByLabel(m.material_file({}, ru), { exact: true })
    .last()
    .setInputFiles([{ name: 'picture.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="alert(1)">') }]);
  await expect(lead.getByText(m.refusal_file_type_unknown({}, ru))).toBeVisible();
});
