/** /metrics: what the one who watches the server sees, who may see it, and that no text, name or choice is in it. */
import { createServer } from 'node:net';
import { expect, test } from '@playwright/test';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import { accountClient, clientOf, join, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let port: number;

test.beforeAll(async () => {
  port = await new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
  server = await startServer({ METRICS_PORT: String(port), HOST: '127.0.0.1' });
});
test.afterAll(async () => {
  expect(await server.stop()).toBe(0);
});

const SERIES = [
  'ashar_connections',
  'ashar_documents',
  'ashar_unsaved_edits',
  'ashar_refusals_total',
  'ashar_ack_seconds_bucket',
  'ashar_log_append_seconds_bucket',
  'ashar_http_seconds_bucket',
  'nodejs_eventloop_lag_p99_seconds',
  'process_resident_memory_bytes',
  'process_cpu_seconds_total',
];

test("[O1] an admin's token opens it; nobody, a participant, a facilitator and the secretariat are refused", async () => {
  const ask = (token: string | null) =>
    fetch(`${server.url}/metrics`, { headers: token === null ? {} : { authorization: `Bearer ${token}` } });
  const admin = accountClient(server, 'admin');
  const facilitator = accountClient(server, 'facilitator');
  const workshop = (await facilitator.post('/workshops', { title: 'Тайна', template: 'swot', languages: ['ky'] })).body;
  const person = await join(server, workshop.joinCode, { name: 'Айгүлдүнаты', organisation: 'Жашыруунуюм' });
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id });
  const board = workshop.boards[0];
  expect((await person.post(`/boards/${board.id}/notes`, { zone: 'strengths', text: 'купуясөз' })).status).toBe(201);
  expect((await person.post(`/boards/${board.id}/notes`, { zone: 'nowhere', text: 'купуясөз' })).status).toBe(422);
  await write(person.token ?? '', board.document, 'сокеттенсөз');

  expect((await ask(null)).status).toBe(401);
  expect((await ask('nobody-knows-this-token')).status).toBe(401);
  for (const client of [person, facilitator, accountClient(server, 'staff')])
    expect((await ask(client.token)).status).toBe(403);
  const answer = await ask(admin.token);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  for (const series of SERIES) expect(text).toContain(series);
  expect(text).toContain('ashar_refusals_total{door="http",code="zone-unknown"} 1');
  expect(Number(/ashar_ack_seconds_count (\d+)/.exec(text)?.[1])).toBeGreaterThan(0);
  for (const secret of [
    'купуясөз',
    'сокеттенсөз',
    'Айгүлдүнаты',
    'Жашыруунуюм',
    'Тайна',
    workshop.id,
    board.id,
    person.participantId,
    workshop.joinCode,
  ])
    expect(text).not.toContain(secret);
  // Every label is a code, a route, a method, a status or a boundary.
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name));
  for (const name of labels)
    expect([
      'door',
      'code',
      'route',
      'method',
      'status',
      'le',
      'version',
      'major',
      'minor',
      'patch',
      'type',
      'space',
      'kind',
    ]).toContain(name);
});

test('[O2] with METRICS_PORT it has a port of its own, which has nothing else', async () => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('ashar_connections');
  expect((await fetch(`http://127.0.0.1:${port}/api/v1/templates`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(404);
  expect((await clientOf(server.url).get('/templates')).status).toBe(200);
});

/** A note as a person's device writes it, saved. */
async function write(token: string, name: string, text: string): Promise<void> {
  const Y = await import('yjs');
  const socket = new HocuspocusProviderWebsocket({
    url: `${server.url.replace('http', 'ws')}/live`,
    WebSocketPolyfill: WebSocket,
  });
  const document = new Y.Doc();
  const provider = new HocuspocusProvider({ websocketProvider: socket, name, token, document });
  provider.attach();
  await new Promise<void>((resolve) => provider.on('synced', () => resolve()));
  const note = new Y.Map<unknown>();
  document.transact(() => {
    document.getMap('notes').set('fromsocket', note);
    note.set('at', ['threats', 10, 10]);
    note.set('text', new Y.Text(text));
    note.set('colour', 'yellow');
  });
  await expect.poll(() => provider.hasUnsyncedChanges).toBe(false);
  provider.destroy();
  socket.destroy();
}
