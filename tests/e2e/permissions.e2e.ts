/**
 * Each permission of a stage through each door: a stock Hocuspocus client, a stock y-websocket client, the API and the page.
 * With it the change is taken (or the thing is shown), without it refused (or hidden), whatever the door.
 */
import { expect, test, type Page } from '@playwright/test';
import { readRoom } from '#core/room/room.ts';
import { PERMISSIONS, type Permission } from '#core/stage/permissions.ts';
import { ATTEMPTS, listening, pointing, shownBy, type Target, type Writing } from './attempts.ts';
import { area, boardRoom, drag, note, notes, type BoardRoom } from './board-room.ts';
import { join, type Client, type Json } from './client.ts';

const OTHER = 'Башка катышуучу';
const TEXTS = ['өзүмдүкү', 'башканыкы', 'үчүнчүнүкү'] as const;
const WRITING = ['add', 'editOwn', 'editAny', 'move', 'group'] as const;
const DOORS = ['live', 'yjs', 'api'] as const;

let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

/** Tries a change with mouse and keyboard, as a person would. */
async function onPage(page: Page, what: Writing, zoneOf: (text: string) => Promise<string>): Promise<boolean> {
  const opened = async (): Promise<boolean> => {
    const field = page.locator('.place textarea');
    const isOpen = await field.waitFor({ timeout: 1_500 }).then(
      () => true,
      () => false,
    );
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    return isOpen;
  };
  if (what === 'add') {
    await page.keyboard.press('Escape');
    await page.keyboard.press('KeyN');
    return opened();
  }
  if (what === 'editOwn' || what === 'editAny') {
    await note(page, what === 'editOwn' ? 'өзүмдүкү' : 'башканыкы').dblclick();
    return opened();
  }
  if (what === 'group') {
    await drag(page, note(page, 'өзүмдүкү'), note(page, 'башканыкы'), [60, 50]);
    const done = await page
      .locator('.frame')
      .waitFor({ timeout: 1_500 })
      .then(
        () => true,
        () => false,
      );
    await page.keyboard.press('Escape');
    return done;
  }
  await drag(page, note(page, 'башканыкы'), area(page, 3), [200, 120]);
  return expect
    .poll(() => zoneOf('башканыкы'), { timeout: 1_500 })
    .toBe('threats')
    .then(
      () => true,
      () => false,
    );
}

test('[U78] each permission holds through each door', async ({ browser }) => {
  test.setTimeout(240_000);
  const workshop: Json = await room.workshop();
  const [board] = workshop.boards;
  const collect = workshop.stages.find((one: Json) => one.kind === 'collect');
  const zones: string[] = board.zones.map(({ id }: Json) => id);
  const page = await room.enter(browser, workshop, 'Мен', { lang: 'ky' });
  const me = page.context().request;
  const other = await join(room.server, workshop.joinCode, { name: OTHER });
  const third = await join(room.server, workshop.joinCode, { name: 'Үчүнчү' });
  const pageNote = await me.post(`${room.server.url}/api/v1/boards/${board.id}/notes`, {
    data: { zone: zones[0], text: 'өзүмдүкү' },
    headers: { origin: room.server.url },
  });
  expect(pageNote.status()).toBe(201);
  const add = async (client: Client, text: string): Promise<string> =>
    (await client.post(`/boards/${board.id}/notes`, { zone: zones[0], text })).body.id;
  const theirs = await add(other, 'башканыкы');
  const target: Target = {
    ...{ port: room.server.port, boardId: board.id, zones, theirs },
    mine: await add(third, 'үчүнчүнүкү'),
  };
  const told = listening(target.port, workshop.roomDocument, other);
  const permit = async (permissions: Partial<Record<Permission, boolean>>): Promise<void> => {
    const stages = workshop.stages.map(({ id }: Json) => ({ id, ...(id === collect.id && { permissions }) }));
    expect((await room.leader.put(`/workshops/${workshop.id}/agenda`, { stages })).status).toBe(200);
    // The room's own word has come to a socket like the page's, and the page has drawn since.
    const expected = JSON.stringify(PERMISSIONS.map((name) => permissions[name]));
    await expect
      .poll(() => JSON.stringify(PERMISSIONS.map((name) => readRoom(told.doc).stage?.permissions?.[name])))
      .toBe(expected);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
  };
  const apart = async (): Promise<void> => {
    const { groups } = (await room.leader.get(`/boards/${board.id}`)).body;
    for (const { id } of groups) await room.leader.call('DELETE', `/boards/${board.id}/groups/${id}`);
    const place = async (id: string, text: string, n: number) =>
      room.leader.call('PATCH', `/boards/${board.id}/notes/${id}`, { text, zone: zones[0], x: 20 + 220 * n, y: 20 });
    await place(((await pageNote.json()) as Json).id, 'өзүмдүкү', 0);
    await place(theirs, 'башканыкы', 1);
    await place(target.mine, 'үчүнчүнүкү', 2);
    await expect(page.locator('.frame')).toHaveCount(0);
    // In a row on the screen too: a hand that is too early takes hold of nothing.
    await expect
      .poll(async () => {
        const boxes = await Promise.all(TEXTS.map((text) => note(page, text).boundingBox()));
        const [first, second, last] = boxes.map((box) => Math.round(box?.x ?? 0)) as [number, number, number];
        return second > first && second - first === last - second && boxes.every((box) => box?.y === boxes[0]?.y);
      })
      .toBe(true);
  };
  const zoneOf = async (text: string): Promise<string> => {
    const { notes: seen } = (await room.leader.get(`/boards/${board.id}`)).body;
    return seen.find((one: Json) => one.text === text)?.zone ?? '';
  };

  const all = Object.fromEntries(PERMISSIONS.map((name) => [name, true]));
  for (const what of WRITING)
    for (const allowed of [false, true]) {
      // Whoever may change anybody's words may change their own.
      await permit({ ...all, [what]: allowed, ...(what === 'editOwn' && { editAny: false }) });
      for (const door of DOORS) {
        await apart();
        expect(await ATTEMPTS[door](target, third, what), `${what} by ${door}`).toBe(allowed);
      }
      await apart();
      expect(await onPage(page, what, zoneOf), `${what} on the page`).toBe(allowed);
    }

  // What is seen of others: their notes, their names, where they point.
  for (const what of ['seeNotes', 'seeAuthors', 'seeCursors'] as const)
    for (const allowed of [false, true]) {
      await permit({ ...all, [what]: allowed });
      const pointer = pointing(target, other);
      const text = `${what} ${allowed}`;
      await add(other, text);
      for (const door of DOORS) {
        const shown = (await shownBy(door, target, third, OTHER, text))[what];
        if (shown !== null) expect(shown, `${what} by ${door}`).toBe(allowed);
      }
      const onScreen =
        what === 'seeNotes' ? notes(page).filter({ hasText: text }) : page.locator('.cursor', { hasText: OTHER });
      await expect(onScreen, `${what} on the page`).toHaveCount(allowed ? 1 : 0);
      pointer.end();
    }
  told.end();
});
