/** A weak network: a page whose script is not there yet, and a reload while nothing can be reached. */
import { expect, test } from '@playwright/test';
import { m } from '../../src/messages/messages.js';
import { boardRoom, PHONE, type BoardRoom } from './board-room.ts';

let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

test('[U90] what is chosen at the door before the script has come stays chosen', async ({ page }) => {
  const ky = { locale: 'ky' } as const;
  const workshop = await room.workshop();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(workshop.joinUrl, { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Кыргызча' }).click();
  const name = page.getByLabel(m.join_name({}, ky));
  await name.fill('Өкүл');
  await page.getByLabel(m.join_organisation({}, ky)).selectOption({ label: m.join_organisation_other({}, ky) });
  release();
  // The script shows this field for the choice that was made before it came.
  const other = page.getByLabel(m.join_organisation_other_name({}, ky));
  await other.fill('Ош айылдык кеңеши');
  await expect(name).toHaveValue('Өкүл');
  await page.getByRole('button', { name: m.join_go({}, ky) }).click();
  await page.waitForURL(`**/w/${workshop.id}`, { waitUntil: 'commit' });
});

test('[U91] a reload while the server cannot be reached keeps the board, and what is written then arrives', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const workshop = await room.workshop();
  const phone = await room.enter(browser, workshop, 'GAMSUMO', PHONE);
  const composer = phone.locator('#composer');
  await composer.fill('до обрыва');
  await composer.press('Enter');
  await expect(phone.locator('.row-note', { hasText: 'до обрыва' })).toBeVisible();
  // The worker keeps the page when it has time.
  const kept = () =>
    phone.evaluate(async () => {
      const pages = await (await caches.open('ashar-pages')).keys();
      const files = (await caches.keys()).filter((name) => name.startsWith('ashar-assets-'));
      return pages.length > 0 && files.length > 0;
    });
  await expect.poll(kept, { timeout: 60_000 }).toBe(true);
  await expect(phone.locator('.connection')).not.toContainText('не отправлено');
  await room.server.kill();
  await phone.reload();
  await expect(phone.locator('.row-note', { hasText: 'до обрыва' })).toBeVisible();
  await composer.fill('без сервера');
  await composer.press('Enter');
  await expect(phone.locator('.row-note', { hasText: 'без сервера' })).toBeVisible();
  await room.server.restart();
  const notesOf = async (): Promise<string> =>
    JSON.stringify((await room.leader.get(`/boards/${workshop.boards[0].id}`)).body);
  await expect.poll(notesOf, { timeout: 60_000 }).toContain('без сервера');
  expect(await notesOf()).toContain('до обрыва');
});
