/**
 * One client's WebSocket, between `ws` and Hocuspocus. Every frame is counted and looked at here before Hocuspocus sees
 * it, and every answer is put in order before the client does. Nothing in here throws: a bad frame ends its own socket.
 */
import { isUtf8 } from 'node:buffer';
import type { Hocuspocus, WebSocketLike } from '@hocuspocus/server';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { AUTH, deniedFrame, FRAME, quietFrame, readBytes, readFrame, statusFrame, SYNC, type Frame } from './frame.ts';
import { Bucket, LIMITS } from './limits.ts';
import type { Seat } from './seat.ts';
import { readUpdate } from './update.ts';
import { parseName } from './values.ts';
import { HOCUSPOCUS, isClose, type Dialect } from './yjs-door.ts';

/** Hocuspocus' side of the socket. */
type FrameReader = Pick<ReturnType<Hocuspocus['handleConnection']>, 'handleMessage' | 'handleClose'>;

const MAX_TOKEN = 2_048;

function isToken(bytes: Uint8Array, at: number): boolean {
  const token = readBytes(bytes, at);
  return token !== null && token.length <= MAX_TOKEN && isUtf8(token);
}

/** Whether Hocuspocus will be able to read it: what it cannot read, it prints. */
function isSync(bytes: Uint8Array, { sub, body }: Frame): boolean {
  const payload = readBytes(bytes, body);
  if (payload === null || sub > SYNC.update) return false;
  if (sub === SYNC.step2 && payload.length < 6) return readUpdate(payload, 1) !== null;
  if (sub !== SYNC.step1) return true;
  try {
    Y.decodeStateVector(payload);
    return true;
  } catch {
    return false;
  }
}

/** What a socket tells the live path. */
interface SocketEvents {
  presence(seat: Seat, payload: Uint8Array): void;
  step1(seat: Seat, vector: Uint8Array): void;
  /** The seat's document is left, by whichever side. */
  left(seat: Seat): void;
  closed(socket: LiveSocket): void;
  /** Something threw that should not have. */
  failed(error: unknown): void;
}

/** A broadcast is one array handed to every socket: its head is read once. */
let lastRead: { readonly data: Uint8Array; readonly frame: Frame | null } | null = null;

function headOf(data: Uint8Array): Frame | null {
  if (lastRead?.data !== data) lastRead = { data, frame: readFrame(data) };
  return lastRead.frame;
}

export class LiveSocket implements WebSocketLike {
  readonly OPEN = 1;
  readonly #ws: WebSocket;
  readonly #dialect: Dialect;
  readonly #events: SocketEvents;
  /** The Cookie header, where the Origin allows to use it. */
  readonly cookie: string | null;
  /** Documents where this socket's person sits. */
  readonly seats = new Map<string, Seat>();
  /** Documents whose token was shown, and that were neither refused nor left. */
  readonly #asked = new Set<string>();
  /** Documents that the client said it leaves: what it says next waits until the last write before is done. */
  readonly #leaving = new Map<string, Uint8Array[]>();
  /** Presence that came before its document was ready: the latest of each. */
  readonly #early = new Map<string, Uint8Array>();
  /** A step 1 that came before its document was ready. */
  readonly #earlyStep1 = new Map<string, Uint8Array>();
  readonly #messages = new Bucket(60, 300);
  readonly #bytes = new Bucket(2 * 1024 * 1024, 8 * 1024 * 1024);
  readonly #step1 = new Bucket(1, 20);
  readonly openedAt = Date.now();
  #client: FrameReader | null = null;
  #lastSent = Date.now();
  #lastPing = Date.now();
  #lastHeard = Date.now();
  #stuckSince: number | null = null;
  #handedOn = 0;
  isAuthenticated = false;
  personId: string | null = null;

