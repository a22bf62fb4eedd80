/** F1: frames by chance, random and mutated, while somebody honest writes. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { outcome, type Outcome, type Size } from './case.ts';
import { addNote, Peer, pause } from './peer.ts';
import { within, type Person, type Place, type World } from './world.ts';

/** Chance with a seed that is printed. */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Somebody honest, who must be let in. */
export const need = async (world: World, place: Place, person: Person | undefined): Promise<Peer> => {
  const peer = await Peer.join(world.one, place.board, person?.token ?? '');
  if (!peer) throw new Error('somebody honest was not let in');
  return peer;
};

export async function fuzz(size: Size): Promise<Outcome> {
  const [frames, seeds] = size === 'full' ? [1_000_000, 3] : [12_000, 1];
  const figures = { frames, seeds, seed: Date.now() % 1_000_000, closed: 0, crashed: 0, canaries: 0, rss_mb: 0 };
  for (let round = 0; round < seeds; round += 1)
    await within({}, async (world) => {
      const random = chance(figures.seed + round);
      const place = await world.workshop();
      const people = await place.people(9);
      const canary = await need(world, place, people[8]);
      const doc = new Y.Doc();
      addNote(doc, place.zone, 'valid');
      const valid = Y.encodeStateAsUpdate(doc);
      const names = [place.board, '__proto__', 'board/', `room/${place.id}`, '', 'x'.repeat(300), 'board/\u0000'];
      const frame = (): Uint8Array => {
        const encoder = encoding.createEncoder();
        const length = Math.floor(random() * 60);
        const noise = Uint8Array.from({ length }, () => Math.floor(random() * 256));
        const kind = random();
        if (kind < 0.25) return noise;
        encoding.writeVarString(encoder, names[Math.floor(random() * random() * names.length)] ?? '');
        encoding.writeVarUint(encoder, Math.floor(random() * 12));
        if (kind < 0.5) encoding.writeUint8Array(encoder, noise);
        else {
          encoding.writeVarUint(encoder, Math.floor(random() * 3));
          const mutated = valid.slice(0, random() < 0.5 ? valid.length : Math.floor(random() * valid.length));
          for (let at = 0; at < 3 && mutated.length > 0; at += 1)
            mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256);
          encoding.writeVarUint8Array(encoder, mutated);
        }
        return encoding.toUint8Array(encoder);
      };
      let left = frames;
      const attacker = async (token: string): Promise<void> => {
        while (left > 0 && world.one.isRunning) {
          const peer = new Peer(world.one, place.board);
          if (!(await peer.opened())) continue;
          peer.auth(token);
          for (let at = 0; at < 250 && left > 0 && peer.closeCode === null; at += 1) {
            left -= 1;
            peer.raw(frame());
            if (at % 16 === 15) await new Promise((resolve) => setImmediate(resolve));
          }
          if (peer.closeCode !== null) figures.closed += 1;
          figures.rss_mb = Math.max(figures.rss_mb, Math.round(world.one.memory));
          peer.close();
        }
      };
      const attacks = people.slice(0, 8).map(({ token }) => attacker(token));
      for (let at = 0; at < 50; at += 1) {
        if (await canary.edit((each) => void addNote(each, place.zone, 'canary'))) figures.canaries += 1;
        await pause(size === 'full' ? 200 : 20);
      }
      await Promise.all(attacks);
      if (!world.one.isRunning) figures.crashed += 1;
      canary.close();
    });
  return outcome(figures, {
    crashed: figures.crashed === 0,
    canaries: figures.canaries === 50 * seeds,
    memory: figures.rss_mb <= 300,
  });
}
