/** R4, R5 and what else several instances promise: stores and buses that go away, orders that hold everywhere. */
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import * as Y from 'yjs';
import { STORE_FILE } from '#server/store/open.ts';
import { clientOf } from '../e2e/client.ts';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { addNote, Peer, pause, textOf, until } from './peer.ts';
import { proxy } from './proxy.ts';
import { lostOf, sum, Typist } from './typist.ts';
import { within, type Instance, type Place, type World } from './world.ts';

/** While the store fails nothing is acknowledged; afterwards everything works by itself, and nothing told is lost. */
async function failing(
  size: Size,
  db: 'sqlite' | 'postgres',
  fail: (world: World) => Promise<() => Promise<void>>,
): Promise<Outcome> {
  // SQLite waits five seconds for a lock before it gives up.
  const seconds = size === 'full' ? 60 : db === 'sqlite' ? 7 : 3;
  return within({ db, wire: db === 'postgres' }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(4);
    const join_ = async (): Promise<Typist[]> =>
      (await Promise.all(people.map(({ token }) => Peer.join(world.one, place.board, token)))).flatMap((peer) =>
        peer ? [new Typist(peer, place.zone)] : [],
      );
    const before = await join_();
    const typing = before.map((typist) => typist.type(40));
    await pause(700);
    const mend = await fail(world);
    // What was on its way when the store went may still be answered; what comes after may not.
    await pause(300);
    const atFailure = sum(before);
    await pause(seconds * 1_000);
    const figures = {
      ...{ db, seconds, acked: 0, acked_while_failing: sum(before) - atFailure, lost: 0 },
      ...{ recovered_ms: -1, honest: '', crashed: world.one.isRunning ? 0 : 1 },
    };
    if (db === 'postgres') {
      const refused = await world.lead.get(`/workshops/${place.id}`);
      figures.honest = `${refused.status}:${refused.body?.error?.code ?? ''}`;
    }
    await mend();
    const mended = performance.now();
    for (const typist of before) typist.stop();
    await Promise.all(typing);
    const works = async (): Promise<boolean> => {
      const [writer] = people;
      const peer = await Peer.join(world.one, place.board, writer?.token ?? '');
      const saved = await (peer?.edit((doc) => void addNote(doc, place.zone, 'again')) ?? false);
      peer?.close();
      return saved;
    };
    if (await until(works, 15_000)) figures.recovered_ms = Math.round(performance.now() - mended);
    figures.acked = sum(before);
    const board = await Peer.join(world.one, place.board, people[0]?.token ?? '');
    figures.lost = board ? lostOf(board.doc, before) : -1;
    return outcome(figures, {
      acked: figures.acked > 0,
      lost: figures.lost === 0,
      silent: figures.acked_while_failing === 0,
      recovered: figures.recovered_ms >= 0 && figures.recovered_ms <= 5_000,
      crashed: figures.crashed === 0,
      honest: db === 'sqlite' || figures.honest === '503:store-unavailable',
    });
  });
}

const storeBusy = (size: Size): Promise<Outcome> =>
  failing(size, 'sqlite', async (world) => {
    const holder = new Sqlite(join(world.dataDir, STORE_FILE), { timeout: 10_000 });
    holder.exec('begin immediate');
    return async () => {
      holder.exec('rollback');
      holder.close();
    };
  });

const storeAway = (size: Size): Promise<Outcome> =>
  failing(size, 'postgres', async ({ wire }) => {
    if (!wire) throw new Error('no wire');
    wire.mode = 'refuse';
    wire.cut();
    return async () => void (wire.mode = 'pass');
  });

const vectorOf = (doc: Y.Doc): string => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort());

