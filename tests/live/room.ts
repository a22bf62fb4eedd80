/** A live server on a port of its own with everything in memory, and the clients that people really use. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { MemoryAccess, MemoryLog, MemoryPresence } from '#server/live/memory.ts';
import type { UpdateLog } from '#server/live/ports.ts';
import { createLive, type LiveServer } from '#server/live/server.ts';
import { attachLive, type Doors } from '#server/live/upgrade.ts';

export const BOARD = 'board/b1';

export interface Client {
  readonly doc: Y.Doc;
  readonly provider: HocuspocusProvider;
  readonly notices: unknown[];
  readonly statuses: number[];
}

export class Room {
  log = new MemoryLog();
  access = new MemoryAccess();
  presence = new MemoryPresence();
  server: Server;
  live: LiveServer;
  port = 0;
  readonly #ends: (() => void)[] = [];
  readonly #store: UpdateLog | null;

  /** @param store another log than the one in memory. */
  constructor(store: UpdateLog | null = null) {
    this.#store = store;
    this.server = createServer((_request, response) => response.writeHead(404).end());
    this.live = this.#createLive();
  }

  #createLive(): LiveServer {
    return createLive({
      log: this.#store ?? this.log,
      access: this.access,
      presence: this.presence,
      logger: pino({ level: 'silent' }),
    });
  }

  async open(doors: Doors = { origin: null, trustProxy: 0 }): Promise<this> {
    attachLive(this.server, this.live, doors);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** The process dies without a word, and another one starts on the same log. */
  async crash(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    this.log = Object.assign(new MemoryLog(), this.log);
    this.server = createServer();
    this.live = this.#createLive();
    await this.open();
  }

  person(id: string, more: { name?: string; organisation?: string } = {}): string {
    this.access.people.set(`token-${id}`, {
      personId: id,
      kind: 'participant',
      name: more.name ?? `name of ${id}`,
      organisation: more.organisation ?? 'Body',
      organisationId: 'o1',
    });
    return `token-${id}`;
  }

  url(path: string): string {
    return `ws://127.0.0.1:${this.port}${path}`;
  }

  /** A stock Hocuspocus provider. */
  join(token: string, document = BOARD, doc = new Y.Doc()): Client {
    const websocketProvider = new HocuspocusProviderWebsocket({
      url: this.url('/live'),
      WebSocketPolyfill: WebSocket,
      delay: 50,
      minDelay: 50,
    });
    const notices: unknown[] = [];
    const statuses: number[] = [];
    const provider = new HocuspocusProvider({
      websocketProvider,
      name: document,
      document: doc,
      token,
      onStateless: ({ payload }) => notices.push(JSON.parse(payload)),
      onMessage: ({ message }) => {
        message.readVarString();
        if (message.readVarUint() === 8) statuses.push(message.readVarUint());
      },
    });
    provider.attach();
    this.#ends.push(() => {
      provider.destroy();
      websocketProvider.destroy();
      provider.awareness?.destroy();
      doc.destroy();
    });
    return { doc, provider, notices, statuses };
  }

  /** A stock y-websocket provider. */
  joinYjs(
    token: string,
    document = BOARD,
    doc = new Y.Doc(),
  ): { doc: Y.Doc; provider: WebsocketProvider; closes: number[] } {
    const closes: number[] = [];
    const provider = new WebsocketProvider(this.url('/yjs'), document, doc, {
      params: { token },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    provider.on('connection-close', (event) => void (event && closes.push(event.code)));
    this.#ends.push(() => {
      provider.destroy();
      doc.destroy();
    });
    return { doc, provider, closes };
  }

  async close(): Promise<void> {
    for (const end of this.#ends.splice(0)) end();
    await this.live.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Waits until something is so; fails with `what` after 5 s. */
export async function until(what: string, isSo: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Writes a note as the product's client does; returns its id. */
export function addNote(doc: Y.Doc, text: string, id = `n${Math.random().toString(36).slice(2, 12)}`): string {
  doc.transact(() => {
    const note = new Y.Map<unknown>();
    note.set('at', ['z', 10, 20]);
    note.set('text', new Y.Text(text));
    note.set('colour', 'yellow');
    doc.getMap('notes').set(id, note);
  });
  return id;
}

export function textOf(doc: Y.Doc, id: string): string | undefined {
  const note = doc.getMap<Y.Map<unknown>>('notes').get(id);
  return note?.get('text')?.toString();
}

export function notes(doc: Y.Doc): string[] {
  return [...doc.getMap('notes').keys()].sort();
}
