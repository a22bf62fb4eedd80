/** A large board on a wide screen: what is out of sight is not drawn, and everything is found. */
import { expect, test } from '@playwright/test';
import { m } from '../../src/messages/messages.js';
import { boardRoom, notes, type BoardRoom } from './board-room.ts';

const NOTES = 400;
const ru = { locale: 'ru' } as const;
let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

test('[U92] on a board of 400 notes what is out of sight is not drawn, the search jumps to it, the map goes there', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const workshop = await room.workshop();
  const { id, zones } = workshop.boards[0];
  for (let from = 0; from < NOTES; from += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        room.leader.post(`/boards/${id}/notes`, {
          zone: zones[(from + at) % zones.length].id,
          text: from + at === NOTES - 1 ? 'Көк Өзөн өрөөнү' : `стикер ${from + at}`,
          clientKey: `large-${from + at}`,
        }),
      ),
    );
  const page = await room.enter(browser, workshop, 'GAMSUMO');
  await page.keyboard.press('Control+Digit0');
  await expect.poll(() => notes(page).count()).toBeLessThan(NOTES);
  const map = page.locator('.map');
  await expect(map).toBeVisible();

  // Found whichever way its letters are typed, chosen, in sight, and with the keyboard at it in the end.
  await page.keyboard.press('Control+KeyF');
  await page.getByRole('searchbox', { name: m.board_search({}, ru) }).fill('кок озон');
  await expect(page.getByText(m.board_search_place({ place: 1, count: 1 }, ru))).toBeVisible();
  const found = notes(page).filter({ hasText: 'Көк Өзөн' });
  await expect(found).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(found).toBeFocused();

  // The map shows another corner of the board; the focused note stays drawn.
  const box = await map.boundingBox();
  if (!box) throw new Error('no map');
  const first = notes(page).filter({ hasText: 'стикер 0' });
  await page.mouse.click(box.x + 4, box.y + 4);
  await expect(first).toBeInViewport();
  await expect(found).toBeFocused();
});

test('[U93] single letters can be switched off for a device; keys with Ctrl stay', async ({ browser }) => {
  const page = await room.enter(browser, await room.workshop(), 'GAMSUMO');
  await page.keyboard.press('Shift+Slash');
  await page.getByRole('switch', { name: m.board_keys_letters({}, ru) }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('KeyN');
  await page.reload();
  await expect(page.locator('.canvas')).toBeVisible();
  await page.keyboard.press('KeyN');
  await page.keyboard.press('Control+KeyF');
  await expect(page.getByRole('searchbox', { name: m.board_search({}, ru) })).toBeFocused();
  await expect(notes(page)).toHaveCount(0);
});
