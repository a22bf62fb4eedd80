/** The sockets of the real process, by stock clients: together on one board, refused without a token, safe from kill -9. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { expect, test } from '@playwright/test';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createNote, textOf } from '#core/board/edit.ts';
import { readBoard } from '#core/board/read.ts';
import { accountClient, join, type Client, type Json } from './client.ts';
import { startServer, type RunningServer } from './server.ts';

let server: RunningServer;
let facilitator: Client;
let workshop: Json;

test.beforeAll(async () => {
  server = await startServer();
  facilitator = accountClient(server, 'facilitator');
  workshop = (await facilitator.post('/workshops', { title: 'SWOT', template: 'swot', languages: ['ky'] })).body;
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  await facilitator.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id });
});
test.afterAll(async () => {
  await server.stop();
});

const open: { destroy(): void }[] = [];
test.afterEach(() => {
  for (const one of open.splice(0)) one.destroy();
});

function hocuspocus(name: string, token: string): HocuspocusProvider {
  const websocketProvider = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${server.port}/live`,
    WebSocketPolyfill: WebSocket,
    maxDelay: 500,
  });
  const provider = new HocuspocusProvider({ websocketProvider, name, token, document: new Y.Doc() });
  provider.attach();
  open.push(provider, websocketProvider);
  return provider;
}

function yWebsocket(name: string, token: string): WebsocketProvider {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}/yjs`, name, new Y.Doc(), {
    params: { token },
    WebSocketPolyfill: WebSocket as never,
    disableBc: true,
  });
  open.push(provider);
  return provider;
}

const notes = (doc: Y.Doc): string[] => readBoard(doc).notes.map((note) => note.text);

test('[P50] a stock Hocuspocus client and a stock y-websocket client share notes and cursors', async () => {
  const [board] = workshop.boards;
  const [one, two] = [
    await join(server, workshop.joinCode, { name: 'Ө' }),
    await join(server, workshop.joinCode, { name: 'Ү' }),
  ];
  const left = hocuspocus(board.document, one.token ?? '');
  const right = yWebsocket(board.document, two.token ?? '');
  await expect.poll(() => left.isSynced && right.synced).toBe(true);
  createNote(left.document, { zone: 'strengths', text: 'солдон' }, 'test');
  createNote(right.doc, { zone: 'threats', text: 'оңдон' }, 'test');
  await expect.poll(() => notes(right.doc)).toEqual(expect.arrayContaining(['солдон', 'оңдон']));
  await expect.poll(() => notes(left.document)).toEqual(expect.arrayContaining(['солдон', 'оңдон']));
  left.setAwarenessField('cursor', { x: 10, y: 20 });
  left.setAwarenessField('user', { name: 'somebody else' });
  await expect
    .poll(() => [...right.awareness.getStates().values()].map((state) => (state as Json).user?.name))
    .toContain('Ө');
  expect(JSON.stringify([...right.awareness.getStates().values()])).not.toContain('somebody else');
});

test("[P51] without a token, with a wrong one, and on somebody else's board nobody comes in", async () => {
  const [board] = workshop.boards;
  const other = (await facilitator.post('/workshops', { title: 'x', template: 'blank', languages: ['ky'] })).body;
  const stranger = await join(server, other.joinCode);
  for (const token of ['', 'wrong-token-wrong-token', stranger.token ?? '']) {
    const refused = hocuspocus(board.document, token);
    const reason = await new Promise((resolve) => refused.on('authenticationFailed', resolve));
    expect(reason).toBeTruthy();
    expect(notes(refused.document)).toEqual([]);
    const code = await new Promise<number>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/yjs/${board.document}?token=${token}`);
      socket.on('close', resolve);
      socket.on('error', () => resolve(0));
    });
    expect(code === 0 || (code >= 4400 && code < 4500)).toBe(true);
  }
});

test('[P52] kill -9 while people type: everything that was acknowledged is there', async () => {
  const [board] = workshop.boards;
  let acknowledged = 0;
  for (let round = 0; round < 3; round++) {
    const people = await Promise.all(Array.from({ length: 4 }, () => join(server, workshop.joinCode)));
    const writers = people.map((person) => hocuspocus(board.document, person.token ?? ''));
    await expect.poll(() => writers.every((writer) => writer.isSynced)).toBe(true);
    const ids = writers.map((writer, index) => {
      const made = createNote(writer.document, { zone: 'strengths', text: `${round}.${index} ` }, 'test');
      return made.ok ? made.value.id : '';
    });
    const until = Date.now() + 700 + round * 300;
    while (Date.now() < until) {
      writers.forEach((writer, index) => textOf(writer.document, ids[index] ?? '')?.insert(0, 'ү'));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    // What is no longer unsynced was acknowledged; the letters typed after that may be lost with the process.
    await expect.poll(() => writers.every((writer) => !writer.hasUnsyncedChanges)).toBe(true);
    const saved = writers.map((writer, index) => textOf(writer.document, ids[index] ?? '')?.toString() ?? '');
    writers.forEach((writer, index) => textOf(writer.document, ids[index] ?? '')?.insert(0, 'after'));
    await server.kill();
    for (const one of open.splice(0)) one.destroy();
    await server.restart();
    const reader = hocuspocus(board.document, people[0]?.token ?? '');
    await expect.poll(() => reader.isSynced).toBe(true);
    const texts = notes(reader.document);
    for (const text of saved) {
      expect(text.length).toBeGreaterThan(20);
      expect(texts.some((kept) => kept.endsWith(text))).toBe(true);
      acknowledged += text.length;
    }
  }
  console.log(`acknowledged letters: ${acknowledged}, lost: 0`);
});

test('[P53] a malformed frame ends its sender and nobody else', async () => {
  const [board] = workshop.boards;
  const person = await join(server, workshop.joinCode);
  const steady = hocuspocus(board.document, person.token ?? '');
  await expect.poll(() => steady.isSynced).toBe(true);
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/live`);
  await new Promise((resolve) => socket.on('open', resolve));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.send(Buffer.from([255, 255, 255, 255, 255, 1, 2, 3]));
  await closed;
  createNote(steady.document, { zone: 'threats', text: 'тирүү' }, 'test');
  await expect.poll(() => steady.hasUnsyncedChanges).toBe(false);
});

test('[V51] while a round is open, what is voted on stays: by socket and by command, until it closes', async () => {
  const made = (await facilitator.post('/workshops', { title: 'x', template: 'blank', languages: ['ky'] })).body;
  const stage = made.stages.find((one: Json) => one.kind === 'collect');
  await facilitator.post(`/workshops/${made.id}/stage`, { stageId: stage.id });
  const [board] = made.boards;
  const person = await join(server, made.joinCode);
  const [voted, free] = [
    (await person.post(`/boards/${board.id}/notes`, { zone: 'ideas', text: 'бир' })).body.id,
    (await person.post(`/boards/${board.id}/notes`, { zone: 'ideas', text: 'эки' })).body.id,
  ];
  const round = await facilitator.post(`/workshops/${made.id}/rounds`, {
    boardId: board.id,
    title: 'x',
    of: 'notes',
    optionIds: [voted],
    method: { kind: 'dots', budget: 1, perOption: 1 },
    secret: true,
  });
  await facilitator.post(`/rounds/${round.body.id}/open`);

  const change = () => person.call('PATCH', `/boards/${board.id}/notes/${voted}`, { text: 'башка' });
  expect((await change()).body.error.code).toBe('options-frozen');
  expect((await person.call('DELETE', `/boards/${board.id}/notes/${voted}`)).body.error.code).toBe('options-frozen');
  expect((await person.post(`/boards/${board.id}/groups`, { noteIds: [voted, free] })).body.error.code).toBe(
    'options-frozen',
  );
  expect((await person.call('PATCH', `/boards/${board.id}/notes/${free}`, { text: 'үч' })).status).toBe(200);

  const writer = hocuspocus(board.document, person.token ?? '');
  const reader = hocuspocus(board.document, (await join(server, made.joinCode)).token ?? '');
  await expect.poll(() => writer.isSynced && reader.isSynced).toBe(true);
  textOf(writer.document, free)?.insert(0, 'A');
  await expect.poll(() => notes(reader.document)).toContain('Aүч');
  textOf(writer.document, voted)?.insert(0, 'B');
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(writer.hasUnsyncedChanges).toBe(true);
  expect(notes(reader.document)).toContain('бир');

  await facilitator.post(`/rounds/${round.body.id}/close`);
  expect((await change()).status).toBe(200);
});
