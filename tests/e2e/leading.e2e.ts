/**
 * Leading a room on the screens: one view for all until somebody ends it, the lead handed over, one note on every screen, what
 * is locked, who is ready, somebody shown out; and the hard days: two leaders in one second, a leader whose laptop dies, a
 * participant who comes back into another stage.
 */
import { expect, test, type Browser, type Page } from '@playwright/test';
import { m } from '#messages/messages.js';
import { area, boardRoom, drag, note, notes, PHONE, type BoardRoom } from './board-room.ts';
import { accountClient, join, PASSWORD, type Client, type Json } from './client.ts';

const ru = { locale: 'ru' } as const;
let room: BoardRoom;
test.beforeAll(async () => {
  room = await boardRoom();
});
test.afterAll(() => room.close());

/** A facilitator at their laptop, signed in. */
async function leaderAt(browser: Browser, email: string, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: room.server.url });
  await context.addCookies([{ name: 'lang', value: 'ru', url: room.server.url }]);
  const signed = await context.request.post('/api/v1/session', {
    data: { email, password: PASSWORD },
    headers: { origin: room.server.url },
  });
  expect(signed.status()).toBe(200);
  const page = await context.newPage();
  await page.goto(path);
  await expect(page.locator('.connection[data-state="live"]')).toBeVisible();
  return page;
}
const stageOf = (workshop: Json, kind: string): Json => workshop.stages.find((one: Json) => one.kind === kind);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

