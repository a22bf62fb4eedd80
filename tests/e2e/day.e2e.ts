/**
 * The day of PRODUCT.md from the door to the snapshot, on the content of the meeting of March 2020: a facilitator, a
 * participant and a projector in real browsers, and twenty members over the stock provider and the API.
 */
import { readFileSync } from 'node:fs';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, test, type Browser, type Page } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { groupNotes, nameGroup } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { readRoom } from '#core/room/room.ts';
import { m } from '#messages/messages.js';
import { accountClient, join, PASSWORD, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

const CASE = JSON.parse(readFileSync('static/samples/union-2020.json', 'utf8')) as Json;
const boardOf = (template: string): Json => CASE.boards.find((board: Json) => board.template === template);
const MEMBERS = 20;
const ru = { locale: 'ru' } as const;

let server: RunningServer;
const open: { destroy(): void }[] = [];
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  for (const one of open) one.destroy();
  await server.stop();
});

interface Member extends Client {
  readonly participantId: string;
  readonly documents: ReadonlyMap<string, Y.Doc>;
}

function listen(token: string, names: readonly string[]): Map<string, Y.Doc> {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/live`,
    WebSocketPolyfill: WebSocket,
    maxDelay: 500,
  });
  open.push(websocketProvider);
  return new Map(
    names.map((name) => {
      const provider = new HocuspocusProvider({ websocketProvider, name, token, document: new Y.Doc() });
      provider.attach();
      open.push(provider);
      return [name, provider.document];
    }),
  );
}

async function browserOf(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'ru', baseURL: server.url });
  await context.addCookies([{ name: 'lang', value: 'ru', url: server.url }]);
  return context.newPage();
}

test('[U51] the day, from the door to the snapshot', async ({ browser }) => {
  test.setTimeout(300_000);
  const facilitator = accountClient(server, 'facilitator');
  const second = accountClient(server, 'facilitator');
  const must = async (answer: Promise<{ status: number; body: Json }>, status = 200): Promise<Json> => {
    const { status: got, body } = await answer;
    expect(got, JSON.stringify(body)).toBe(status);
    return body;
  };
  const workshop = await must(
    facilitator.post('/workshops', {
      title: CASE.title.ru,
      template: 'programme-review',
      moreTemplates: ['situation', 'swot', 'tows', 'priorities'],
      languages: ['ru', 'ky'],
      organisations: CASE.organisations.map(({ name }: Json) => ({ name })),
    }),
    201,
  );
  const [review, situation, swot, tows, priorities] = workshop.boards as [Json, Json, Json, Json, Json];
  const stageOf = (board: Json, kind: string): Json =>
    workshop.stages.find((stage: Json) => stage.boardId === board.id && stage.kind === kind);
  const go = (board: Json, kind: string, more: object = {}): Promise<Json> =>
    must(facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: stageOf(board, kind).id, ...more }));

  // The door: twenty members, one participant at a laptop, the wall, the facilitator's room.
  const names = [workshop.roomDocument, ...workshop.boards.map(({ document }: Json) => document)];
  const members: Member[] = [];
  for (let n = 0; n < MEMBERS; n += 1) {
    const organisation = CASE.organisations[n % CASE.organisations.length].name;
    const member = await join(server, workshop.joinCode, { name: `Участник ${n}`, organisation });
    members.push({ ...member, documents: listen(member.token ?? '', names) });
  }
  const room = () => readRoom(members[0]?.documents.get(workshop.roomDocument) as Y.Doc);
  const seenBy = (member: Member, board: Json) => readBoard(member.documents.get(board.document) as Y.Doc);
  await expect.poll(() => room().presence.total).toBe(MEMBERS);
  const lead = await browserOf(browser);
  await lead.goto(`/signin?next=/w/${workshop.id}/lead`);
  await lead.getByLabel(m.account_email({}, ru)).fill(facilitator.email);
  await lead.getByLabel(m.account_password({}, ru)).fill(PASSWORD);
  await lead.getByRole('button', { name: m.signin_go({}, ru) }).click();
  await lead.waitForURL((url) => url.pathname !== '/signin');
  await lead.goto(`/w/${workshop.id}/lead`);
  const laptop = await browserOf(browser);
  await laptop.goto(workshop.joinUrl);
  await laptop.getByLabel(m.join_name({}, ru)).fill('Участник за столом');
  await laptop.getByRole('button', { name: m.join_go({}, ru) }).click();
  await laptop.waitForURL(`**/w/${workshop.id}`);
  const screen = await browserOf(browser, { width: 1920, height: 1080 });
  await screen.goto(workshop.screenUrl);

  // The last programme: actions from a table, a verdict hidden until it is closed, what was not done goes on.
  await go(review, 'collect');
  const table = [
    'Мероприятие\tСрок\tОтветственный',
    ...boardOf('programme-review').actions.map(
      ({ text, period = '', owner = '' }: Json) => `${text}\t${period}\t${owner}`,
    ),
  ].join('\n');
  const actions = await must(facilitator.post(`/boards/${review.id}/actions`, { text: table }), 201);
  expect(actions.ids).toHaveLength(boardOf('programme-review').actions.length);
  await go(review, 'vote');
  const choices = ['выполнено', 'частично', 'не выполнено', 'не знаю'];
  const verdict = await must(
    facilitator.post(`/workshops/${workshop.id}/rounds`, {
      boardId: review.id,
      title: 'Что выполнено',
      of: 'notes',
      method: { kind: 'verdict', choices },
      secret: true,
    }),
    201,
  );
  await must(facilitator.post(`/rounds/${verdict.id}/open`));
  await Promise.all(
    members.map((member, n) =>
      must(
        member.put(`/rounds/${verdict.id}/ballot`, {
          choices: Object.fromEntries(
            verdict.options.map(({ id }: Json, at: number) => [id, choices[at === 0 && n % 4 > 0 ? 2 : at % 2]]),
          ),
        }),
      ),
    ),
  );
  expect((await must(facilitator.get(`/rounds/${verdict.id}`))).result).toBe(null);
  await must(facilitator.post(`/rounds/${verdict.id}/close`));
  const carried = await must(
    facilitator.post(`/rounds/${verdict.id}/carry`, {
      boardId: situation.id,
      zone: 'problems',
      choices: ['не выполнено'],
    }),
    201,
  );
  expect(carried.ids).toHaveLength(1);

  // The situation in private: nobody's machine holds a word of it until the facilitator's own button.
  await go(situation, 'collect', { private: true });
  const written = boardOf('situation').notes as { zone: string; text: string }[];
  await Promise.all(
    written.map(({ zone, text }, n) =>
      must(
        members[n % MEMBERS]?.post(`/boards/${situation.id}/notes`, { zone, text, clientKey: `k${n}` }) ??
          Promise.reject(new Error('nobody')),
        201,
      ),
    ),
  );
  for (const member of members) expect(seenBy(member, situation).notes).toHaveLength(1);
  await expect(lead.getByText(m.lead_waiting({ count: written.length }, ru))).toBeVisible();
  await must(members[3]?.post(`/workshops/${workshop.id}/signal`, { kind: 'ready', on: true }) as Promise<Json>);
  await laptop.getByRole('button', { name: m.board_hand_up({}, ru) }).click();
  await expect(lead.getByText(m.lead_hands({ count: 1 }, ru))).toBeVisible();
  await expect(lead.getByText(m.lead_ready({ count: 1, total: MEMBERS + 1 }, ru))).toBeVisible();
  await lead
    .getByRole('button', { name: m.lead_reveal({}, ru), exact: true })
    .first()
    .click();
  await lead
    .getByRole('dialog')
    .or(lead.getByRole('alertdialog'))
    .getByRole('button', { name: m.lead_reveal({}, ru), exact: true })
    .click();
  for (const member of members)
    await expect.poll(() => seenBy(member, situation).notes.length).toBe(written.length + 1);

  // Grouping: no new notes and nobody else's words, by socket; the group gets a sentence.
  await go(situation, 'group');
  await expect.poll(() => room().stage?.permissions?.add).toBe(false);
  const doc = members[0]?.documents.get(situation.document) as Y.Doc;
  const problems = readBoard(doc)
    .notes.filter(({ at }) => at[0] === 'problems')
    .slice(0, 2)
    .map(({ id }) => id);
  const group = groupNotes(doc, { noteIds: problems }, 'member');
  if (group.ok) nameGroup(doc, { id: group.value.id, title: 'Кадров не хватает, и они уходят' }, 'member');
  await expect
    .poll(() => seenBy(members[9] as Member, situation).groups.map(({ title }) => title))
    .toEqual(['Кадров не хватает, и они уходят']);
  expect(
    (await members[1]?.post(`/boards/${situation.id}/notes`, { zone: 'problems', text: 'x' }))?.body.error.code,
  ).toBe('stage-forbids');
  expect((await must(facilitator.get(`/boards/${situation.id}/group-log`))).map(({ act }: Json) => act)).toContain(
    'named',
  );

  // SWOT, seeded; TOWS, bound; the hole in the heat map.
  await go(swot, 'collect');
  expect(
    (
      await must(
        facilitator.post(`/boards/${swot.id}/seed`, { fromBoardId: situation.id, zones: { problems: 'weaknesses' } }),
        201,
      )
    ).ids,
  ).toHaveLength(1);
  const opportunity = await must(
    members[2]?.post(`/boards/${swot.id}/notes`, { zone: 'opportunities', text: 'Новый закон' }) as Promise<Json>,
    201,
  );
  const weakness = (await must(facilitator.get(`/boards/${swot.id}`))).notes.find(
    ({ zone }: Json) => zone === 'weaknesses',
  );
  await go(tows, 'pair');
  const option = await must(
    members[4]?.post(`/boards/${tows.id}/notes`, { zone: 'wo', text: 'Учебный центр' }) as Promise<Json>,
    201,
  );
  const factors = [weakness, opportunity].map(({ id }) => ({ boardId: swot.id, noteId: id }));
  expect(
    (await must(members[4]?.call('PUT', `/boards/${tows.id}/notes/${option.id}/factors`, { factors }) as Promise<Json>))
      .pair,
  ).toBe('wo');
  expect((await must(facilitator.get(`/boards/${tows.id}/matrix`))).options).toHaveLength(1);

  // Two facilitators in the same second: one wins and the other is told.
  const revision = room().revision;
  const both = await Promise.all(
    [facilitator, second].map((one, n) =>
      one.post(`/workshops/${workshop.id}/stage`, {
        stageId: stageOf(priorities, n === 0 ? 'collect' : 'discuss').id,
        revision,
      }),
    ),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(both.find(({ status }) => status === 409)?.body.error.code).toBe('changed-meanwhile');

  // The wall and every screen are called; the timer outlives the server.
  await go(priorities, 'collect', { seconds: 600 });
  await must(facilitator.post(`/workshops/${workshop.id}/timer`, { act: 'pause' }));
  await must(facilitator.post(`/workshops/${workshop.id}/focus`, { boardId: swot.id, noteId: weakness.id }));
  for (const page of [laptop, screen])
    await expect(page.getByRole('region', { name: m.board_spotlight_title({}, ru) })).toContainText(
      'Кадров не хватает',
    );
  await must(second.post(`/workshops/${workshop.id}/lead`));
  await must(second.post(`/workshops/${workshop.id}/focus`, { boardId: null }));
  await must(facilitator.post(`/workshops/${workshop.id}/timer`, { act: 'resume' }));
  await expect.poll(() => room().stage?.endsAt ?? 0).toBeGreaterThan(Date.now() + 500_000);
  const ends = room().stage?.endsAt;
  await server.kill();
  await server.restart();
  await expect.poll(() => room().presence.total, { timeout: 20_000 }).toBeGreaterThanOrEqual(MEMBERS);
  expect(room().stage?.endsAt).toBe(ends);

  // Priorities: dots from every phone, the result on the wall, the snapshot, the Word file.
  const texts = (boardOf('priorities').options as Json[]).map((text) => (typeof text === 'string' ? text : text.ru));
  for (const [n, text] of texts.entries())
    await must(members[n]?.post(`/boards/${priorities.id}/notes`, { zone: 'options', text }) as Promise<Json>, 201);
  await go(priorities, 'vote');
  const dots = await must(
    facilitator.post(`/workshops/${workshop.id}/rounds`, {
      boardId: priorities.id,
      title: 'Приоритеты',
      of: 'notes',
      method: { kind: 'dots', budget: 3, perOption: 2 },
      secret: true,
    }),
    201,
  );
  await must(facilitator.post(`/rounds/${dots.id}/open`));
  await Promise.all(
    members.map((member) =>
      must(member.put(`/rounds/${dots.id}/ballot`, { dots: { [dots.options[0].id]: 2, [dots.options[1].id]: 1 } })),
    ),
  );
  await must(facilitator.post(`/rounds/${dots.id}/close`));
  await expect(screen.getByText(dots.options[0].text).first()).toBeVisible();
  await must(facilitator.post(`/workshops/${workshop.id}/snapshots`, { title: 'Итоги дня' }), 201);
  const agenda = await must(facilitator.get(`/workshops/${workshop.id}/agenda`));
  expect(agenda.stages.filter(({ tookSeconds }: Json) => tookSeconds > 0).length).toBeGreaterThan(1);
  expect(
    (
      await fetch(`${server.url}/api/v1/workshops/${workshop.id}/export?format=docx`, {
        headers: { authorization: `Bearer ${facilitator.token}` },
      })
    ).status,
  ).toBe(200);
});