async function redisDown(size: Size): Promise<Outcome> {
  const seconds = size === 'full' ? 60 : 4;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const [a, b] = world.instances as [Instance, Instance];
    const place = await world.workshop();
    const people = await place.people(6);
    const fresh = await world.workshop();
    const [guest] = await fresh.people(1);
    await until(() => a.isHealthy('/readyz'), 8_000);
    const peers = await Promise.all(people.map(({ token }, index) => Peer.join(index % 2 ? b : a, place.board, token)));
    const writing = peers.flatMap((peer) => (peer ? [new Typist(peer, place.zone)] : []));
    const typing = writing.map((typist) => typist.type(20));
    await pause(500);
    await world.redis?.away();
    const figures = { seconds, acked: 0, lost: 0, opened_ms: -1, ready: '', level_ms: -1 };
    const opening = performance.now();
    const opened = await Peer.join(b, fresh.board, guest?.token ?? '');
    if (opened) figures.opened_ms = Math.round(performance.now() - opening);
    await pause(seconds * 1_000);
    const ready = await fetch(`${a.url}/readyz`);
    figures.ready = `${ready.status}`;
    // They stop before Redis is back: being level again takes no new edit.
    for (const typist of writing) typist.stop();
    await Promise.all(typing);
    await world.redis?.resume();
    const back = performance.now();
    const isLevel = (): boolean => new Set(peers.map((peer) => (peer ? vectorOf(peer.doc) : ''))).size === 1;
    if (await until(isLevel, 10_000)) figures.level_ms = Math.round(performance.now() - back);
    figures.acked = sum(writing);
    for (const peer of peers) figures.lost += peer ? lostOf(peer.doc, writing) : 1;
    return outcome(figures, {
      acked: figures.acked > 0,
      lost: figures.lost === 0,
      opened: figures.opened_ms >= 0 && figures.opened_ms <= 2_000,
      told: figures.ready === '503',
      level: figures.level_ms >= 0 && figures.level_ms <= 5_000,
    });
  });
}

/** Whoever is removed while writing: nothing of what was on the way lands once the command is answered. */
async function kick(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 50 : 4;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const [, b] = world.instances as [Instance, Instance];
    const place = await world.workshop();
    const figures = { rounds, landed: 0, back_in: 0, slowest_ms: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const [person, witness] = await place.people(2);
      const peer = await Peer.join(b, place.board, person?.token ?? '');
      const watching = await Peer.join(b, place.board, witness?.token ?? '');
      if (!peer || !watching || !person) throw new Error('nobody came in');
      const ids: string[] = [];
      const note = (): void => void peer.edit((doc) => void ids.push(addNote(doc, place.zone, 'in flight')));
      for (let at = 0; at < 10; at += 1) note();
      // The command goes to the other instance than the one where the person sits.
      const removing = world.lead.call('DELETE', `/workshops/${place.id}/participants/${person.participantId}`);
      for (let at = 0; at < 10; at += 1) {
        note();
        await pause(1);
      }
      const asked = performance.now();
      const removed = await removing;
      if (removed.status >= 300) throw new Error(`removing: ${removed.status}`);
      const before = new Set(watching.doc.getMap('notes').keys());
      for (let at = 0; at < 20; at += 1) note();
      await until(() => peer.closeCode !== null, 5_000);
      figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(performance.now() - asked));
      await pause(150);
      const answeredLate = ids.slice(20);
      figures.landed += answeredLate.filter((id) => watching.doc.getMap('notes').has(id) && !before.has(id)).length;
      for (const instance of world.instances)
        if (await Peer.join(instance, place.board, person.token)) figures.back_in += 1;
      peer.close();
      watching.close();
    }
    return outcome(figures, {
      landed: figures.landed === 0,
      out: figures.back_in === 0,
      in_time: figures.slowest_ms <= 1_000,
    });
  });
}

