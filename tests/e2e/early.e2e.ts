/** A slow phone: the page is there, its script is not yet. What is done in between counts. */
import { expect, test } from '@playwright/test';
import { m } from '../../src/messages/messages.js';
import { accountClient } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

test('[U90] what is chosen at the door before the script has come stays chosen', async ({ page }) => {
  const ky = { locale: 'ky' } as const;
  const lead = accountClient(server, 'facilitator');
  const { body: workshop } = await lead.post('/workshops', { title: 'Семинар', template: 'swot' });
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
