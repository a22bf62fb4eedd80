/**
 * Private and anonymous writing against the real process: every byte that other members receive while it goes on (both kinds
 * of socket, the API, pages, exports, the server's log) is kept and searched for the texts and for whose they are.
 */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, test } from '@playwright/test';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { readBoard } from '#core/board/read.ts';
import { accountClient, clientOf, join, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let facilitator: Client;
const open: { destroy(): void }[] = [];
/** What anybody but the writers received, as it came. */
const heard: Buffer[] = [];

/** Keeps every frame that comes in. */
class Listening extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols);
    this.on('message', (data: Buffer) => heard.push(Buffer.from(data)));
  }
}

test.beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'trace' });
  facilitator = accountClient(server, 'facilitator');
});
test.afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
  heard.length = 0;
});
test.afterAll(() => server.stop());

function listen(token: string, documents: readonly string[]): Y.Doc[] {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/live`,
    WebSocketPolyfill: Listening,
  });
  open.push(websocketProvider);
  return documents.map((name) => {
    const provider = new HocuspocusProvider({ websocketProvider, name, token, document: new Y.Doc() });
    provider.attach();
    provider.setAwarenessField('cursor', { x: 1, y: 1 });
    open.push(provider);
    const other = new WebsocketProvider(`ws://127.0.0.1:${server.port}/yjs`, name, new Y.Doc(), {
      params: { token },
      WebSocketPolyfill: Listening as never,
      disableBc: true,
    });
    open.push(other);
    return provider.document;
  });
}

/** Everything that one may ask for, kept. */
async function askEverything(token: string | null, workshop: Json): Promise<void> {
  const [board] = workshop.boards;
  const paths = [
    `/boards/${board.id}`,
    `/workshops/${workshop.id}`,
    `/workshops/${workshop.id}/rounds`,
    `/boards/${board.id}/waiting`,
    `/boards/${board.id}/inbox`,
  ]
    .concat(['json', 'md', 'csv', 'docx', 'ashar'].map((format) => `/workshops/${workshop.id}/export?format=${format}`))
    .map((path) => `/api/v1${path}`)
    .concat([`/w/${workshop.id}`, `/w/${workshop.id}/results`]);
  for (const path of paths) {
    const answer = await fetch(server.url + path, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
    });
    heard.push(Buffer.from(await answer.arrayBuffer()));
  }
}

const holds = (bytes: readonly Buffer[], words: string): boolean =>
  bytes.some(
    (each) =>
      each.includes(Buffer.from(words, 'utf8')) ||
      each.includes(Buffer.from(words, 'utf16le')) ||
      each.includes(Buffer.from(JSON.stringify(words).slice(1, -1))),
  );

for (const flag of ['private', 'anonymous'] as const)
  test(`[A7] ${flag}: nothing of it reaches anybody before it is shown`, async () => {
    const workshop: Json = (
      await facilitator.post('/workshops', {
        title: 'Купуя',
        template: 'swot',
        languages: ['ky'],
        organisations: [{ name: 'Дирекция' }],
      })
    ).body;
    const [board] = workshop.boards;
    const stageId = workshop.stages.find((one: Json) => one.kind === 'collect').id;
    expect((await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId, [flag]: true })).status).toBe(200);
    const writers = [];
    for (const n of [0, 1])
      writers.push(await join(server, workshop.joinCode, { name: `Жазган ${n}`, organisation: 'Дирекция' }));
    const other = await join(server, workshop.joinCode, { name: 'Башка' });
    for (const token of [other.token ?? '', facilitator.token ?? ''])
      listen(token, [board.document, workshop.roomDocument]);
    const [doc] = listen(other.token ?? '', [board.document]);
    await expect.poll(() => heard.length).toBeGreaterThan(10);

    const texts: string[] = [];
    const ids: string[] = [];
    for (const [n, writer] of writers.entries())
      for (let turn = 0; turn < 3; turn += 1) {
        const text = `купуя-сөз-${n}-${turn}-Ңөү`;
        const made = await writer.post(`/boards/${board.id}/notes`, { zone: 'threats', text, clientKey: `k${turn}` });
        expect(made.status).toBe(201);
        const changed = `${text} оңдолду`;
        expect(
          (await writer.call('PATCH', `/boards/${board.id}/notes/${made.body.id}`, { text: changed })).status,
        ).toBe(200);
        texts.push(text);
        ids.push(made.body.id);
        // The writer has it; nobody else can take it, by its id either.
        expect(JSON.stringify((await writer.get(`/boards/${board.id}`)).body)).toContain(changed);
        expect((await other.call('PATCH', `/boards/${board.id}/notes/${made.body.id}`, { text: 'x' })).status).toBe(
          404,
        );
      }
    for (const token of [other.token, facilitator.token, null]) await askEverything(token, workshop);
    await facilitator
      .post(`/workshops/${workshop.id}/snapshots`, { title: 'x' })
      .then(({ body }) => heard.push(Buffer.from(JSON.stringify(body))));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const log = [Buffer.from(server.output())];
    expect(holds(heard, workshop.id)).toBe(true);
    for (const words of [...texts, ...ids])
      for (const bytes of [heard, log]) expect(holds(bytes, words), words).toBe(false);
    // Names of people are told to who leads, by their own doors; what a board, a room or an export says holds none.
    for (const { participantId } of writers) expect(holds(heard, participantId)).toBe(false);

    const revealed = await facilitator.post(`/workshops/${workshop.id}/reveal`, { boardId: board.id });
    expect(revealed.body).toEqual({ revealed: 6 });
    await expect.poll(() => readBoard(doc as Y.Doc).notes.length).toBe(6);
    const shown = (await other.get(`/boards/${board.id}`)).body.notes;
    expect(shown.every((one: Json) => (one.authorId === undefined) === (flag === 'anonymous'))).toBe(true);
    if (flag === 'anonymous') {
      // One Yjs client wrote them all, and no byte of them names anybody.
      const clients = new Set(
        [...(doc as Y.Doc).getMap<Y.Map<unknown>>('notes').values()].map((note) => note._item?.id.client),
      );
      expect(clients.size).toBe(1);
      for (const token of [other.token, facilitator.token]) await askEverything(token, workshop);
      for (const { participantId } of writers) expect(holds(heard, participantId)).toBe(false);
      const own = (await (writers[0] as Client).get(`/boards/${board.id}`)).body.notes.filter((one: Json) => one.own);
      expect(own.map((one: Json) => one.id).sort()).toEqual(ids.slice(0, 3).sort());
      expect(
        (await clientOf(server.url, other.token).get(`/boards/${board.id}`)).body.notes.some((one: Json) => one.own),
      ).toBe(false);
    }
  });