test('[U76] one view for all, one leader of two, one note on every screen, who is ready, who is shown out', async ({
  browser,
}) => {
  test.setTimeout(240_000);
  const workshop: Json = await room.workshop();
  const [board] = workshop.boards;
  const [first, second] = [accountClient(room.server, 'facilitator'), accountClient(room.server, 'facilitator')];
  const at = `/w/${workshop.id}`;
  const [one, two] = [
    await leaderAt(browser, first.email, `${at}/lead`),
    await leaderAt(browser, second.email, `${at}/lead`),
  ];
  const table = await leaderAt(browser, first.email, at);
  const laptop = await room.enter(browser, workshop, 'Участник за столом');
  const phone = await room.enter(browser, workshop, 'Участник с телефоном', { ...PHONE });
  const wallPage = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await wallPage.goto(`${workshop.screenUrl}&lang=ru`);
  const written = await room.leader.post(`/boards/${board.id}/notes`, { zone: 'threats', text: 'Стикер для всех' });

  // The wall: two languages, who is ready, the way in.
  await expect(wallPage.locator('h1')).toContainText(stageOf(workshop, 'collect').title.ru);
  await expect(wallPage.locator('.second')).toHaveText(stageOf(workshop, 'collect').title.ky);
  await button(laptop, m.board_ready({}, ru)).click();
  await expect(wallPage.getByText(m.screen_ready({ count: 1, total: 2 }, ru))).toBeVisible();
  await expect(one.getByText(m.lead_ready({ count: 1, total: 2 }, ru))).toBeVisible();
  await one
    .getByRole('group', { name: m.lead_wall_languages({}, ru) })
    .getByText('English')
    .click();
  await expect(wallPage.locator('.second')).toHaveText(stageOf(workshop, 'collect').title.en);

  // Follow me: the laptop's canvas and the phone's list go where the leader looks.
  const zoomOf = (page: Page) => page.locator('.zoom');
  await button(table, m.follow_begin({}, ru)).click();
  await expect(laptop.getByText(m.follow_on({}, ru))).toBeVisible();
  const threats = await area(table, 3).boundingBox();
  await table.mouse.move((threats?.x ?? 0) + 120, (threats?.y ?? 0) + 80);
  await table.mouse.wheel(0, 0);
  for (let turn = 0; turn < 4; turn += 1) {
    await table.keyboard.down('Control');
    await table.mouse.wheel(0, -240);
    await table.keyboard.up('Control');
  }
  const near = async () => (await area(table, 3).boundingBox())?.width ?? 0;
  await expect.poll(near).toBeGreaterThan((threats?.width ?? 0) * 1.3);
  await expect.poll(async () => zoomOf(laptop).innerText()).toBe(await zoomOf(table).innerText());
  await expect(phone.getByRole('tab', { name: /Угрозы/ })).toHaveAttribute('aria-selected', 'true');
  await button(laptop, m.follow_leave({}, ru)).click();
  await laptop.keyboard.press('Shift+Digit1');
  const own = await zoomOf(laptop).innerText();
  await table.keyboard.press('Control+Minus');
  await expect(phone.getByText(m.follow_on({}, ru))).toBeVisible();
  expect(await zoomOf(laptop).innerText()).toBe(own);
  await button(one, m.follow_end({}, ru)).click();
  for (const page of [phone, laptop, table]) await expect(page.locator('.follow')).toHaveCount(0);

  // The lead: handed over on the screen, and seen by the other. Two who go on in one second: one does, the other is told.
  await button(one, m.lead_take({}, ru)).click();
  await expect(one.getByText(m.lead_who_me({}, ru))).toBeVisible();
  await expect(two.getByText(m.lead_who_other({ name: 'facilitator' }, ru))).toBeVisible();
  const me: Json = (await second.get(`/workshops/${workshop.id}/lead`)).body.me;
  await one.getByLabel(m.lead_hand_over({}, ru)).selectOption(me);
  await button(one, m.lead_hand_over_go({}, ru)).click();
  await expect(two.getByText(m.lead_who_me({}, ru))).toBeVisible();
  const next = m.lead_next({ stage: stageOf(workshop, 'reveal').title.ru }, ru);
  await Promise.all([one, two].map((page) => expect(button(page, next)).toBeEnabled()));
  await Promise.all([one, two].map((page) => button(page, next).click()));
  await expect
    .poll(async () => (await room.leader.get(`/workshops/${workshop.id}`)).body.stage)
    .toBe(stageOf(workshop, 'reveal').id);
  const told = (page: Page) => page.getByText(m.refusal_changed_meanwhile({}, ru)).count();
  await expect.poll(async () => (await told(one)) + (await told(two))).toBe(1);
  // The first leader's laptop dies; the second goes on.
  await one.context().close();
  await two.getByRole('button', { name: m.lead_go_to({ stage: stageOf(workshop, 'collect').title.ru }, ru) }).click();
  await two.getByRole('alertdialog').or(two.getByRole('dialog')).getByRole('button').last().click();
  await expect
    .poll(async () => (await room.leader.get(`/workshops/${workshop.id}`)).body.stage)
    .toBe(stageOf(workshop, 'collect').id);

  // One note before all, from its menu; locked the same way, and an area from the leader's page.
  /** The whole board in sight, nothing chosen; then the menu of the note. */
  const menuOf = async (item: string): Promise<void> => {
    await table.keyboard.press('Escape');
    await table.getByRole('button', { name: m.board_fit({}, ru) }).click();
    await note(table, 'Стикер для всех').click({ button: 'right', timeout: 15_000 });
    await table.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await menuOf(m.board_spotlight({}, ru));
  for (const page of [laptop, phone])
    await expect(page.getByRole('region', { name: m.board_spotlight_title({}, ru) })).toContainText('Стикер для всех');
  await expect(wallPage.locator('.spotlight')).toContainText('Стикер для всех');
  await two.getByRole('button', { name: m.lead_call_end({}, ru) }).click();
  await expect(wallPage.locator('.spotlight')).toHaveCount(0);
  await expect(table.locator('.spotlight')).toHaveCount(0);
  await menuOf(m.board_lock_note({}, ru));
  await expect
    .poll(async () => {
      await note(laptop, 'Стикер для всех').dblclick();
      return laptop.getByText(m.refusal_note_locked({}, ru)).count();
    })
    .toBeGreaterThan(0);
  await expect(laptop.locator('.place textarea')).toHaveCount(0);
  await phone.getByRole('tab', { name: /Сильные/ }).click();
  await phone.locator('#composer').fill('Набрано до замка');
  await two
    .getByRole('group', { name: m.lead_zone_locks({}, ru) })
    .getByText('Сильные стороны')
    .click();
  await expect(phone.getByText(m.board_locked_area({}, ru))).toBeVisible();
  await phone.locator('#composer').press('Enter');
  await expect(phone.getByText(m.refusal_zone_locked({}, ru))).toBeVisible();
  await expect(phone.locator('#composer')).toHaveValue('Набрано до замка');
  await two
    .getByRole('group', { name: m.lead_zone_locks({}, ru) })
    .getByText('Сильные стороны')
    .click();
  await expect(phone.getByText(m.board_locked_area({}, ru))).toHaveCount(0);
  expect(written.status).toBe(201);
  expect((await room.leader.get(`/boards/${board.id}`)).body.notes).toHaveLength(1);

  // The door is closed, and somebody is shown out.
  await two.getByRole('switch', { name: m.lead_door_open({}, ru) }).click();
  await expect.poll(async () => (await room.leader.get(`/workshops/${workshop.id}`)).body.doorOpen).toBe(false);
  await two.getByRole('button', { name: m.lead_people_all({ count: 2 }, ru) }).click();
  await two.getByRole('button', { name: `${m.lead_remove({}, ru)}: Участник с телефоном` }).click();
  await two.getByRole('button', { name: m.lead_remove({}, ru), exact: true }).click();
  await expect(phone.getByText(m.board_ended_title({}, ru))).toBeVisible();
  await expect(two.getByText(m.lead_people_all({ count: 1 }, ru))).toBeVisible();
});

test('[U77] nameless notes are mended and grouped by command; shown one by one; what was left unsent is offered', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const workshop: Json = await room.workshop();
  const [board] = workshop.boards;
  const people: Client[] = [];
  for (let n = 0; n < 3; n += 1) people.push(await join(room.server, workshop.joinCode, { name: `Автор ${n}` }));
  await room.stage(workshop, { anonymous: true, private: true });
  for (const [n, person] of people.entries())
    await person.post(`/boards/${board.id}/notes`, { zone: 'strengths', text: `Мысль ${n}` });
  const lead = await leaderAt(browser, (room.leader as Client & { email: string }).email, `/w/${workshop.id}/lead`);
  const laptop = await room.enter(browser, workshop, 'Участник');
  await expect(lead.getByText(m.lead_waiting({ count: 3 }, ru))).toBeVisible();
  await button(lead, m.lead_reveal_one({}, ru)).click();
  await expect(laptop.getByRole('region', { name: m.board_spotlight_title({}, ru) })).toContainText('Мысль');
  await expect(notes(laptop)).toHaveCount(1);
  await lead.getByRole('button', { name: m.lead_call_end({}, ru) }).click();
  await button(lead, m.lead_reveal({}, ru)).first().click();
  await lead.getByRole('alertdialog').or(lead.getByRole('dialog')).getByRole('button').last().click();
  await expect(notes(laptop)).toHaveCount(3);
  await expect(laptop.getByRole('region', { name: m.board_spotlight_title({}, ru) })).toHaveCount(0);

  // A mouse and a dialog do what letters would tell: the server writes.
  await note(laptop, 'Мысль 0').dblclick();
  await laptop.getByRole('dialog').getByRole('textbox').fill('Мысль, сказанная иначе');
  await laptop
    .getByRole('dialog')
    .getByRole('button', { name: m.board_done({}, ru) })
    .click();
  await expect(note(laptop, 'Мысль, сказанная иначе')).toBeVisible();
  await drag(laptop, note(laptop, 'Мысль 1'), note(laptop, 'Мысль 2'), [60, 50]);
  await expect(laptop.locator('.frame')).toHaveCount(1);
  await laptop.locator('textarea.name').fill('Общее');
  await laptop.keyboard.press('Enter');
  await expect(laptop.locator('.frame h3')).toHaveText('Общее');
  const seen = (await room.leader.get(`/boards/${board.id}`)).body;
  expect(seen.groups).toEqual([expect.objectContaining({ title: 'Общее' })]);
  expect(seen.notes.some(({ authorId }: Json) => authorId !== undefined)).toBe(false);

  // An hour without connection, and another stage when it is back.
  await laptop.context().setOffline(true);
  await expect(laptop.locator('.connection[data-state="live"]')).toHaveCount(0, { timeout: 30_000 });
  await laptop.locator('#composer').fill('Написано без сети');
  await laptop.locator('#composer').press('Enter');
  await expect(laptop.locator('.panel .note', { hasText: 'Написано без сети' })).toBeVisible();
  await room.leader.post(`/workshops/${workshop.id}/stage`, { stageId: stageOf(workshop, 'vote').id });
  await laptop.context().setOffline(false);
  const offer = laptop.locator('.banner', { hasText: m.board_left_title({ count: 1 }, ru) });
  await expect(offer).toContainText('Написано без сети', { timeout: 30_000 });
  await expect(offer.getByRole('button', { name: m.board_left_send({}, ru) })).toHaveCount(0);
  await laptop.reload();
  await expect(offer).toContainText('Написано без сети');
  expect((await room.leader.get(`/boards/${board.id}/waiting`)).body.total).toBe(0);
  // Where the stage allows, it is sent by its writer's own hand.
  await room.leader.post(`/workshops/${workshop.id}/stage`, { stageId: stageOf(workshop, 'discuss').id });
  await offer.getByRole('button', { name: m.board_left_send({}, ru) }).click();
  await expect(offer).toHaveCount(0);
  await expect.poll(async () => (await room.leader.get(`/boards/${board.id}/waiting`)).body.total).toBe(1);
});
