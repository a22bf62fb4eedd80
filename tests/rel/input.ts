/** F1-F8: frames and updates that nobody honest sends. The server stands, nothing of them lands, honest people notice nothing. */
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { fuzz, need } from './fuzz.ts';
import { hostileUpdates } from './hostile.ts';
import { addNote, Peer, pause, percentile, until } from './peer.ts';
import { within } from './world.ts';

/** Edits of somebody honest, one after the other: how many were saved, and how long each took. */
async function honest(
  peer: Peer,
  zone: string,
  count: number,
): Promise<{ saved: number; slowest: number; p95: number }> {
  const times: number[] = [];
  let saved = 0;
  for (let at = 0; at < count; at += 1) {
    const started = performance.now();
    if (await peer.edit((doc) => void addNote(doc, zone, 'honest'))) saved += 1;
    times.push(performance.now() - started);
    await pause(10);
  }
  return { saved, slowest: Math.max(...times), p95: percentile(times, 0.95) };
}

async function hostile(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(3);
    const victim = await need(world, place, people[0]);
    const watcher = await need(world, place, people[1]);
    await victim.edit((doc) => void addNote(doc, place.zone, 'hers', 'hers'));
    await until(() => watcher.doc.getMap('notes').size === 1, 3_000);
    const before = JSON.stringify(watcher.doc.getMap('notes'));
    const crafted = hostileUpdates(watcher.doc, place.zone, victim.doc.clientID);
    const figures = {
      crafted: Object.keys(crafted).length,
      acked: '',
      changed: 0,
      pending: 0,
      slowest_ms: 0,
      crashed: 0,
    };
    for (const [name, update] of Object.entries(crafted)) {
      // A new person each: whoever was refused once is refused anyway.
      const [person] = await place.people(1);
      const mallory = await need(world, place, person);
      const told = mallory.send(update);
      const { slowest } = await honest(victim, place.zone, 1);
      figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(slowest));
      if (await Promise.race([told, pause(6_000).then(() => false)])) figures.acked += `${name} `;
      mallory.close();
    }
    await pause(200);
    const hers = JSON.stringify(watcher.doc.getMap('notes').get('hers'));
    if (hers !== JSON.stringify((JSON.parse(before) as Record<string, unknown>)['hers'])) figures.changed = 1;
    if (watcher.doc.store.pendingStructs !== null || watcher.doc.store.pendingDs !== null) figures.pending = 1;
    if (!world.one.isRunning) figures.crashed = 1;
    return outcome(figures, {
      acked: figures.acked === '' && figures.crafted >= 25,
      unchanged: figures.changed === 0,
      pending: figures.pending === 0,
      honest: figures.slowest_ms <= 150,
      crashed: figures.crashed === 0,
    });
  });
}

/** Nobody but the server writes what steers a room, whoever they are. */
async function controlDoc(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const [person] = await place.people(1);
    const room = `room/${place.id}`;
    const figures = { roles: 3, changed: 0, saved: 0 };
    for (const token of [person?.token, world.lead.token, world.staff.token]) {
      const peer = await Peer.join(world.one, room, token ?? '');
      if (!peer) throw new Error('the room does not open');
      const before = JSON.stringify(peer.doc.getMap('room').get('stage'));
      if (await peer.edit((doc) => void doc.getMap('room').set('stage', { locked: true }))) figures.saved += 1;
      peer.close();
      const other = await Peer.join(world.one, room, world.lead.token ?? '');
      if (JSON.stringify(other?.doc.getMap('room').get('stage')) !== before) figures.changed += 1;
      other?.close();
    }
    return outcome(figures, { unchanged: figures.changed === 0, refused: figures.saved === 0 });
  });
}

/** Thousands of short questions whose answers are long, from somebody who does not read them. */
async function amplify(size: Size): Promise<Outcome> {
  const frames = size === 'full' ? 3_000 : 1_500;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(3);
    const writer = await need(world, place, people[0]);
    for (let part = 0; part < 16; part += 1) {
      await writer.edit((doc) => {
        for (let at = 0; at < 30; at += 1) addNote(doc, place.zone, 'w'.repeat(1_950));
      });
      await pause(50);
    }
    const attacker = await need(world, place, people[1]);
    const before = world.one.memory;
    attacker.ws.pause();
    for (let at = 0; at < frames; at += 1) attacker.sync(0, new Uint8Array([1, 5, 0]));
    const figures = { frames, document_kb: Math.round(Y.encodeStateAsUpdate(writer.doc).length / 1024) };
    let most = 0;
    const other = await need(world, place, people[2]);
    const { slowest, saved } = await honest(other, place.zone, 20);
    for (let at = 0; at < 10; at += 1) {
      most = Math.max(most, world.one.memory - before);
      await pause(50);
    }
    const all = { ...figures, rss_more_mb: Math.round(most), honest_ms: Math.round(slowest), honest: saved };
    return outcome(all, { memory: most <= (size === 'full' ? 64 : 128), honest: slowest <= 250 && saved === 20 });
  });
}

