/** The board on a wide screen, with two people in two browsers: typing together, a real mouse, the keyboard alone, no network. */
import { expect, test } from '@playwright/test';
import { area, boardRoom, drag, note, notes, write, type BoardRoom } from './board-room.ts';

let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

test('[U10] two people write in one note at once, and each takes back their own words only', async ({ browser }) => {
  const workshop = await room.workshop();
  const [one, two] = [
    await room.enter(browser, workshop, 'GAMSUMO'),
    await room.enter(browser, workshop, 'Helvetas', { lang: 'ky' }),
  ];
  await write(one, 0, [60, 90], 'опыт');
  await expect(note(two, 'опыт')).toBeVisible();
  await note(one, 'опыт').dblclick();
  await note(two, 'опыт').dblclick();
  await expect(one.getByText('Helvetas', { exact: false }).first()).toBeVisible();
  await two.keyboard.press('Control+Home');
  await Promise.all([one.keyboard.type(' команды', { delay: 20 }), two.keyboard.type('Чоң ', { delay: 25 })]);
  await expect(one.locator('.place textarea')).toHaveValue('Чоң опыт команды');
  await expect(two.locator('.place textarea')).toHaveValue('Чоң опыт команды');
  await one.keyboard.press('Control+z');
  await expect(two.locator('.place textarea')).toHaveValue('Чоң опыт');
  await one.keyboard.press('Control+Shift+z');
  await expect(two.locator('.place textarea')).toHaveValue('Чоң опыт команды');
});

test('[U11] a note dragged with the mouse is elsewhere for everybody; on another note it makes a group with a name', async ({
  browser,
}) => {
  const workshop = await room.workshop();
  const [one, two] = [await room.enter(browser, workshop, 'GAMSUMO'), await room.enter(browser, workshop, 'Helvetas')];
  await write(one, 0, [40, 90], 'первая');
  await write(one, 0, [340, 90], 'вторая');
  await drag(one, note(one, 'первая'), area(one, 3), [300, 160]);
  const threats = await area(two, 3).boundingBox();
  await expect.poll(async () => (await note(two, 'первая').boundingBox())?.y ?? 0).toBeGreaterThan(threats?.y ?? 0);
  // Escape puts back what is held.
  const before = await note(one, 'вторая').boundingBox();
  await one.mouse.move((before?.x ?? 0) + 20, (before?.y ?? 0) + 20);
  await one.mouse.down();
  await one.mouse.move((before?.x ?? 0) + 200, (before?.y ?? 0) + 120, { steps: 5 });
  await one.keyboard.press('Escape');
  await one.mouse.up();
  await expect
    .poll(async () => Math.round((await note(one, 'вторая').boundingBox())?.x ?? 0))
    .toBe(Math.round(before?.x ?? -1));
  await drag(one, note(one, 'вторая'), note(one, 'первая'), [60, 50]);
  await one.keyboard.type('Угрозы изнутри');
  await one.keyboard.press('Enter');
  await expect(two.locator('.frame h3')).toHaveText('Угрозы изнутри');
  await one.keyboard.press('Control+z');
  await one.keyboard.press('Control+z');
  await expect(two.locator('.frame')).toHaveCount(0);
});

test('[U12] by the keyboard alone: write, choose, colour, move to an area, group, delete, take back', async ({
  browser,
}) => {
  const page = await room.enter(browser, await room.workshop(), 'GAMSUMO');
  for (const text of ['раз', 'два']) {
    await page.keyboard.press('n');
    await page.keyboard.type(text);
    await page.keyboard.press('Escape');
    await expect(note(page, text)).toBeFocused();
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowLeft');
  await expect(note(page, 'раз')).toBeFocused();
  await page.keyboard.press('Space');
  const before = await note(page, 'раз').boundingBox();
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await note(page, 'раз').boundingBox())?.y ?? 0).toBeGreaterThan((before?.y ?? 0) + 20);
  await page.keyboard.press('c');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(note(page, 'раз').getByRole('img', { name: 'Розовый' })).toBeAttached();
  await page.keyboard.press('m');
  await page.getByRole('menuitemradio', { name: 'Угрозы' }).press('Enter');
  const threats = await area(page, 3).boundingBox();
  await expect.poll(async () => (await note(page, 'раз').boundingBox())?.y ?? 0).toBeGreaterThan(threats?.y ?? 0);
  await expect(note(page, 'раз')).toBeFocused();
  await page.keyboard.press('g');
  await page.getByRole('dialog').getByRole('button', { name: 'два' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.locator('.frame')).toHaveCount(1);
  await note(page, 'раз').focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Delete');
  await expect(notes(page)).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(notes(page)).toHaveCount(2);
  await page.keyboard.press('Shift+Slash');
  await expect(page.getByRole('dialog', { name: 'Клавиши' })).toBeVisible();
});

