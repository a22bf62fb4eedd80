/**
 * Documents from the facilitator's page: the particulars of the minutes are typed once and stand in the file, every format
 * of the list comes as what it says, a download that is called off leaves everything as it was.
 */
import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { m } from '#messages/messages.js';
import { accountClient, PASSWORD, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

const ru = { locale: 'ru' } as const;
const NOTE = 'Өзгөчө стикер: бюджет жана кадрлар';
let server: RunningServer;
let lead: Client & { email: string };
let workshop: Json;
test.beforeAll(async () => {
  server = await startServer();
  lead = accountClient(server, 'facilitator');
  workshop = (await lead.post('/workshops', { title: 'Сессия', template: 'swot', languages: ['ru', 'ky'] })).body;
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  await lead.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id });
  const [board] = workshop.boards;
  const note = { zone: board.zones[0].id, text: NOTE, clientKey: 'one' };
  expect((await lead.post(`/boards/${board.id}/notes`, note)).status).toBe(201);
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

async function file(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download', { timeout: 90_000 }), press()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function more(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: m.lead_download_more({}, ru) }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

test('[D29] results and minutes come from the page in the formats of the list; what is typed for the minutes stands in them', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await page.goto(`${server.url}/signin?lang=ru`);
  await page.getByLabel(m.account_email({}, ru)).fill(lead.email);
  await page.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await page.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await page.waitForURL(/\/my/, { waitUntil: 'commit' });
  await page.goto(`${server.url}/w/${workshop.id}/lead?lang=ru`);

  await more(page, m.minutes_edit({}, ru));
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(m.minutes_number({}, ru)).fill('17');
  await dialog.getByLabel(m.minutes_place({}, ru)).fill('г. Бишкек, зал Өнүгүү');
  await dialog.getByRole('button', { name: m.minutes_save({}, ru) }).click();
  await expect(dialog).toBeHidden();

  const word = await file(page, () => page.getByRole('button', { name: m.lead_download_word({}, ru) }).click());
  expect(word.name).toMatch(/^ashar_results_.*\.docx$/);
  expect(strFromU8(unzipSync(word.bytes)['word/document.xml'] ?? new Uint8Array())).toContain(NOTE);
  const minutes = await file(page, () => more(page, m.doc_minutes_as({ format: 'Markdown' }, ru)));
  expect(minutes.bytes.toString('utf8')).toContain('зал Өнүгүү');
  expect(minutes.bytes.toString('utf8')).toContain('17');
  const heads: readonly (readonly [string, string])[] = [
    ['PDF', '%PDF-'],
    ['Excel', 'PK'],
    ['PNG', '\u0089PNG'],
  ];
  for (const [format, head] of heads) {
    const got = await file(page, () => more(page, format));
    expect(got.bytes.subarray(0, head.length).toString('latin1')).toBe(head);
  }
});
