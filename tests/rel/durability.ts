/** R1-R4, R6, R6b: what was acknowledged is there, however the server, the store or one of two instances goes away. */
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { asked, outcome, type Case, type Outcome, type Size } from './case.ts';
import { addNote, Peer, pause, percentile, until } from './peer.ts';
import { lostOf, sum, Typist } from './typist.ts';
import { within, type Instance, type Person, type Place } from './world.ts';

async function typists(instance: Instance, place: Place, people: readonly Person[]): Promise<Typist[]> {
  const peers = await Promise.all(people.map(({ token }) => Peer.join(instance, place.board, token)));
  return peers.flatMap((peer) => (peer ? [new Typist(peer, place.zone)] : []));
}

/** The board as somebody sees it who comes for the first time. */
async function boardOf(instance: Instance, place: Place, token: string): Promise<Y.Doc> {
  const peer = await Peer.join(instance, place.board, token);
  if (!peer) throw new Error('the board does not open');
  peer.ws.terminate();
  return peer.doc;
}

async function kill9(size: Size): Promise<Outcome> {
  const rounds = asked.rounds ?? (size === 'full' ? 200 : 2);
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(10);
    const figures = { rounds, acked: 0, lost: 0, corrupt: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const writing = await typists(world.one, place, people);
      const typing = writing.map((typist) => typist.type(60));
      // Long enough for the log to be compacted at least once: 500 rows.
      await until(() => sum(writing) >= 520, 20_000);
      await pause(Math.random() * 300);
      await world.one.kill();
      await Promise.all(typing);
      figures.acked += sum(writing);
      await world.one.start();
      const board = await boardOf(world.one, place, people[0]?.token ?? '').catch(() => null);
      if (board === null) figures.corrupt += 1;
      else figures.lost += lostOf(board, writing);
      for (const { peer } of writing) peer.close();
      // A board has room for 5,000 notes and 8 MiB.
      if (round % 50 === 49 && round + 1 < rounds) Object.assign(place, await world.workshop());
      if (round % 50 === 49 && round + 1 < rounds) people.splice(0, 10, ...(await place.people(10)));
    }
    return outcome(figures, {
      acked: figures.acked >= (size === 'full' && asked.rounds === null ? 50_000 : 1_000),
      lost: figures.lost === 0,
      corrupt: figures.corrupt === 0,
    });
  });
}

/** Stock clients that stay while the server is killed and comes back. */
async function kill9Stays(size: Size): Promise<Outcome> {
  const rounds = asked.rounds ?? (size === 'full' ? 50 : 2);
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(6);
    const clients = people.map(({ token }) => {
      const socket = new HocuspocusProviderWebsocket({
        url: `ws://127.0.0.1:${world.one.port}/live`,
        WebSocketPolyfill: WebSocket,
        delay: 100,
        minDelay: 100,
        maxDelay: 500,
      });
      const provider = new HocuspocusProvider({
        websocketProvider: socket,
        name: place.board,
        document: new Y.Doc(),
        token,
      });
      provider.attach();
      return { provider, socket };
    });
    const docs = clients.map(({ provider }) => provider.document);
    await until(() => clients.every(({ provider }) => provider.isSynced), 10_000);
    const figures = { rounds, converged: 0, edits: 0, lost: 0, duplicated: 0, slowest_ms: 0 };
    const written = new Map<string, string>();
    for (let round = 0; round < rounds; round += 1) {
      const write = (): void => {
        for (const [index, doc] of docs.entries()) {
          const text = `${round}-${index}-${figures.edits}`;
          doc.transact(() => written.set(addNote(doc, place.zone, text), text));
          figures.edits += 1;
        }
      };
      for (let at = 0; at < 10; at += 1) {
        write();
        await pause(20);
      }
      await world.one.kill();
      // They go on writing while nobody is there.
      write();
      await world.one.start();
      const back = performance.now();
      const isLevel = (): boolean =>
        docs.every((doc) => doc.getMap('notes').size === written.size) &&
        clients.every(({ provider }) => !provider.hasUnsyncedChanges);
      if (await until(isLevel, 5_000)) figures.converged += 1;
      figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(performance.now() - back));
    }
    const board = await boardOf(world.one, place, people[0]?.token ?? '');
    const notes = board.getMap<Y.Map<unknown>>('notes');
    for (const [id, text] of written) {
      const is = (notes.get(id)?.get('text') as Y.Text | undefined)?.toJSON();
      if (is === undefined) figures.lost += 1;
      else if (is !== text) figures.duplicated += 1;
    }
    for (const { provider, socket } of clients) {
      provider.destroy();
      socket.destroy();
    }
    return outcome(figures, {
      converged: figures.converged === rounds,
      lost: figures.lost === 0,
      duplicated: figures.duplicated === 0,
    });
  });
}

