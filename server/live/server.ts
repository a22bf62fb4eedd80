/**
 * The live path, assembled: Hocuspocus carries documents between people, and everything that must hold (who, what, how
 * much, saved before seen) is decided by our own files around it. One LiveServer for each process.
 */
import { Hocuspocus, type Document, type Extension } from '@hocuspocus/server';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type * as Y from 'yjs';
import type { Bus } from './bus.ts';
import { Documents } from './documents.ts';
import { tokenFrame } from './frame.ts';
import { calm, hooksOf, type Context } from './hooks.ts';
import { LIMITS } from './limits.ts';
import { GroupCommit } from './log.ts';
import { Peers, type Order } from './peers.ts';
import type { Access, Live, Measure, Presence, UpdateLog } from './ports.ts';
import { hidePresence, receivePresence } from './presence.ts';
import { Seats } from './rights.ts';
import { LiveSocket } from './socket.ts';
import { HOCUSPOCUS, yWebsocket } from './yjs-door.ts';

export interface LiveOptions {
  readonly log: UpdateLog;
  readonly access: Access;
  readonly presence: Presence;
  readonly logger: Logger;
  readonly measure?: Measure | undefined;
  /** More of Hocuspocus' own extensions. Their rejections are logged, never thrown. */
  readonly extensions?: readonly Extension[];
  /** The other instances; left out: there are none. */
  readonly bus?: Bus | null;
  /** Told that another instance wrote into a document that is open here. */
  readonly changedElsewhere?: (document: string) => void;
}

export interface LiveServer extends Live {
  /** Takes a WebSocket whose Origin was checked. `document` and `token` where the door is y-websocket's. */
  accept(ws: WebSocket, cookie: string | null, door?: { readonly document: string; readonly token: string }): void;
  /** Asks again for every socket of a person on this process; the others hear of it by themselves. */
  review(personId: string): Promise<void>;
  readonly isClosing: boolean;
  /** For metrics. */
  counts(): { readonly sockets: number; readonly documents: number; readonly unsaved: number };
  /** Stops reading, saves what was read, closes every socket with 1012. Settles within 10 s; rejects where something was not saved. */
  close(): Promise<void>;
}

