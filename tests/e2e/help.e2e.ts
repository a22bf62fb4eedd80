/** Help, and the page on secrecy: reached, readable on a phone, true to the keys that are bound; and a file brought in by page. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { SHORTCUTS } from '../../src/lib/board/shortcuts.ts';
import { accountClient, PASSWORD } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const LANGUAGES = ['ky', 'ru', 'en'] as const;
const SAMPLE = 'static/samples/union-2020.json';

test('[U60] help and secrecy are found from the landing, and have every key of the board', async ({ page }) => {
  await page.goto(`${server.url}/?lang=en`);
  await page.getByRole('contentinfo').getByRole('link', { name: 'Help' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible();
  // A message, though the list hides it: it takes its language.
  const english = (say: () => string): string =>
    (say as (inputs: object, options: { locale: 'en' }) => string)({}, { locale: 'en' });
  for (const { title } of SHORTCUTS)
    await expect(page.getByRole('heading', { name: english(title), exact: true })).toBeVisible();
  await expect(page.locator('#keys dt')).toHaveCount(SHORTCUTS.flatMap(({ list }) => list).length);
  await page.getByRole('link', { name: 'Read how it works' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'How secret is the vote?' })).toBeVisible();
  await expect(page.getByRole('table')).toContainText('only how many have voted');
});

for (const language of LANGUAGES)
  test(`[U60] help and secrecy fit a phone and have no fault that axe knows (${language})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/help', '/help/secrecy']) {
      await page.goto(`${server.url}${path}?lang=${language}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(
        (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      ).toEqual([]);
    }
  });

test('[U61] a file comes in by the page; a bad one is refused by its place, in the language that the address once named', async ({
  page,
}) => {
  const staff = accountClient(server, 'staff');
  await page.goto(`${server.url}/signin?lang=ky&to=%2Fmy`);
  await page.locator('input[name=email]').fill(staff.email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(/\/my$/);
  await page.waitForLoadState('networkidle');
  const bad = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  delete bad.boards[2].notes[3].zone;
  await page.setInputFiles('input[type=file]', {
    name: 'bad.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(bad)),
  });
  const news = page.getByRole('status').filter({ hasText: 'boards.2.notes.3.zone' });
  await expect(news).toContainText('Файл жүктөлгөн жок');
  await page.setInputFiles('input[type=file]', {
    name: 'bad.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{'),
  });
  await expect(page.getByRole('status').filter({ hasText: 'бул JSON эмес' })).toBeVisible();
  await page.setInputFiles('input[type=file]', SAMPLE);
  await page.waitForURL(/\/w\/[^/]+\/lead/);
});