async function sigterm(size: Size): Promise<Outcome> {
  const [rounds, count] = size === 'full' ? [20, 500] : [1, 30];
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(count);
    const figures = { rounds, clients: count, acked: 0, lost: 0, slowest_ms: 0, exits: '' };
    for (let round = 0; round < rounds; round += 1) {
      const writing = await typists(world.one, place, people);
      const typing = writing.map((typist) => typist.type(size === 'full' ? 2 : 20));
      await pause(1_000);
      const started = performance.now();
      const code = await world.one.stop();
      figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(performance.now() - started));
      if (code !== 0) figures.exits += `${code} `;
      await Promise.all(typing);
      figures.acked += sum(writing);
      await world.one.start();
      figures.lost += lostOf(await boardOf(world.one, place, people[0]?.token ?? ''), writing);
      // What was sent and got no answer before the end: an orderly end answers all of it.
      for (const { peer } of writing) peer.close();
    }
    return outcome(figures, {
      lost: figures.lost === 0,
      in_time: figures.slowest_ms <= 10_000,
      exit: figures.exits === '',
      acked: figures.acked > 0,
    });
  });
}

/** Asked to stop while the store is away: it must not end as if all were well. */
async function sigtermUnsaved(_size: Size): Promise<Outcome> {
  return within({ db: 'postgres', wire: true }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(4);
    const writing = await typists(world.one, place, people);
    const typing = writing.map((typist) => typist.type(40));
    await pause(500);
    if (world.wire) world.wire.mode = 'refuse';
    world.wire?.cut();
    await until(() => writing.every(({ peer }) => peer.closeCode !== null), 8_000);
    const started = performance.now();
    const exit = await world.one.stop();
    await Promise.all(typing);
    const said = /"unsaved":(\d+)/.exec(world.one.printed)?.[1] ?? 'nothing';
    const figures = { exit: exit ?? -1, unsaved_said: said, took_ms: Math.round(performance.now() - started) };
    return outcome(figures, { exit: exit !== 0, said: Number(said) > 0, in_time: figures.took_ms <= 10_500 });
  });
}

