/** W2, F10: what every answer carries, and what every door of the API does with what nobody sends. */
import { request } from 'node:http';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { percentile, until } from './peer.ts';
import { within, type World } from './world.ts';

/** A request as no browser and no library would send it; its status, 0 where the connection ended without one. */
export function raw(
  world: World,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<number> {
  return new Promise((resolve) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const all = { ...headers, ...length };
    const sent = request(
      { host: '127.0.0.1', port: world.one.port, path, method, headers: all, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.once('error', () => resolve(0));
    sent.end(body);
  });
}

async function headers(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const paths = ['/', '/signin', '/help', '/join/123456789', '/healthz', '/readyz', '/api/v1/templates', '/nowhere'];
    const figures = { paths: paths.length, missing: '' };
    for (const path of paths) {
      const answer = await fetch(world.one.url + path, { redirect: 'manual' });
      const need: Record<string, RegExp> = {
        'x-content-type-options': /^nosniff$/,
        'referrer-policy': /^no-referrer$/,
        'cross-origin-opener-policy': /^same-origin$/,
        ...((answer.headers.get('content-type') ?? '').startsWith('text/html') && {
          'content-security-policy': /^(?!.*script-src[^;]*unsafe-(inline|eval)).*frame-ancestors 'none'/,
          'cache-control': /no-store/,
        }),
      };
      for (const [name, wanted] of Object.entries(need))
        if (!wanted.test(answer.headers.get(name) ?? '')) figures.missing += `${path}:${name} `;
    }
    return outcome(figures, { all: figures.missing === '' });
  });
}

/** Every API door with what nobody sends: no answer of 500, and quickly. */
async function fuzzHttp(size: Size): Promise<Outcome> {
  const perDoor = size === 'full' ? 200 : 4;
  return within({}, async (world) => {
    const place = await world.workshop();
    const spec = (await (await fetch(`${world.one.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const bodies = [
      '{',
      '[]',
      'null',
      '"x"',
      '{"a":1,"a":2}',
      '{"__proto__":{"x":1}}',
      `{"title":"${'x'.repeat(600_000)}"}`,
      '['.repeat(50_000),
      '{"title":{"$gt":""}}',
      '{"dots":{"x":-1}}',
      '{"stageId":1e999}',
      '\u0000',
      '{"title":"\\ud800"}',
      '{"code":["1"]}',
      '{"languages":"ky"}',
      '{"seconds":-5}',
      '{"optionIds":[{}]}',
      '{"email":"a\\u0000b","password":{}}',
    ];
    const ids = [place.id, '..%2f..', '%00', "'; drop table", 'x'.repeat(500), '%ff', '-1'];
    const figures = { tried: 0, failed: 0, first: '', p99_ms: 0, crashed: 0 };
    const times: number[] = [];
    for (const [path, methods] of Object.entries(spec.paths))
      for (const method of Object.keys(methods)) {
        if (!['get', 'post', 'put', 'patch', 'delete'].includes(method)) continue;
        for (let at = 0; at < perDoor; at += 1) {
          const pick = <T>(all: readonly T[]): T | undefined => all[Math.floor(Math.random() * all.length)];
          const full = path.replace(/\{[^}]+\}/g, () => encodeURI(pick(ids) ?? 'x'));
          const hasBody = method !== 'get';
          const started = performance.now();
          const status = await raw(
            world,
            method.toUpperCase(),
            full.startsWith('/api') ? full : `/api/v1${full}`,
            {
              authorization: `Bearer ${world.staff.token ?? ''}`,
              ...(hasBody && { 'content-type': pick(['application/json', 'text/plain', 'application/xml']) ?? '' }),
            },
            hasBody ? (pick(bodies) ?? '') : '',
          );
          times.push(performance.now() - started);
          figures.tried += 1;
          // 0: refused before the whole body was read, which some sockets hear as a reset.
          if (status >= 500) {
            figures.failed += 1;
            figures.first ||= `${method}:${full.slice(0, 60)}:${status}`;
          }
        }
      }
    figures.p99_ms = Math.round(percentile(times, 0.99));
    if (!(await until(() => world.one.isHealthy(), 2_000))) figures.crashed = 1;
    return outcome(figures, {
      failed: figures.failed === 0,
      quick: figures.p99_ms <= 500,
      crashed: figures.crashed === 0,
    });
  });
}

export const web: readonly Case[] = [
  {
    id: 'W2',
    name: 'headers',
    does: 'what every answer carries',
    run: headers,
    defence: null,
    unweakened: 'it reads what the answers carry; a missing header is named',
  },
  {
    id: 'F10',
    name: 'fuzz-http',
    does: 'every API door with what nobody sends',
    run: fuzzHttp,
    defence: null,
    unweakened: 'no single defence answers for all doors',
  },
];