/** One instance after the other is stopped and started again behind a proxy, while people work and read. */
async function rolling(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 5 : 1;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const place = await world.workshop();
    const people = await place.people(10);
    const door = await proxy(world.instances.map(({ port }) => port));
    const figures = { rounds, acked: 0, lost: 0, reconnects: 0, slowest_ms: 0, failed_requests: 0, exits: '' };
    const memory: Typist[] = [];
    let isOver = false;
    const person = async (token: string): Promise<void> => {
      while (!isOver) {
        const left = performance.now();
        let peer: Peer | null = null;
        while (peer === null && !isOver) {
          peer = await Peer.join(door, place.board, token);
          if (peer === null) await pause(50);
        }
        if (peer === null) return;
        figures.reconnects += 1;
        figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(performance.now() - left));
        const typist = new Typist(peer, place.zone);
        memory.push(typist);
        const typing = typist.type(10);
        await until(() => isOver || peer.closeCode !== null, 600_000);
        typist.stop();
        await typing;
      }
    };
    const reader = async (): Promise<void> => {
      const client = clientOf(`http://127.0.0.1:${door.port}`, people[0]?.token ?? null);
      while (!isOver) {
        // A connection cut between two requests is tried again by browsers and proxies alike.
        const get = () =>
          client.get(`/boards/${place.boardId}`).then(
            ({ status }) => status,
            () => 0,
          );
        if ((await get()) !== 200 && (await get()) !== 200) figures.failed_requests += 1;
        await pause(50);
      }
    };
    const all = [...people.map(({ token }) => person(token)), reader()];
    await pause(1_000);
    for (let round = 0; round < rounds; round += 1)
      for (const instance of world.instances) {
        const code = await instance.stop();
        if (code !== 0) figures.exits += `${code} `;
        await instance.start();
        await pause(500);
      }
    isOver = true;
    await Promise.all(all);
    await door.close();
    const board = await Peer.join(world.one, place.board, people[0]?.token ?? '');
    figures.acked = sum(memory);
    figures.lost = board ? lostOf(board.doc, memory) : -1;
    return outcome(figures, {
      acked: figures.acked > 0,
      lost: figures.lost === 0,
      exits: figures.exits === '',
      requests: figures.failed_requests === 0,
      reconnected: figures.slowest_ms <= 5_000,
    });
  });
}

/** Read at once on the other instance what one has just acknowledged: without sticky sessions every request may go anywhere. */
async function readYourWrites(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 500 : 30;
  return within({ db: 'postgres', instances: 2 }, async (world) => {
    const [a, b] = world.instances as [Instance, Instance];
    const place: Place = await world.workshop();
    const [person] = await place.people(1);
    const there = clientOf(b.url, person?.token ?? '');
    const [writer, watcher] = [
      await Peer.join(a, place.board, person?.token ?? ''),
      await Peer.join(b, place.board, person?.token ?? ''),
    ];
    const figures = { rounds, stale: 0, unsaved: 0 };
    for (let round = 0; round < rounds; round += 1) {
      let id = '';
      const saved = await writer?.edit((doc) => void (id = addNote(doc, place.zone, `round ${round}`)));
      if (saved !== true) figures.unsaved += 1;
      const { body } = await there.get(`/boards/${place.boardId}`);
      if (!body.notes.some((note: { id: string }) => note.id === id)) figures.stale += 1;
    }
    const isThere = await until(() => textOf(watcher?.doc ?? new Y.Doc(), 'x') === null, 1);
    return outcome(figures, { fresh: figures.stale === 0 && isThere, saved: figures.unsaved === 0 });
  });
}

export const instances: readonly Case[] = [
  {
    id: 'R4',
    name: 'store-busy',
    does: 'SQLite is locked by another program',
    run: storeBusy,
    defence: 'failure-ignored',
  },
  { id: 'R4b', name: 'store-away', does: 'PostgreSQL cannot be reached', run: storeAway, defence: 'failure-ignored' },
  { id: 'R5', name: 'redis-down', does: 'Redis goes away and comes back', run: redisDown, defence: 'no-comparing' },
  {
    id: 'R6c',
    name: 'rolling',
    does: 'instances are restarted one by one behind a proxy',
    run: rolling,
    defence: 'saved-from-memory',
  },
  {
    id: 'R6d',
    name: 'read-your-writes',
    does: 'saved on one, read on the other',
    run: readYourWrites,
    defence: 'no-telling',
  },
  {
    id: 'A6',
    name: 'kick',
    does: 'somebody is removed while they write, on another instance',
    run: kick,
    defence: 'no-orders',
  },
];