/** One of two instances is killed with its clients; the other goes on, and those who were cut come to it. */
async function failover(size: Size): Promise<Outcome> {
  const count = size === 'full' ? 100 : 16;
  const rounds = asked.rounds ?? (size === 'full' ? 20 : 2);
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(count);
    const figures = { rounds, clients: count, acked: 0, lost: 0, differing: 0, level_ms: 0, reconnect_p95_ms: 0 };
    const reconnects: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [victim, other] = (round % 2 === 0 ? world.instances : [...world.instances].reverse()) as [
        Instance,
        Instance,
      ];
      const half = Math.floor(count / 2);
      const there = await typists(victim, place, people.slice(0, half));
      const here = await typists(other, place, people.slice(half));
      const all = [...there, ...here];
      const typing = all.map((typist) => typist.type(size === 'full' ? 25 : 40));
      await pause(size === 'full' ? 3_000 : 1_500);
      await victim.kill();
      const moved = performance.now();
      const back = await Promise.all(people.slice(0, half).map(({ token }) => Peer.join(other, place.board, token)));
      reconnects.push(...back.map((peer) => (peer === null ? Infinity : performance.now() - moved)));
      await pause(300);
      for (const typist of all) typist.stop();
      await Promise.all(typing);
      figures.acked += sum(all);
      await victim.start();
      let vectors: string[] = [];
      let lost = 0;
      // What was saved and not told before the end is read from the log within seconds.
      const isLevel = async (): Promise<boolean> => {
        const boards = [
          await boardOf(victim, place, people[0]?.token ?? ''),
          await boardOf(other, place, people[0]?.token ?? ''),
        ];
        lost = boards.reduce((most, board) => most + lostOf(board, all), 0);
        vectors = boards.map((board) => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(board))].sort()));
        for (const board of boards) board.destroy();
        return vectors[0] === vectors[1];
      };
      const restarted = performance.now();
      if (!(await until(isLevel, 5_000))) figures.differing += 1;
      figures.level_ms = Math.max(figures.level_ms, Math.round(performance.now() - restarted));
      figures.lost += lost;
      for (const { peer } of all) peer.close();
      for (const peer of back) peer?.close();
      if (round % 5 === 4 && round + 1 < rounds) {
        Object.assign(place, await world.workshop());
        people.splice(0, count, ...(await place.people(count)));
      }
    }
    figures.reconnect_p95_ms = Math.round(percentile(reconnects, 0.95));
    return outcome(figures, {
      acked: figures.acked >= (size === 'full' && asked.rounds === null ? 100_000 : 500),
      lost: figures.lost === 0,
      level: figures.differing === 0,
      reconnected: figures.reconnect_p95_ms <= 5_000,
    });
  });
}

/** Somebody's only edit on B, who then leaves, while A is saving: with locks around saving, B would skip it. */
async function lockSkip(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 50 : 4;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(4);
    const [a, b] = world.instances as [Instance, Instance];
    const figures = { rounds, acked: 0, lost: 0 };
    const ids: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const writing = await typists(a, place, people.slice(1));
      const typing = writing.map((typist) => typist.type(50));
      await pause(150 + Math.random() * 200);
      const guest = await Peer.join(b, place.board, people[0]?.token ?? '');
      let id = '';
      if (await guest?.edit((doc) => void (id = addNote(doc, place.zone, 'on my way')))) ids.push(id);
      guest?.close();
      for (const typist of writing) typist.stop();
      await Promise.all(typing);
      for (const { peer } of writing) peer.close();
    }
    figures.acked = ids.length;
    await Promise.all(world.instances.map((each) => each.kill()));
    await a.start();
    const notes = (await boardOf(a, place, people[0]?.token ?? '')).getMap('notes');
    figures.lost = ids.filter((id) => !notes.has(id)).length;
    return outcome(figures, { acked: figures.acked === rounds, lost: figures.lost === 0 });
  });
}

export const durability: readonly Case[] = [
  {
    id: 'R1',
    name: 'kill9',
    does: 'kill -9 while ten people type; they are gone too',
    run: kill9,
    defence: 'saved-from-memory',
  },
  {
    id: 'R2',
    name: 'kill9-stays',
    does: 'kill -9 while stock clients stay',
    run: kill9Stays,
    defence: 'saved-from-memory',
  },
  { id: 'R3', name: 'sigterm', does: 'an orderly stop under load', run: sigterm, defence: 'saved-from-memory' },
  {
    id: 'R3b',
    name: 'sigterm-unsaved',
    does: 'a stop while the store is away',
    run: sigtermUnsaved,
    defence: 'silent-end',
  },
  { id: 'R6', name: 'failover', does: 'one of two instances is killed', run: failover, defence: 'saved-from-memory' },
  {
    id: 'R6b',
    name: 'lock-skip',
    does: 'an only edit on B while A saves',
    run: lockSkip,
    defence: 'saved-from-memory',
  },
];