  constructor(ws: WebSocket, cookie: string | null, events: SocketEvents, dialect: Dialect = HOCUSPOCUS) {
    this.#ws = ws;
    this.#dialect = dialect;
    this.#events = events;
    this.cookie = cookie;
    ws.on('error', () => ws.terminate());
    ws.on('pong', () => (this.#lastHeard = Date.now()));
  }

  get readyState(): number {
    return this.#ws.readyState;
  }

  /** Begins to listen. `first`: frames the door says in the client's name. */
  open(client: FrameReader, first: readonly Uint8Array[] = []): void {
    this.#client = client;
    for (const bytes of first) this.#take(bytes);
    this.#ws.on('message', (data: Buffer, isBinary: boolean) => {
      this.#lastHeard = Date.now();
      if (!isBinary) return this.close(4400, 'malformed');
      if (!this.#messages.take() || !this.#bytes.take(data.length)) return this.close(4429, 'too-many-requests');
      this.#guarded(() => this.#take(this.#dialect.inbound(data)));
    });
    this.#ws.on('close', (code: number, reason: Buffer) => {
      this.#guarded(() => client.handleClose({ code, reason: reason.toString() }));
      this.#guarded(() => [...this.seats.keys()].forEach((document) => this.left(document)));
      this.#events.closed(this);
    });
  }

  /** A throw in an event handler would end the process; here it ends the socket. */
  #guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.#events.failed(error);
      this.terminate();
    }
  }

  #take(bytes: Uint8Array): void {
    // Stock providers answer a ping with this one byte; it has no name before it.
    if (bytes.length === 1 && bytes[0] === FRAME.pong) return;
    const frame = readFrame(bytes);
    if (frame === null) return this.close(4400, 'malformed');
    const { document } = frame;
    const held = this.#leaving.get(document);
    if (held) return void (held.length < LIMITS.unauthenticatedMessages && held.push(bytes));
    switch (frame.type) {
      case FRAME.auth:
        if (frame.sub !== AUTH.token || !isToken(bytes, frame.body)) return this.close(4400, 'malformed');
        if (!this.#ask(document)) return;
        break;
      case FRAME.sync:
      case FRAME.syncReply:
        if (!isSync(bytes, frame)) return this.close(4400, 'malformed');
        if (frame.sub === SYNC.step1) return this.#takeStep1(frame, bytes);
        // Who was not let in is told that nothing is saved.
        if (!this.#asked.has(document)) return this.send(statusFrame(document, false));
        if (frame.sub === SYNC.step2) this.seats.get(document)?.brought(readBytes(bytes, frame.body)?.slice() ?? bytes);
        break;
      case FRAME.close:
        if (!this.#asked.has(document)) return;
        this.#leaving.set(document, []);
        break;
      case FRAME.awareness:
        return this.#asked.has(document) ? this.#takePresence(frame, bytes) : undefined;
      default:
        // Stateless messages of clients, and what only servers say: nobody listens.
        return;
    }
    this.#client?.handleMessage(bytes);
  }

  /** Whether the socket may have this document opened; a refusal is sent. */
  #ask(document: string): boolean {
    if (this.#asked.has(document)) return true;
    const isFull = this.#asked.size >= LIMITS.documentsPerSocket;
    if (parseName(document) !== null && !isFull) {
      this.#asked.add(document);
      return true;
    }
    this.send(deniedFrame(document.slice(0, 100), isFull ? 'too-many-requests' : 'not-found'));
    return false;
  }

  /** Answered by us: Hocuspocus would encode the document for each who asks, and send its own step 1 before its step 2. */
  #takeStep1(frame: Frame, bytes: Uint8Array): void {
    if (!this.#asked.has(frame.document)) return;
    if (!this.#step1.take()) return this.close(4429, 'too-many-requests');
    const vector = readBytes(bytes, frame.body) ?? new Uint8Array([0]);
    const seat = this.seats.get(frame.document);
    if (seat?.connection) this.#events.step1(seat, vector);
    else if (vector.length <= LIMITS.unauthenticatedBytes) this.#earlyStep1.set(frame.document, vector);
    else this.close(4413, 'too-large');
  }

  #takePresence(frame: Frame, bytes: Uint8Array): void {
    const payload = readBytes(bytes, frame.body);
    if (payload === null) return this.close(4400, 'malformed');
    const seat = this.seats.get(frame.document);
    if (seat?.connection) this.#events.presence(seat, payload);
    else if (payload.length <= LIMITS.awareness) this.#early.set(frame.document, payload);
  }

  /** The seat's document is ready: from now on its presence is shown. */
  seated(seat: Seat): void {
    this.seats.set(seat.document, seat);
    const step1 = this.#earlyStep1.get(seat.document);
    this.#earlyStep1.delete(seat.document);
    if (step1) this.#events.step1(seat, step1);
    const early = this.#early.get(seat.document);
    this.#early.delete(seat.document);
    if (early) this.#events.presence(seat, early);
  }

  /** Forgets a document that was refused or left. */
  left(document: string): void {
    const seat = this.seats.get(document);
    this.seats.delete(document);
    this.#asked.delete(document);
    this.#early.delete(document);
    this.#earlyStep1.delete(document);
    const held = this.#leaving.get(document) ?? [];
    this.#leaving.delete(document);
    if (seat) this.#events.left(seat);
    // The same document again, as a fresh replica on the same socket.
    if (held.length > 0) setImmediate(() => this.#guarded(() => held.forEach((bytes) => this.#take(bytes))));
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (!(data instanceof Uint8Array)) return;
    const frame = headOf(data);
    if (frame === null) return;
    if (frame.type === FRAME.auth && frame.sub === AUTH.denied) this.left(frame.document);
    this.#put(data, frame);
  }

  #put(data: Uint8Array, frame: Frame): void {
    const out = this.#dialect.outbound(data, frame, this.seats.get(frame.document)?.refusal ?? null);
    if (out === null) return;
    if (isClose(out)) return this.close(out.code, out.reason);
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#lastSent = Date.now();
    this.#ws.send(out, { binary: true }, () => undefined);
  }

  close(code = 1000, reason = ''): void {
    if (this.#ws.readyState === this.#ws.CLOSED) return;
    try {
      this.#ws.close(code >= 1000 && code < 5000 && code !== 1005 && code !== 1006 ? code : 1000, reason.slice(0, 120));
    } catch {
      this.#ws.terminate();
    }
    // A peer that never answers the close would keep the socket for 30 s.
    setTimeout(() => this.#ws.terminate(), 2_000).unref();
  }

  /** Stops reading; what was read is still answered. */
  pause(): void {
    this.#ws.pause();
  }

  terminate(): void {
    this.#ws.terminate();
  }

  /** Once a second: deadlines, silence, and readers that do not read. */
  tick(now: number): void {
    this.#guarded(() => this.#tick(now));
  }

  #tick(now: number): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    if (!this.isAuthenticated && now - this.openedAt > LIMITS.authDeadline) return this.close(4408, 'sign-in-needed');
    if (now - this.#lastHeard > 2 * LIMITS.pingMs + 2_000) return this.terminate();
    if (now - this.#lastPing >= LIMITS.pingMs) {
      this.#lastPing = now;
      this.#ws.ping(undefined, undefined, () => undefined);
    }
    if (now - this.#lastSent >= LIMITS.quietMs) {
      const document = this.seats.keys().next().value;
      if (document !== undefined) this.send(quietFrame(document));
    }
    this.#watchReader(now);
  }

  #watchReader(now: number): void {
    const unread = this.#ws.bufferedAmount;
    const { bytesWritten } = (this.#ws as unknown as { _socket: { bytesWritten: number } })._socket;
    const handedOn = bytesWritten - unread;
    const isReading = unread <= LIMITS.unread || handedOn - this.#handedOn > 256 * 1024;
    if (isReading) {
      this.#stuckSince = null;
      this.#handedOn = handedOn;
    }
    this.#stuckSince ??= isReading ? null : now;
    const isStuck = this.#stuckSince !== null && now - this.#stuckSince >= LIMITS.unreadMs;
    if (isStuck || unread > LIMITS.unreadMost) this.terminate();
  }
}
