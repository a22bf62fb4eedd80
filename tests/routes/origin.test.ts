/** Every door that changes something, by everybody's cookie, from pages of other sites in all the ways a browser can send. */
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPERATIONS } from '../../src/routes/api/v1/openapi.json/operations.ts';
import { ask, pages } from './kit.ts';
import { run, type Running, type World } from './world.ts';

let server: Running;
let world: World;
beforeAll(async () => {
  server = await run();
  world = await server.world();
}, 60_000);
afterAll(() => server.close());

/** undefined: none is sent, as by an old form. */
const ORIGINS: readonly (string | undefined)[] = [
  undefined,
  'null',
  'https://evil.example',
  'http://localhost.evil.example',
  'http://evil-localhost',
  'http://localhost:81',
  'https://localhost',
  'http://localhost@evil.example',
];
const TYPES: readonly (string | undefined)[] = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  undefined,
];

test('[A76] 403 for every door of the API and every form: whatever the Origin that is not ours, whatever the body', async () => {
  const { cookie } = world.shown.admin;
  const api = Object.entries(OPERATIONS).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get')
      // Without an Origin these two are for scripts: they speak for nobody whom a cookie names.
      .map((method) => ({
        method,
        path: `/api/v1${path.replace(/\{\w+\}/g, 'x')}`,
        open: /^\/(join|session)$/.test(path),
      })),
  );
  const forms: { method: string; path: string; open: boolean }[] = [];
  for (const { route, load } of pages()) {
    const actions = (await load())['actions'] as unknown as Record<string, unknown> | undefined;
    for (const name of Object.keys(actions ?? {}))
      forms.push({
        method: 'post',
        path: `${route.replace(/\[\w+\]/g, 'x')}${name === 'default' ? '' : `?/${name}`}`,
        open: false,
      });
  }
  expect(forms.length).toBeGreaterThan(10);
  const let_in: string[] = [];
  for (const { method, path, open } of [...api, ...forms])
    for (const origin of ORIGINS)
      for (const type of TYPES) {
        if (open && origin === undefined) continue;
        const { status } = await ask(path, {
          method: method.toUpperCase(),
          headers: {
            cookie,
            ...(origin !== undefined && { origin }),
            ...(type !== undefined && { 'content-type': type }),
          },
          ...(method !== 'delete' && type !== undefined && { body: '{}' }),
        });
        if (status !== 403) let_in.push(`${method} ${path} ${String(origin)} ${String(type)}: ${status}`);
      }
  expect(let_in).toEqual([]);
}, 120_000);

test('[A76] the same door opens to our own page, and to a bearer without an Origin', async () => {
  const { cookie, token } = world.shown.admin;
  const path = `/api/v1/workshops/${world.workshopId}/archive`;
  const body = '{"archived":false}';
  expect((await ask(path, { method: 'POST', headers: { cookie, origin: 'http://localhost' }, body })).status).toBe(200);
  expect((await ask(path, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body })).status).toBe(200);
});

test('[A77] a socket from a page of another site is refused with 403 before anything is read, at both doors', async () => {
  const own = `http://127.0.0.1:${server.port}`;
  const foreign = [
    'null',
    'https://evil.example',
    `${own}.evil.example`,
    `http://127.0.0.1:1`,
    `https://127.0.0.1:${server.port}`,
    `http://127.0.0.1:${server.port}@evil.example`,
  ];
  const knock = (path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((resolve) => {
      const ws = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
      ws.on('open', () => {
        ws.terminate();
        resolve(101);
      });
      ws.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      ws.on('error', () => undefined);
    });
  const { cookie } = world.shown.admin;
  for (const path of [
    '/live',
    `/yjs/board/${world.boardId}`,
    `/yjs/board/${world.boardId}?token=${world.shown.admin.token}`,
  ]) {
    for (const origin of foreign) expect(await knock(path, { cookie, origin }), `${path} ${origin}`).toBe(403);
    expect(await knock(path, { cookie, origin: own })).toBe(101);
    // A cookie without an Origin may be forged; a token in the address is not.
    expect(await knock(path, { cookie })).toBe(path.includes('token=') ? 101 : 403);
    expect(await knock(path, {})).toBe(101);
  }
});