test('[U13] pasted lines become notes, more than 30 after asking', async ({ browser }) => {
  const page = await room.enter(browser, await room.workshop(), 'GAMSUMO');
  const paste = (lines: number) =>
    page.evaluate((count) => {
      const data = new DataTransfer();
      data.setData('text/plain', Array.from({ length: count }, (_, at) => `- строка ${at + 1}`).join('\n'));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
    }, lines);
  await paste(3);
  await expect(notes(page)).toHaveCount(3);
  await expect(note(page, 'строка 2')).toBeVisible();
  await paste(40);
  await page.getByRole('button', { name: 'Добавить стикеры' }).click();
  await expect(notes(page)).toHaveCount(43);
  await expect(page.locator('.connection[data-state="live"]')).not.toContainText('не отправлено');
});

test('[U14] without network one goes on writing: the badge counts, a closed page loses nothing', async ({
  browser,
}) => {
  const workshop = await room.workshop();
  const [one, two] = [await room.enter(browser, workshop, 'GAMSUMO'), await room.enter(browser, workshop, 'Helvetas')];
  await write(one, 0, [60, 90], 'до обрыва');
  await expect(note(two, 'до обрыва')).toBeVisible();
  await one.context().setOffline(true);
  await write(one, 1, [60, 90], 'без связи');
  await write(one, 2, [60, 90], 'и ещё');
  await expect(one.locator('.connection')).toContainText('2 не отправлено');
  await write(two, 3, [60, 90], 'тем временем');
  await expect(notes(two)).toHaveCount(2);
  // The page is closed before the network is back: what was written waits on the device.
  const context = one.context();
  const address = one.url();
  await one.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);
  await expect(notes(two)).toHaveCount(4);
  await expect(notes(again)).toHaveCount(4);
  await expect(again.locator('.connection')).not.toContainText('не отправлено');
});

test('[U15] what was written against a lock is not shown as saved: its words are kept for their writer', async ({
  browser,
}) => {
  const workshop = await room.workshop();
  const [one, two] = [await room.enter(browser, workshop, 'GAMSUMO'), await room.enter(browser, workshop, 'Helvetas')];
  await one.context().setOffline(true);
  await write(one, 0, [60, 90], 'опоздавшая мысль');
  await room.stage(workshop, { locked: true });
  await one.context().setOffline(false);
  await expect(one.getByText('Написанное не принято')).toBeVisible();
  await expect(one.locator('.banner textarea')).toHaveValue('опоздавшая мысль');
  await expect(notes(one)).toHaveCount(0);
  await expect(one.getByText('Модератор закрыл доску для правки', { exact: false })).toBeVisible();
  // Unlocked, everybody writes again, and the refused note does not come back by itself.
  await room.stage(workshop, { locked: false });
  await expect(one.getByRole('button', { name: 'Новый стикер' })).toBeVisible();
  await write(one, 0, [60, 90], 'снова');
  await expect(note(two, 'снова')).toBeVisible();
  await expect(notes(two)).toHaveCount(1);
});

test('[U16] in private writing only I see my notes, until the reveal', async ({ browser }) => {
  const workshop = await room.workshop();
  await room.stage(workshop, { private: true });
  const [one, two] = [await room.enter(browser, workshop, 'GAMSUMO'), await room.enter(browser, workshop, 'Helvetas')];
  await one.getByRole('textbox', { name: 'Новый стикер' }).fill('моё мнение');
  await one.keyboard.press('Enter');
  await expect(one.locator('.own')).toContainText('моё мнение');
  await expect(notes(two)).toHaveCount(0);
  await one.reload();
  await expect(one.locator('.own')).toContainText('моё мнение');
  await room.leader.post(`/workshops/${workshop.id}/reveal`, { boardId: workshop.boards[0].id });
  await expect(note(two, 'моё мнение')).toBeVisible();
  await expect(one.locator('.own')).not.toContainText('моё мнение');
});