export function createLive(options: LiveOptions): LiveServer {
  const { log, access, presence, logger, measure, extensions = [], bus = null, changedElsewhere } = options;
  const commit = new GroupCommit(log);
  const documents = new Documents(log, commit, logger, {
    saved: (document, update) => peers?.saved(document, update),
    refused: (document, clientIds) => void peers?.order({ kind: 'refused', document, clientIds: [...clientIds] }),
  });
  const seats = new Seats(access);
  const sockets = new Set<LiveSocket>();
  let isClosing = false;

  const hocuspocus: Hocuspocus<Context> = new Hocuspocus<Context>({
    quiet: true,
    // Liveness and deadlines are ours (socket.ts): Hocuspocus would cut clients that send no presence.
    timeout: 24 * 60 * 60 * 1000,
    // Nothing is stored when this fires; it only lets a document linger for those who come back at once.
    debounce: 2_000,
    maxDebounce: 10_000,
    maxUnauthenticatedQueueSize: LIMITS.unauthenticatedBytes,
    maxUnauthenticatedQueueMessages: LIMITS.unauthenticatedMessages,
    maxPendingDocuments: LIMITS.documentsPerSocket,
    extensions: extensions.map((extension) => calm(extension, logger)),
    ...hooksOf({
      documents,
      seats,
      presence,
      logger,
      measure,
      isOpen: (document) =>
        hocuspocus.documents.get(document.name) === document && documents.guard(document.name) !== null,
      opened: async (document) => peers?.opened(document),
      unload(name) {
        const document = hocuspocus.documents.get(name);
        if (document) void hocuspocus.unloadDocument(document);
      },
    }),
  });

  const ticking = setInterval(() => {
    const now = Date.now();
    for (const socket of sockets) socket.tick(now);
    peers?.tick(now);
  }, 1_000);
  ticking.unref();

  async function forget(name: string): Promise<void> {
    for (const seat of [...seats.at(name)]) seats.showOut(seat, 'not-found', 4404);
    const document = hocuspocus.documents.get(name);
    await documents.guard(name)?.settled();
    if (!document) return;
    await hocuspocus.debouncer.executeNow(`onStoreDocument-${name}`);
    await hocuspocus.unloadDocument(document);
  }

  async function follow(order: Order): Promise<void> {
    switch (order.kind) {
      case 'reconsider':
        return seats.reconsider(order.documents);
      case 'cut':
        return seats.cut(order.personId);
      case 'forget':
        return forget(order.document);
      case 'refused':
        return documents.guard(order.document)?.clients.refusedElsewhere(order.clientIds);
    }
  }

  const peers = bus
    ? new Peers({ bus, documents, seats, logger, follow, changed: (document) => changedElsewhere?.(document) })
    : null;
  /** Here first, then elsewhere: who asked waits for both. */
  const everywhere = async (order: Order): Promise<void> => {
    await follow(order);
    await peers?.order(order);
  };

  const events = {
    presence(seat: Parameters<typeof hidePresence>[0], payload: Uint8Array): void {
      const guard = documents.guard(seat.document);
      const isReadable = receivePresence(
        seat,
        payload,
        (clientId) => guard?.clients.show(clientId, seat.rights.person.personId) ?? false,
      );
      if (!isReadable) seat.socket.close(4400, 'malformed');
    },
    step1(seat: Parameters<typeof hidePresence>[0], vector: Uint8Array): void {
      for (const frame of documents.state(seat.document)?.answer(vector) ?? []) seat.socket.send(frame);
    },
    left(seat: Parameters<typeof hidePresence>[0]): void {
      hidePresence(seat);
      if (seat.clientId !== null) documents.guard(seat.document)?.clients.unshow(seat.clientId);
      seats.left(seat);
      if (seat.isCounted && seat.rights.workshopId !== null) presence.left(seat.rights.workshopId, seat.rights.person);
    },
    closed(socket: LiveSocket): void {
      sockets.delete(socket);
    },
    failed(error: unknown): void {
      logger.error({ err: error }, 'a socket failed');
    },
  };

  async function edit(name: string, change: (doc: Y.Doc) => void): Promise<void> {
    await documents.fetch(name);
    const connection = await hocuspocus.openDirectConnection(name);
    try {
      const guard = documents.guard(name);
      if (!guard) throw new Error(`${name} is open without a guard`);
      if (peers) await guard.catchUp();
      await guard.edit(change);
      documents.written(guard);
    } finally {
      await connection.disconnect({ unloadImmediately: false });
    }
  }

  async function read<T>(name: string, view: (doc: Y.Doc) => T): Promise<T> {
    const guard = documents.guard(name);
    const open: Document | undefined = guard ? hocuspocus.documents.get(name) : undefined;
    // What the caller was told is saved on another instance is in what they read here.
    if (peers) await guard?.catchUp();
    if (open) return view(open);
    const copy = await documents.copy(name);
    try {
      return view(copy);
    } finally {
      copy.destroy();
    }
  }

  async function close(): Promise<void> {
    isClosing = true;
    for (const socket of sockets) socket.pause();
    const connections = [...hocuspocus.documents.values()].flatMap((document) => document.getConnections());
    const saved = Promise.all(connections.map((connection) => connection.waitForPendingMessages())).then(() =>
      commit.idle(),
    );
    await Promise.race([saved, new Promise((resolve) => setTimeout(resolve, LIMITS.shutdownMs).unref())]);
    const unsaved = commit.pending + commit.failed;
    if (unsaved > 0) logger.error({ unsaved }, 'closing with edits that nobody was told are saved');
    for (const document of hocuspocus.documents.values()) document.flush();
    for (const socket of [...sockets]) socket.close(1012, 'restart');
    await Promise.race([documents.settled(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())]);
    for (const socket of [...sockets]) socket.terminate();
    clearInterval(ticking);
    await hocuspocus.hooks('onDestroy', { instance: hocuspocus });
    if (unsaved > 0) throw new Error(`${unsaved} edits were not saved`);
  }

  return {
    accept(ws, cookie, door) {
      const socket = new LiveSocket(ws, cookie, events, door ? yWebsocket(door.document) : HOCUSPOCUS);
      sockets.add(socket);
      const request = new Request('http://localhost/live');
      const client = hocuspocus.handleConnection(socket, request, { socket, seat: null });
      socket.open(client, door ? [tokenFrame(door.document, door.token)] : []);
    },
    get isClosing() {
      return isClosing;
    },
    counts: () => ({ sockets: sockets.size, documents: hocuspocus.documents.size, unsaved: commit.pending }),
    edit,
    read,
    reconsider: (names) => everywhere({ kind: 'reconsider', documents: [...names] }),
    review: (personId) => seats.review(personId),
    cut: (personId) => everywhere({ kind: 'cut', personId }),
    forget: (document) => everywhere({ kind: 'forget', document }),
    close,
  };
}
