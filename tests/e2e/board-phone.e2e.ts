/** The board on a phone of 360 pixels, by touch; and what a change by others costs on the screen. */
import { expect, test } from '@playwright/test';
import { boardRoom, note, notes, PHONE, type BoardRoom } from './board-room.ts';

let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

test('[U17] a phone writes into lists: composer, sheet, order, group, area, and delete with a way back', async ({
  browser,
}) => {
  const workshop = await room.workshop();
  const desk = await room.enter(browser, workshop, 'GAMSUMO');
  const phone = await room.enter(browser, workshop, 'Helvetas', { ...PHONE, lang: 'ky' });
  const rows = phone.locator('.row-note');
  for (const text of ['Биринчи', 'Экинчи', 'Үчүнчү']) {
    await phone.locator('#composer').fill(text);
    await phone.locator('#composer').press('Enter');
    await expect(note(desk, text)).toBeVisible();
  }
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  for (const target of await phone.locator('button:visible, [role="tab"]').all()) {
    const box = await target.boundingBox();
    if (box) expect(box.height, await target.innerText()).toBeGreaterThanOrEqual(43.9);
  }
  await rows.nth(2).tap();
  await phone.getByRole('button', { name: 'Өйдө' }).tap();
  await expect(rows.nth(1)).toContainText('Үчүнчү');
  await phone.getByRole('button', { name: 'Башкасы менен бириктирүү' }).tap();
  await phone.getByRole('dialog').getByRole('button', { name: 'Биринчи' }).tap();
  await expect(desk.locator('.frame')).toHaveCount(1);
  await phone.locator('.row-note', { hasText: 'Экинчи' }).tap();
  await phone.getByRole('button', { name: 'Коркунучтар' }).tap();
  await phone.getByRole('button', { name: 'Даяр', exact: true }).tap();
  await expect(phone.getByRole('tab', { name: /Коркунучтар/ })).toContainText('1');
  await phone.getByRole('tab', { name: /Коркунучтар/ }).tap();
  await rows.first().tap();
  await phone.getByRole('button', { name: 'Өчүрүү' }).tap();
  await expect(notes(desk)).toHaveCount(2);
  await phone.getByRole('button', { name: 'Кайтаруу' }).tap();
  await expect(notes(desk)).toHaveCount(3);
});

test('[U18] a note moved by somebody else draws that note again and no other; 300 notes stay smooth', async ({
  page,
}) => {
  await page.goto(`${room.server.url}/gallery/board?quiet&notes=300`);
  await expect(notes(page)).toHaveCount(300);
  const touched = await page.evaluate(async () => {
    const { remoteMove } = window as unknown as { remoteMove: (at: number) => void };
    const seen = new Set<string>();
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const item = element?.closest<HTMLElement>('[data-item]')?.dataset['item'];
        if (item) seen.add(item);
      }
    });
    const world = document.querySelector('.world');
    if (world) observer.observe(world, { subtree: true, childList: true, attributes: true, characterData: true });
    remoteMove(8);
    await new Promise((resolve) => setTimeout(resolve, 400));
    return [...seen];
  });
  expect(touched).toEqual([
    await page.evaluate(() => (window as unknown as { noteId: (at: number) => string }).noteId(8)),
  ]);
});

test('[U19] a finger drags a note on a touch laptop; two fingers zoom', async ({ browser }) => {
  const page = await room.enter(browser, await room.workshop(), 'GAMSUMO', { hasTouch: true });
  await page.keyboard.press('n');
  await page.keyboard.type('пальцем');
  await page.keyboard.press('Escape');
  const before = await note(page, 'пальцем').boundingBox();
  const from = { x: (before?.x ?? 0) + 40, y: (before?.y ?? 0) + 40 };
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: { x: number; y: number; id?: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  await touch('touchStart', [from]);
  for (let step = 1; step <= 8; step += 1) await touch('touchMove', [{ x: from.x + 20 * step, y: from.y + 10 * step }]);
  await touch('touchEnd', []);
  await expect
    .poll(async () => Math.round(((await note(page, 'пальцем').boundingBox())?.x ?? 0) - (before?.x ?? 0)))
    .toBe(160);
  const zoom = await page.locator('.zoom').innerText();
  await touch('touchStart', [
    { x: 600, y: 500, id: 1 },
    { x: 700, y: 500, id: 2 },
  ]);
  for (let step = 1; step <= 5; step += 1)
    await touch('touchMove', [
      { x: 600 - 20 * step, y: 500, id: 1 },
      { x: 700 + 20 * step, y: 500, id: 2 },
    ]);
  await touch('touchEnd', []);
  await expect(page.locator('.zoom')).not.toHaveText(zoom);
});
