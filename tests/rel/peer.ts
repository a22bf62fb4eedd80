/** Somebody at a document over the Hocuspocus protocol, who knows of each edit whether it was acknowledged. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Instance } from './world.ts';

export class Peer {
  readonly ws: WebSocket;
  readonly document: string;
  readonly doc = new Y.Doc();
  /** What waits for its status, in order. */
  readonly #waiting: ((saved: boolean) => void)[] = [];
  readonly presence: unknown[] = [];
  scope: string | null = null;
  denied: string | null = null;
  synced = false;
  closeCode: number | null = null;
  /** Told of every update that came from elsewhere, with the time. */
  heard: ((at: number) => void) | null = null;

  constructor(instance: Pick<Instance, 'port'>, document: string, headers: Record<string, string> = {}) {
    this.document = document;
    this.ws = new WebSocket(`ws://127.0.0.1:${instance.port}/live`, { headers, perMessageDeflate: false });
    this.ws.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)));
    this.ws.on('close', (code) => {
      this.closeCode = code;
      for (const told of this.#waiting.splice(0)) told(false);
    });
    this.ws.on('error', () => undefined);
  }

  /** In and level with the server; null where refused or gone. */
  static async join(instance: Pick<Instance, 'port'>, document: string, token: string): Promise<Peer | null> {
    const peer = new Peer(instance, document);
    if (!(await peer.opened())) return null;
    peer.auth(token);
    peer.step1();
    await until(() => peer.synced || peer.denied !== null || peer.closeCode !== null, 15_000);
    return peer.synced ? peer : null;
  }

  opened(): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.ws.readyState === WebSocket.OPEN) return resolve(true);
      this.ws.once('open', () => resolve(true));
      this.ws.once('close', () => resolve(false));
    });
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    if (decoding.readVarString(decoder) !== this.document) return;
    const type = decoding.readVarUint(decoder);
    if (type === 1) return this.#hearPresence(decoding.readVarUint8Array(decoder));
    if (type === 5 || type === 7) return;
    const sub = decoding.readVarUint(decoder);
    if (type === 8) return void this.#waiting.shift()?.(sub === 1);
    if (type === 2 && sub === 1) this.denied = decoding.readVarString(decoder);
    if (type === 2 && sub === 2) this.scope = decoding.readVarString(decoder);
    if ((type === 0 || type === 4) && sub > 0) {
      Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder), 'server');
      if (sub === 1) this.synced = true;
      this.heard?.(performance.now());
    }
  }

  #hearPresence(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clientId = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      this.presence.push({ clientId, state: JSON.parse(decoding.readVarString(decoder)) as unknown });
    }
  }

  frame(write: (encoder: encoding.Encoder) => void, document = this.document): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarString(encoder, document);
    write(encoder);
    this.raw(encoding.toUint8Array(encoder));
  }

  raw(bytes: Uint8Array): void {
    if (this.ws.readyState === WebSocket.OPEN) this.ws.send(bytes, () => undefined);
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

  show(entries: readonly [clientId: number, clock: number, state: unknown][]): void {
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

  /** Sends an update; whether it was acknowledged as saved. False where the connection ended before. */
  send(update: Uint8Array, kind: 1 | 2 = 2): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.ws.readyState !== WebSocket.OPEN) return resolve(false);
      this.#waiting.push(resolve);
      this.sync(kind, update);
    });
  }

  /** Changes the document and sends the change. */
  edit(change: (doc: Y.Doc) => void): Promise<boolean> {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    this.doc.on('update', collect);
    this.doc.transact(() => change(this.doc));
    this.doc.off('update', collect);
    return updates.length === 0 ? Promise.resolve(true) : this.send(Y.mergeUpdates(updates));
  }

  close(): void {
    this.ws.terminate();
    this.doc.destroy();
  }
}

export async function until(isSo: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return true;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let made = 0;
export const freshId = (): string => `n${process.pid.toString(36)}x${(made += 1).toString(36)}`;

export function addNote(doc: Y.Doc, zone: string, text: string, id = freshId()): string {
  const note = new Y.Map<unknown>();
  note.set('at', [zone, 10 + (made % 50) * 200, 20]);
  note.set('text', new Y.Text(text));
  note.set('colour', 'yellow');
  doc.getMap('notes').set(id, note);
  return id;
}

export function textOf(doc: Y.Doc, id: string): string | null {
  const text = doc.getMap<Y.Map<unknown>>('notes').get(id)?.get('text');
  return text instanceof Y.Text ? text.toJSON() : null;
}

/** The value below which this part of all lie. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
