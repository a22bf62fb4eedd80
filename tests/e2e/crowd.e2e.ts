/** Two hundred people on stock sockets: what they wrote in private reaches every one of them when it is revealed, and nobody before. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, test } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import { accountClient, join, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

const PEOPLE = 200;
let server: RunningServer;
const open: { destroy(): void }[] = [];
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  for (const one of open) one.destroy();
  await server.stop();
});

/** So many at a time, as a room's phones do, not all in one millisecond. */
async function inTurns<T, R>(items: readonly T[], at: number, work: (item: T, n: number) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += at)
    done.push(...(await Promise.all(items.slice(start, start + at).map((item, n) => work(item, start + n)))));
  return done;
}

test('[S104] two hundred write in private, and one reveal shows everybody everything', async () => {
  test.setTimeout(180_000);
  const facilitator = accountClient(server, 'facilitator');
  const workshop: Json = (await facilitator.post('/workshops', { title: '200', template: 'swot', languages: ['ru'] }))
    .body;
  const [board] = workshop.boards;
  const { id: stageId } = workshop.stages.find((one: Json) => one.kind === 'collect');
  expect((await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId, private: true })).status).toBe(200);
  const people: Client[] = await inTurns(Array.from({ length: PEOPLE }), 20, () => join(server, workshop.joinCode));
  const copies = people.map(({ token }) => {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${server.port}/live`,
      WebSocketPolyfill: WebSocket,
    });
    const provider = new HocuspocusProvider({ websocketProvider, name: board.document, token, document: new Y.Doc() });
    provider.attach();
    open.push(provider, websocketProvider);
    return provider;
  });
  await expect.poll(() => copies.filter(({ isSynced }) => isSynced).length, { timeout: 60_000 }).toBe(PEOPLE);
  const written = await inTurns(people, 20, (person, n) =>
    person.post(`/boards/${board.id}/notes`, { zone: 'threats', text: `Мысль ${n}`, clientKey: 'k' }),
  );
  expect(written.filter(({ status }) => status !== 201)).toEqual([]);
  expect((await facilitator.get(`/boards/${board.id}/waiting`)).body.total).toBe(PEOPLE);
  const sizes = () => copies.map(({ document }) => document.getMap('notes').size);
  expect(Math.max(...sizes())).toBe(0);
  const began = performance.now();
  const revealed = await facilitator.post(`/workshops/${workshop.id}/reveal`, { boardId: board.id });
  expect(revealed.body).toEqual({ revealed: PEOPLE });
  await expect.poll(() => Math.min(...sizes()), { timeout: 20_000, intervals: [50] }).toBe(PEOPLE);
  console.log(`revealed to ${PEOPLE} in ${Math.round(performance.now() - began)} ms`);
  expect((await facilitator.get(`/boards/${board.id}/waiting`)).body.total).toBe(0);
});