async function presenceSpoof(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const [alice] = await place.people(1, { name: 'Алиса' });
    const [mallory] = await place.people(1, { name: 'М' });
    const [watching] = await place.people(1);
    const hers = await need(world, place, alice);
    const theirs = await need(world, place, mallory);
    const watcher = await need(world, place, watching);
    hers.show([[hers.doc.clientID, 1, { cursor: { x: 1, y: 1 } }]]);
    await pause(150);
    const user = { name: 'Алиса (модератор)' };
    theirs.show([[theirs.doc.clientID, 1, { user, cursor: { x: 2, y: 2 } }]]);
    theirs.show([[hers.doc.clientID, 900, { user }]]);
    theirs.show(Array.from({ length: 60 }, (_, at) => [1_000 + at, 1, { user }] as [number, number, unknown]));
    await pause(400);
    const seen = watcher.presence as { clientId: number; state: { user?: { name?: string } } | null }[];
    const figures = {
      forged: seen.filter(({ state }) => state?.user?.name === user.name).length,
      ghosts: seen.filter(({ clientId }) => clientId >= 1_000 && clientId < 1_060).length,
      victim: seen.some(({ clientId, state }) => clientId === hers.doc.clientID && state?.user?.name === 'Алиса')
        ? 1
        : 0,
    };
    return outcome(figures, {
      forged: figures.forged === 0,
      ghosts: figures.ghosts === 0,
      victim: figures.victim === 1,
    });
  });
}

async function oversize(size: Size): Promise<Outcome> {
  const parked = size === 'full' ? 100 : 25;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(2);
    const before = world.one.memory;
    let peak = before;
    const codes: (number | null)[] = [];
    const sizes = [2_000_000, 20_000_000, 120_000_000];
    for (const isIn of [false, true])
      for (const bytes of sizes) {
        const peer = isIn ? await need(world, place, people[0]) : new Peer(world.one, place.board);
        await peer.opened();
        peer.ws.send(new Uint8Array(bytes), () => undefined);
        await until(() => {
          peak = Math.max(peak, world.one.memory);
          return peer.closeCode !== null;
        }, 5_000);
        codes.push(peer.closeCode);
        peer.close();
      }
    // Not signed in, and each with as much as one message may hold.
    const idle = await Promise.all(
      Array.from({ length: parked }, async () => {
        const peer = new Peer(world.one, place.board);
        await peer.opened();
        for (let at = 0; at < 5; at += 1)
          peer.frame((encoder) => encoding.writeUint8Array(encoder, new Uint8Array(900_000)));
        return peer;
      }),
    );
    await pause(1_000);
    const figures = {
      tried: codes.length,
      closed: codes.filter((code) => code === 1009 || code === 1006 || (code ?? 0) >= 4400).length,
      parked_open: idle.filter(({ closeCode }) => closeCode === null).length,
      rss_more_mb: Math.round(Math.max(peak, world.one.memory) - before),
      honest: (await honest(await need(world, place, people[1]), place.zone, 3)).saved,
    };
    for (const peer of idle) peer.close();
    return outcome(figures, {
      closed: figures.closed === figures.tried,
      memory: figures.rss_more_mb <= 96,
      honest: figures.honest === 3,
    });
  });
}

async function flood(size: Size): Promise<Outcome> {
  const seconds = size === 'full' ? 10 : 3;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(2);
    const flooder = await need(world, place, people[0]);
    const other = await need(world, place, people[1]);
    const started = performance.now();
    let cut = -1;
    flooder.ws.once('close', () => (cut = performance.now() - started));
    const timer = setInterval(() => {
      for (let at = 0; at < 50; at += 1) flooder.show([[flooder.doc.clientID, at, { typing: true }]]);
    }, 10);
    const { p95, saved } = await honest(other, place.zone, seconds * 20);
    clearInterval(timer);
    const figures = { cut_ms: Math.round(cut), others_p95_ms: Math.round(p95), saved };
    return outcome(figures, { cut: cut >= 0 && cut <= 2_000, others: p95 <= 200 && saved === seconds * 20 });
  });
}

async function fanOut(size: Size): Promise<Outcome> {
  const names = size === 'full' ? 10_000 : 500;
  return within({}, async (world) => {
    const place = await world.workshop();
    const [person] = await place.people(1);
    const figures = { names, opened: 0 };
    const code = { closes: 0 };
    for (let at = 0; at < names; at += 100) {
      const ws = new WebSocket(`ws://127.0.0.1:${world.one.port}/live`);
      ws.on('error', () => undefined);
      await new Promise((resolve) => (ws.once('open', resolve), ws.once('close', resolve)));
      ws.on('message', (data: Buffer) => {
        const length = data[0] ?? 0;
        if (data[1 + length] === 2 && data[2 + length] === 2) figures.opened += 1;
      });
      ws.once('close', () => (code.closes += 1));
      for (let more = 0; more < 100; more += 1) {
        const encoder = encoding.createEncoder();
        encoding.writeVarString(encoder, `board/invented${at + more}`);
        for (const number of [2, 0]) encoding.writeVarUint(encoder, number);
        encoding.writeVarString(encoder, person?.token ?? '');
        ws.send(encoding.toUint8Array(encoder), () => undefined);
      }
      await pause(60);
      ws.terminate();
    }
    return outcome(figures, { opened: figures.opened === 0 });
  });
}

export const input: readonly Case[] = [
  { id: 'F1', name: 'fuzz-ws', does: 'random and mutated frames', run: fuzz, defence: 'throwing' },
  { id: 'F2', name: 'hostile-updates', does: 'crafted updates', run: hostile, defence: 'no-guard' },
  { id: 'F3', name: 'control-doc', does: 'raw writes into the room document', run: controlDoc, defence: 'no-guard' },
  { id: 'F4', name: 'amplify', does: 'short questions with long answers', run: amplify, defence: 'no-watching' },
  { id: 'F5', name: 'presence-spoof', does: 'presence under another name', run: presenceSpoof, defence: 'no-stamp' },
  { id: 'F6', name: 'oversize', does: 'messages that are too long', run: oversize, defence: 'no-size' },
  { id: 'F7', name: 'flood', does: 'thousands of messages a second', run: flood, defence: 'no-counting' },
  { id: 'F8', name: 'doc-fanout', does: 'documents that do not exist', run: fanOut, defence: 'no-rights' },
];
