/**
 * A seat: one person at one document through one socket. It carries what the server knows about them, from the moment
 * they were let in until the document's connection ends; rights may change while they sit.
 */
import type { Connection } from '@hocuspocus/server';
import type { RefusalCode } from '#core/result.ts';
import { Bucket } from './limits.ts';
import type { DocumentRights } from './ports.ts';
import type { LiveSocket } from './socket.ts';
import { parseName, type DocumentKind } from './values.ts';

/** Milliseconds that an edit waits for the first sync of its connection, where it builds on something in there. */
const REST_MS = 3_000;

/** What a refused person may still send before the socket is cut: an honest client stops at the first. */
const REFUSALS = { rate: 1, burst: 60 };

export class Seat {
  readonly socket: LiveSocket;
  readonly document: string;
  readonly kind: DocumentKind;
  readonly token: string;
  rights: DocumentRights;
  connection: Connection | null = null;
  /** The Yjs client id of this connection's presence, bound by its first frame. */
  clientId: number | null = null;
  /** The last presence it sent, cleaned; kept to show it again when presence is allowed again. */
  presence: Record<string, unknown> | null = null;
  readonly presenceFrames = new Bucket(30, 30);
  waitingPresence: Uint8Array | null = null;
  /** Why the write in hand is refused; read by the y-websocket door when the status passes. */
  refusal: RefusalCode | null = null;
  /** A write was refused that names no client: nothing of this connection is taken any more. */
  isSpoilt = false;
  isGone = false;
  /** Told to Presence as here. */
  isCounted = false;
  readonly refusals = new Bucket(REFUSALS.rate, REFUSALS.burst);
  /** The first sync of this connection; resolves when its bytes have come. Asked for once. */
  #rest: Promise<Uint8Array | null> | null;
  brought: (bytes: Uint8Array) => void = () => undefined;
  /** While rights are being asked again, writes wait for the answer. */
  asking: Promise<void> | null = null;

  constructor(socket: LiveSocket, document: string, token: string, rights: DocumentRights) {
    this.socket = socket;
    this.document = document;
    this.kind = parseName(document)?.kind ?? 'room';
    this.token = token;
    this.rights = rights;
    this.#rest = new Promise((resolve) => (this.brought = resolve));
  }

  /** What the connection brings as its first sync; null where that was taken before, or does not come. */
  rest(): Promise<Uint8Array | null> {
    const coming = this.#rest;
    this.#rest = null;
    if (coming === null) return Promise.resolve(null);
    const inVain = new Promise<null>((resolve) => setTimeout(resolve, REST_MS, null).unref());
    return Promise.race([coming, inVain]);
  }
}
