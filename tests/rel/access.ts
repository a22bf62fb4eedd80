/** A1, A3, A4, A7: who comes in, from which page, and what a change of rights is worth while people write. */
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { clientOf } from '../e2e/client.ts';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { addNote, Peer, pause } from './peer.ts';
import { raw } from './web.ts';
import { within, type World } from './world.ts';

async function joinGuessing(size: Size): Promise<Outcome> {
  const [people, guesses] = size === 'full' ? [500, 400] : [60, 150];
  return within({}, async (world) => {
    const place = await world.workshop();
    const figures = { guesses, found: 0, answered_429: 0, joined: 0, seconds: 0, bodies: 0 };
    const guess = (): string => String(100_000_000 + Math.floor(Math.random() * 899_999_999));
    const wrong = new Set<string>();
    for (let at = 0; at < guesses; at += 1) {
      const { status, body } = await clientOf(world.one.url).post('/join', { code: guess() });
      if (status === 201) figures.found += 1;
      else if (status === 429) figures.answered_429 += 1;
      else wrong.add(JSON.stringify(body));
    }
    figures.bodies = wrong.size;
    const started = performance.now();
    // Whoever has the printed link comes in whatever a guesser behind the same address did.
    const link = new URL(place.body.joinUrl).pathname.split('/').at(-1) ?? '';
    for (let at = 0; at < people; at += 20) {
      const many = Array.from({ length: Math.min(20, people - at) }, () =>
        clientOf(world.one.url).post('/join', { code: link }),
      );
      figures.joined += (await Promise.all(many)).filter(({ status }) => status === 201).length;
    }
    figures.seconds = Math.round((performance.now() - started) / 1_000);
    return outcome(figures, {
      found: figures.found === 0,
      slowed: figures.answered_429 >= guesses - 105,
      joined: figures.joined === people && figures.seconds <= 60,
      alike: figures.bodies <= 1,
    });
  });
}

const upgrade = (world: World, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve) => {
    const ws = new WebSocket(`ws://127.0.0.1:${world.one.port}/live`, { headers });
    ws.once('open', () => (resolve(101), ws.terminate()));
    ws.once('unexpected-response', (_request, response) => (resolve(response.statusCode ?? 0), ws.terminate()));
    ws.once('error', () => resolve(0));
  });

async function origins(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const own = `http://127.0.0.1:${world.one.port}`;
    const cookie = 'ashar_session=abcdefghijklmnopqrstuvwxyz0123456789';
    const foreign = [
      'null',
      'https://evil.example',
      `${own}.evil.example`,
      `http://evil.example/${own}`,
      `http://evil127.0.0.1:${world.one.port}`,
      'http://127.0.0.1:1',
      own.replace('http:', 'https:'),
      `http://user@127.0.0.1:${world.one.port}@evil.example`,
      'http://localhost',
      'file://',
    ];
    const figures = { tried: foreign.length * 2 + 1, let_in: 0, own_refused: 0, crashed: 0 };
    for (const origin of foreign)
      for (const more of [{}, { cookie }] as Record<string, string>[])
        if ((await upgrade(world, { origin, ...more })) !== 403) figures.let_in += 1;
    if ((await upgrade(world, { cookie })) !== 403) figures.let_in += 1;
    for (const headers of [{ origin: own }, { origin: own, cookie }, {}] as Record<string, string>[])
      if ((await upgrade(world, headers)) !== 101) figures.own_refused += 1;
    if (!(await world.one.isHealthy())) figures.crashed = 1;
    return outcome(figures, {
      closed: figures.let_in === 0,
      open: figures.own_refused === 0,
      crashed: figures.crashed === 0,
    });
  });
}

async function forgery(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const signedIn = await fetch(`${world.one.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'facilitator@ashar.test', password: 'a long enough password' }),
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const spec = (await (await fetch(`${world.one.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const doors = Object.entries(spec.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => ['post', 'put', 'patch', 'delete'].includes(method))
        .map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, place.id) })),
    );
    const types = [
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      '',
    ];
    const figures = { doors: doors.length, tried: 0, passed: 0, first: '' };
    for (const { method, path } of doors) {
      const full = path.startsWith('/api') ? path : `/api/v1${path}`;
      // Joining and signing in take a missing Origin: nobody's cookie speaks for them there.
      const isOpen = /\/(join|session)$/.test(full);
      for (const origin of ['null', 'https://evil.example', null])
        for (const type of types) {
          if (origin === null && isOpen) continue;
          const headers = { ...(origin && { origin }), ...(type && { 'content-type': type }), cookie };
          figures.tried += 1;
          const status = await raw(world, method, full, headers, type === 'application/json' ? '{}' : '');
          if (status !== 403 && status !== 415) {
            figures.passed += 1;
            figures.first ||= `${method}:${full}:${origin ?? 'none'}:${type}:${status}`;
          }
        }
    }
    return outcome(figures, { refused: figures.passed === 0, doors: figures.doors > 20 && cookie !== '' });
  });
}

/** Writing is locked and opened again while people type: what was refused does not come back. */
async function roleChange(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 50 : 4;
  return within({}, async (world) => {
    const place = await world.workshop();
    const figures = { rounds, refused: 0, resurrected: 0, pending: 0, unsaved_after: 0 };
    for (let at = 0; at < rounds; at += 1) {
      const [person, other] = await place.people(2);
      const peer = await Peer.join(world.one, place.board, person?.token ?? '');
      const watcher = await Peer.join(world.one, place.board, other?.token ?? '');
      if (!peer || !watcher) throw new Error('nobody came in');
      await world.lead.post(`/workshops/${place.id}/stage`, { stageId: place.stageId, locked: true });
      let id = '';
      if (!(await peer.edit((doc) => void (id = addNote(doc, place.zone, 'locked out'))))) figures.refused += 1;
      await world.lead.post(`/workshops/${place.id}/stage`, { stageId: place.stageId, locked: false });
      // A stock client brings everything again that was refused.
      void peer.send(Y.encodeStateAsUpdate(peer.doc, Y.encodeStateVector(watcher.doc)), 1);
      await pause(100);
      if (watcher.doc.getMap('notes').has(id)) figures.resurrected += 1;
      if (watcher.doc.store.pendingStructs !== null) figures.pending += 1;
      const fresh = await Peer.join(world.one, place.board, person?.token ?? '');
      if (!(await (fresh?.edit((doc) => void addNote(doc, place.zone, 'let in again')) ?? false)))
        figures.unsaved_after += 1;
      for (const each of [peer, watcher, fresh]) each?.close();
    }
    return outcome(figures, {
      refused: figures.refused === rounds,
      gone: figures.resurrected === 0 && figures.pending === 0,
      again: figures.unsaved_after === 0,
    });
  });
}

export const access: readonly Case[] = [
  {
    id: 'A1',
    name: 'join-bruteforce',
    does: 'codes are guessed; a room joins by its link meanwhile',
    run: joinGuessing,
    defence: 'no-failures',
  },
  { id: 'A3', name: 'ws-origin', does: 'sockets from other sites', run: origins, defence: 'no-origin' },
  {
    id: 'A4',
    name: 'csrf',
    does: 'every door that changes something, from other sites',
    run: forgery,
    defence: 'no-origin-http',
  },
  {
    id: 'A7',
    name: 'role-change',
    does: 'writing is locked and opened while people write',
    run: roleChange,
    defence: 'no-reconsidering',
  },
];
