/** A client that says exactly what a test wants it to say, in frames of the Hocuspocus protocol. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { BOARD, until, type Room } from './room.ts';

export class Raw {
  readonly ws: WebSocket;
  readonly document: string;
  /** Answers to writes, in order. */
  readonly statuses: number[] = [];
  /** `type/sub` of every frame, in order. */
  readonly heard: string[] = [];
  readonly notices: unknown[] = [];
  readonly doc = new Y.Doc();
  scope: string | null = null;
  denied: string | null = null;
  closed: string | null = null;
  closeCode: number | null = null;

  constructor(room: Room, document = BOARD, options: { headers?: Record<string, string>; path?: string } = {}) {
    this.document = document;
    this.ws = new WebSocket(room.url(options.path ?? '/live'), { headers: options.headers });
    this.ws.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)));
    this.ws.on('close', (code) => (this.closeCode = code));
    this.ws.on('error', () => undefined);
  }

  /** In and synchronised, as a replica of its own. */
  static async join(room: Room, token: string, document = BOARD): Promise<Raw> {
    const raw = new Raw(room, document);
    await raw.opened();
    raw.auth(token);
    await until('let in or refused', () => raw.scope !== null || raw.denied !== null || raw.closeCode !== null);
    raw.step1();
    if (raw.scope !== null) await until('step 2', () => raw.heard.includes('0/1'));
    return raw;
  }

  opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.ws.once('open', () => resolve());
      this.ws.once('error', reject);
    });
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    if (decoding.readVarString(decoder) !== this.document) return;
    const type = decoding.readVarUint(decoder);
    if (type === 1) return void this.heard.push('1');
    if (type === 5) return void this.notices.push(JSON.parse(decoding.readVarString(decoder)));
    if (type === 7) return void (this.closed = decoding.readVarString(decoder));
    const sub = decoding.readVarUint(decoder);
    this.heard.push(`${type}/${sub}`);
    if (type === 8) this.statuses.push(sub);
    if (type === 2 && sub === 1) this.denied = decoding.readVarString(decoder);
    if (type === 2 && sub === 2) this.scope = decoding.readVarString(decoder);
    if (type === 0 && sub > 0) Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder));
  }

  /** A frame with this document's name, or with another one. */
  frame(write: (encoder: encoding.Encoder) => void, document = this.document): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, document);
    write(encoder);
    this.ws.send(encoding.toUint8Array(encoder));
  }

  auth(token: string, document = this.document): void {
    this.frame((encoder) => {
      for (const number of [2, 0]) encoding.writeVarUint(encoder, number);
      encoding.writeVarString(encoder, token);
    }, document);
  }

  sync(kind: 0 | 1 | 2, payload: Uint8Array, document = this.document): void {
    this.frame((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, kind);
      encoding.writeVarUint8Array(encoder, payload);
    }, document);
  }

  step1(): void {
    this.sync(0, Y.encodeStateVector(this.doc));
  }

  /** Sends an update (or what a client brings when it joins) and answers with its status. */
  async write(update: Uint8Array, kind: 1 | 2 = 2): Promise<number | null> {
    const before = this.statuses.length;
    this.sync(kind, update);
    await until('a status', () => this.statuses.length > before || this.closeCode !== null);
    return this.statuses[before] ?? null;
  }

  presence(entries: readonly [clientId: number, clock: number, state: unknown][]): void {
    this.frame((encoder) => {
      const inner = encoding.createEncoder();
      encoding.writeVarUint(inner, entries.length);
      for (const [clientId, clock, state] of entries) {
        encoding.writeVarUint(inner, clientId);
        encoding.writeVarUint(inner, clock);
        encoding.writeVarString(inner, JSON.stringify(state));
      }
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
    });
  }

  close(): void {
    this.ws.terminate();
    this.doc.destroy();
  }
}

/** The update that a change makes on a copy of a document, as a new Yjs client unless told which. */
export function updateOf(base: Y.Doc, change: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  if (clientId !== undefined) doc.clientID = clientId;
  const before = Y.encodeStateVector(doc);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => change(doc));
  const update = updates.length > 0 ? Y.mergeUpdates(updates) : Y.encodeStateAsUpdate(doc, before);
  doc.destroy();
  return update;
}
