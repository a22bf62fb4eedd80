/**
 * Who may what, as people meet it on their screens: the second factor at sign-in, places where one is signed in, another
 * role given while somebody looks, a person erased, the log of it; and no page that breaks its own content policy.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { m } from '#messages/messages.js';
import { accountClient, join, PASSWORD, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

const ru = { locale: 'ru' } as const;
let server: RunningServer;
let admin: Client & { email: string };
let staff: Client & { email: string };
test.beforeAll(async () => {
  server = await startServer();
  admin = accountClient(server, 'admin');
  staff = accountClient(server, 'staff');
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

/** Everything that the page's policy stopped, with where. */
async function watchPolicy(page: Page): Promise<string[]> {
  const stopped: string[] = [];
  await page.exposeFunction('policyStopped', (what: string) => stopped.push(what));
  await page.addInitScript(() =>
    document.addEventListener(
      'securitypolicyviolation',
      ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) =>
        (globalThis as unknown as { policyStopped(what: string): void }).policyStopped(
          `${location.pathname}: ${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`,
        ),
    ),
  );
  return stopped;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${server.url}/signin?lang=ru`);
  await page.getByLabel(m.account_email({}, ru)).fill(email);
  await page.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await page.getByRole('button', { name: m.signin_go({}, ru) }).click();
}

async function workshopWithPeople(): Promise<Json> {
  const made = (await admin.post('/workshops', { title: 'Сессия', template: 'swot', languages: ['ky', 'ru'] })).body;
  const stage = made.stages.find((one: Json) => one.kind === 'collect');
  await admin.post(`/workshops/${made.id}/stage`, { stageId: stage.id });
  const person = await join(server, made.joinCode, { name: 'Участник Первый', organisation: 'GAMSUMO' });
  for (const [at, text] of ['Дороги', 'Вода', 'Кадры'].entries()) {
    const zone = made.boards[0].zones[at].id;
    expect((await person.post(`/boards/${made.boards[0].id}/notes`, { zone, text, clientKey: text })).status).toBe(201);
  }
  return made;
}

test('[R81] no page breaks its own content policy, which allows no inline script and no inline style', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const stopped = await watchPolicy(page);
  const workshop = await workshopWithPeople();
  const round = (
    await admin.post(`/workshops/${workshop.id}/rounds`, {
      boardId: workshop.boards[0].id,
      ...{ title: 'Отбор', of: 'notes', method: { kind: 'dots', budget: 3 } },
    })
  ).body;
  await admin.post(`/rounds/${round.id}/open`);
  const strategy = (
    await staff.post('/strategies', { title: 'Стратегия', periodStart: 2020, periodEnd: 2025, languages: ['ru'] })
  ).body;
  const paths = ['/', '/help', '/help/secrecy', '/help/privacy', `/join/${workshop.joinCode}`, '/signin'];
  const check = async (path: string): Promise<void> => {
    const response = await page.goto(`${server.url}${path}`);
    const policy = (await response?.headerValue('content-security-policy')) ?? '';
    expect(policy, path).toMatch(/script-src 'self' 'nonce-/);
    expect(policy, path).not.toMatch(/unsafe-(inline|eval)/);
    expect(policy, path).toContain("frame-ancestors 'none'");
    await expect(page.locator('main, [role="main"], .canvas, h1').first()).toBeVisible();
    // The page's own script has taken over.
    await expect(page.locator('style[data-served]')).toHaveCount(0);
  };
  for (const path of paths) await check(path);
  await signIn(page, admin.email);
  await expect(page).toHaveURL(/\/my/);
  const w = `/w/${workshop.id}`;
  for (const path of ['/my', '/account', '/admin', '/admin/audit', '/workshops/new', '/strategies/new', w])
    await check(path);
  for (const path of [`${w}/lead`, `${w}/results`, `${w}/screen`, `${w}/desk`, `${w}/data`]) await check(path);
  await check(`/strategies/${strategy.id}`);
  await expect(page.locator('.ProseMirror')).toBeVisible();
  // A board that is used: a note written, moved by the keyboard, a menu opened.
  await check(w);
  await expect(page.locator('.place').first()).toBeVisible();
  expect(stopped).toEqual([]);
});

test('[R65, R62, R64] a second factor at sign-in, sessions on a list, another role while somebody looks', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  await signIn(page, staff.email);
  await expect(page).toHaveURL(/\/my/);
  await page.goto(`${server.url}/account`);
  await page.getByRole('button', { name: m.trust_second_start({}, ru) }).click();
  const secret = await page.getByLabel(m.trust_second_secret({}, ru)).inputValue();
  const totp = new TOTP({ secret });
  await page.getByLabel(m.trust_second_code({}, ru)).fill(totp.generate());
  await page.getByRole('button', { name: m.trust_second_confirm({}, ru) }).click();
  await expect(page.locator('ol li')).toHaveCount(10);
  const recovery = (await page.locator('ol li').first().innerText()).replace(/\s/g, '');

  const other = await (await browser.newContext()).newPage();
  await signIn(other, staff.email);
  await expect(other.getByRole('status')).toContainText(m.refusal_second_factor_needed({}, ru));
  await other.getByLabel(m.trust_second_code({}, ru)).fill(recovery);
  await other.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await expect(other).toHaveURL(/\/my/);

  // Seen and ended from the first place.
  await page.goto(`${server.url}/account`);
  await expect(page.getByText(m.trust_session_here({}, ru))).toBeVisible();
  await page.getByRole('button', { name: m.trust_session_end({}, ru), exact: true }).click();
  await expect(page.getByRole('button', { name: m.trust_session_end({}, ru), exact: true })).toHaveCount(0);
  await other.reload();
  await expect(other).toHaveURL(/\/signin/);

  // Another role, from the administrator's screen.
  const boss = await (await browser.newContext()).newPage();
  await signIn(boss, admin.email);
  await expect(boss).toHaveURL(/\/my/);
  await boss.goto(`${server.url}/admin`);
  await boss
    .getByRole('listitem')
    .filter({ hasText: staff.email })
    .getByRole('link', { name: m.trust_manage({}, ru) })
    .click();
  await boss.getByLabel(m.account_role({}, ru)).selectOption('facilitator');
  await boss.getByRole('button', { name: m.trust_role_change({}, ru) }).click();
  await expect(boss.getByText(m.trust_sessions_none({}, ru))).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/\/signin/);

  await boss.goto(`${server.url}/admin/audit`);
  await expect(boss.getByText(m.trust_audit_whole({}, ru))).toBeVisible();
  await expect(boss.getByText('accounts.changeRole')).toBeVisible();
  await expect(boss.getByText('account.secondFactorOn')).toBeVisible();
  await boss.setViewportSize({ width: 360, height: 740 });
  for (const path of ['/account', '/admin', '/admin/audit', '/help/privacy']) {
    await boss.goto(`${server.url}${path}?lang=ky`);
    await expect(boss.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await boss.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
    const { violations } = await new AxeBuilder({ page: boss }).analyze();
    expect(violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
});

test('[R70] a person is erased from the page of the workshop: the name is nowhere, the notes stay', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const workshop = await workshopWithPeople();
  await signIn(page, admin.email);
  await expect(page).toHaveURL(/\/my/);
  await page.goto(`${server.url}/w/${workshop.id}/data`);
  const row = page.getByRole('listitem').filter({ hasText: 'Участник Первый' });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('link', { name: m.trust_person_data({}, ru) }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('ashar-person.json');
  await row.getByRole('button', { name: m.trust_person_erase({}, ru) }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: m.trust_person_erase({}, ru) })
    .click();
  await expect(page.getByText('Участник Первый')).toHaveCount(0);
  await page.goto(`${server.url}/w/${workshop.id}`);
  await expect(page.locator('.place').filter({ hasText: 'Дороги' })).toBeVisible();
});
