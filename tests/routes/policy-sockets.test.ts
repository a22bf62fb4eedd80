/**
 * The same table at the sockets: who may open and who may write a board (in every state of a stage), a room and a draft,
 * by `/live` and by `/yjs`. What is refused is not in the document afterwards, and what is taken is.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { STANDINGS, type Standing } from '#core/people/caller.ts';
import { objection, type Action } from '#core/people/policy.ts';
import { boardRights, type BoardSituation } from '#core/stage/rights.ts';
import { Raw } from '../live/raw.ts';
import { until, type Room } from '../live/room.ts';
import { must, run, type Running, type World } from './world.ts';

let server: Running;
let cells = 0;
beforeAll(async () => {
  server = await run();
}, 60_000);
afterAll(async () => {
  await server.close();
  expect(cells).toBeGreaterThanOrEqual(90);
});

/** A client of the y-websocket protocol that does one thing. */
class Plain {
  readonly ws: WebSocket;
  readonly doc = new Y.Doc();
  synced = false;
  closed: number | null = null;

  constructor(port: number, document: string, token: string) {
    this.ws = new WebSocket(`ws://127.0.0.1:${port}/yjs/${document}?token=${encodeURIComponent(token)}`);
    this.ws.on('error', () => undefined);
    this.ws.on('close', (code) => (this.closed = code));
    this.ws.on('open', () => this.send(0, Y.encodeStateVector(this.doc)));
    this.ws.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(new Uint8Array(data));
      if (decoding.readVarUint(decoder) !== 0 || decoding.readVarUint(decoder) === 0) return;
      Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder));
      this.synced = true;
    });
  }

  send(kind: number, payload: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, payload);
    this.ws.send(encoding.toUint8Array(encoder));
  }
}

type Outcome = 'shut' | 'reads' | 'writes';

/** One edit as the product makes it: a note on a board, a paragraph in a draft, anything in a room. */
function edit(document: string, doc: Y.Doc): { update: Uint8Array; isThere: (doc: Y.Doc) => boolean } {
  const before = Y.encodeStateVector(doc);
  const id = newId();
  if (document.startsWith('draft/')) {
    const text = new Y.XmlText(id);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [text]);
    doc.getXmlFragment('content').push([paragraph]);
    const isThere = (one: Y.Doc): boolean => one.getXmlFragment('content').toString().includes(id);
    return { update: Y.encodeStateAsUpdate(doc, before), isThere };
  }
  if (document.startsWith('room/')) {
    doc.getMap('room').set(id, id);
    return { update: Y.encodeStateAsUpdate(doc, before), isThere: (one) => one.getMap('room').has(id) };
  }
  doc.transact(() => {
    const note = new Y.Map<unknown>();
    note.set('at', ['strengths', 10, 20]);
    note.set('text', new Y.Text(id));
    note.set('colour', 'yellow');
    doc.getMap('notes').set(id, note);
  });
  return { update: Y.encodeStateAsUpdate(doc, before), isThere: (one) => one.getMap('notes').has(id) };
}

async function byLive(document: string, token: string): Promise<Outcome> {
  const room = { url: (path: string) => `ws://127.0.0.1:${server.port}${path}` } as Room;
  const raw = await Raw.join(room, token, document);
  try {
    if (raw.scope === null) return 'shut';
    const { update, isThere } = edit(document, raw.doc);
    const status = await raw.write(update);
    const landed = await server.live.read(document, isThere);
    expect(landed).toBe(status === 1);
    return landed ? 'writes' : 'reads';
  } finally {
    raw.ws.terminate();
  }
}

async function byYjs(document: string, token: string): Promise<Outcome> {
  const plain = new Plain(server.port, document, token);
  try {
    await until('let in or shut out', () => plain.synced || plain.closed !== null);
    if (!plain.synced) return 'shut';
    const { update, isThere } = edit(document, plain.doc);
    plain.send(2, update);
    let landed = false;
    for (let tries = 0; tries < 100 && !landed && plain.closed === null; tries += 1) {
      landed = await server.live.read(document, isThere);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    if (!landed) expect(plain.closed).toBeGreaterThanOrEqual(4400);
    return landed ? 'writes' : 'reads';
  } finally {
    plain.ws.terminate();
  }
}

async function outcomes(document: string, world: World): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const standing of STANDINGS) {
    const { token } = world.shown[standing];
    cells += 2;
    found[standing] = `${await byLive(document, token)}, ${await byYjs(document, token)}`;
  }
  return found;
}

function expected(see: Action, writes: (standing: Standing) => boolean): Record<string, string> {
  return Object.fromEntries(
    STANDINGS.map((standing) => {
      const outcome = objection([standing], see) ? 'shut' : writes(standing) ? 'writes' : 'reads';
      return [standing, `${outcome}, ${outcome}`];
    }),
  );
}

const ROLE = { admin: 'lead', facilitator: 'lead', staff: 'staff', member: 'member', screen: 'screen' } as const;
const PLAIN: Omit<BoardSituation, 'role'> = {
  stage: 'collect',
  here: true,
  locked: false,
  private: false,
  anonymous: false,
};

const STATES: readonly (readonly [name: string, situation: Omit<BoardSituation, 'role'>])[] = [
  ['open writing', PLAIN],
  ['locked', { ...PLAIN, locked: true }],
  ['private writing', { ...PLAIN, private: true }],
  ['voting', { ...PLAIN, stage: 'vote' }],
  ['closed', { ...PLAIN, closed: true }],
];

describe('a board', () => {
  test.each(STATES)(
    '[A72] in %s',
    async (_, situation) => {
      const world = await server.world();
      const { app, admin } = server;
      const stageId = world.stages[situation.stage ?? ''] ?? '';
      // A voting round freezes what it is about; here the stage alone decides.
      must(await app.rounds.close(admin, world.roundId));
      const flags = { locked: situation.locked, private: situation.private };
      must(await app.stages.set(admin, world.workshopId, { stageId, ...flags }));
      if (situation.closed) must(await app.workshops.change(admin, world.workshopId, { status: 'closed' }));
      const may = (standing: Standing): boolean =>
        standing in ROLE && boardRights({ ...situation, role: ROLE[standing as keyof typeof ROLE] }).write;
      expect(await outcomes(`board/${world.boardId}`, world)).toEqual(expected('board.see', may));
    },
    60_000,
  );
});

test('[A72] a room is written by nobody', async () => {
  const world = await server.world();
  expect(await outcomes(`room/${world.workshopId}`, world)).toEqual(expected('workshop.see', () => false));
}, 60_000);

test('[A72] a draft is seen by the crew and written by the secretariat', async () => {
  const world = await server.world();
  const writes = (standing: Standing): boolean => objection([standing], 'draft.write') === null;
  expect(await outcomes(`draft/${world.strategyId}`, world)).toEqual(expected('draft.see', writes));
}, 60_000);
