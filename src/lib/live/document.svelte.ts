/**
 * One shared document on the screen: its replica on the device, its provider on the page's socket, and what happens when
 * the server says no. A refused replica can never be sent again (its Yjs client id stays refused), so the words are kept
 * for their writer, the replica is dropped and a fresh one is opened; when that happens again and again, it stops.
 */
import { HocuspocusProvider, MessageType, WebSocketStatus } from '@hocuspocus/provider';
import { createDecoder, readVarInt, readVarString, readVarUint } from 'lib0/decoding';
import * as Y from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import { REFUSALS, type RefusalCode } from '#core/result.ts';
import type { Connection, Unsent } from './connection.svelte.ts';
import { openReplica, type Replica } from './replica.ts';
import { inParts } from './send.ts';
import { BOARD_READING, type Reading } from './unsent.ts';

/** Words that the server did not take, kept until their writer has copied or dismissed them. */
export interface Refused {
  readonly id: number;
  readonly code: RefusalCode | null;
  readonly words: readonly string[];
}

export interface LiveDocumentOptions {
  readonly name: string;
  /** Whose replica it is; null: nothing is kept on the device. */
  readonly personId: string | null;
  readonly presence?: boolean;
  /** How its changes are counted; a board's unless another is given. */
  readonly reading?: Reading;
}

/** Milliseconds: changes within are one message, so that a drag sends at most one per 40 ms. */
const FLUSH = 40;
/** So many re-openings within a minute mean that the server will not take this document from us. */
const MOST_REOPENINGS = 5;
const MINUTE = 60_000;
/** The server's own trouble: nothing was refused, the replica comes back as it is. */
const PASSING: readonly RefusalCode[] = ['store-unavailable', 'unexpected', 'too-many-requests'];
/** After these the document is not ours to see: the replica goes, and nobody asks again. */
const FINAL: readonly RefusalCode[] = [
  'not-found',
  'removed-from-workshop',
  'forbidden',
  'join-needed',
  'sign-in-needed',
];

export class LiveDocument implements Unsent {
  readonly name: string;
  /** Another one after each re-opening: bind views in an effect. */
  doc = $state.raw<Y.Doc>(new Y.Doc());
  awareness = $state.raw<Awareness | null>(null);
  /** The content has arrived, from the server or from the device. */
  loaded = $state(false);
  /** The server has been heard on this replica. */
  synced = $state(false);
  /** Whether the server takes writes from here; null until it has said so. Changes while the page is open. */
  mayWrite = $state<boolean | null>(null);
  /** Between two replicas: what would be typed now would be lost. */
  reopening = $state(false);
  /** Why it is closed for good, or null. */
  ended = $state<RefusalCode | null>(null);
  refused = $state.raw<readonly Refused[]>([]);
  #unsentKeys = $state.raw<ReadonlySet<string>>(new Set());
  readonly #options: LiveDocumentOptions;
  readonly #reading: Reading;
  readonly #connection: Connection;
  readonly #uncarry: () => void;
  #provider: HocuspocusProvider | null = null;
  #replica: Replica | null = null;
  #openings: number[] = [];
  #destroyed = false;
  #refusals = 0;
  /** Why the next write is refused: told just before the refusal itself. */
  #why: RefusalCode | null = null;

  constructor(connection: Connection, options: LiveDocumentOptions) {
    this.name = options.name;
    this.#options = options;
    this.#reading = options.reading ?? BOARD_READING;
    this.#connection = connection;
    this.#uncarry = connection.carry(this);
    void this.#open();
  }

  get unsent(): number {
    return this.#unsentKeys.size;
  }

  /** Whether the server has this note or group as it stands here. */
  isUnsent(key: string): boolean {
    return this.#unsentKeys.has(key);
  }

  dismiss(id: number): void {
    this.refused = this.refused.filter((each) => each.id !== id);
  }

  async #open(): Promise<void> {
    const doc = new Y.Doc();
    const { name, personId } = this.#options;
    // The replica is read before the socket hears of the document: its words go out as one comparison, not as edits.
    const replica = personId === null ? null : await openReplica(name, personId, doc);
    if (this.#destroyed) return void replica?.close();
    this.#replica = replica;
    this.#unsentKeys = new Set(replica?.unsent);
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (transaction.local) this.#touch(this.#reading.touched(transaction));
    });
    const provider: HocuspocusProvider = new HocuspocusProvider({
      name,
      document: doc,
      token: '',
      websocketProvider: this.#connection.socket,
      flushDelay: FLUSH,
      ...(this.#options.presence === false ? { awareness: null } : {}),
      onAuthenticated: ({ scope }) => {
        if (this.#provider === provider) this.mayWrite = scope === 'read-write';
      },
      onSynced: () => this.#show(doc, provider, true),
      onUnsyncedChanges: ({ number }) => number === 0 && provider.isAuthenticated && this.#acknowledge(),
      onStateless: ({ payload }) => (this.#why = refusedCode(payload)),
      onMessage: ({ event }) => this.#hear(provider, event.data as ArrayBuffer),
      onAuthenticationFailed: ({ reason }) => this.#deny(codeOf(reason)),
    });
    provider.on('close', ({ event }: { event: { reason?: string } }) => {
      // The socket going away is the connection's business; this is the server closing one document.
      if (this.#connection.socket.status === WebSocketStatus.Connected) void this.#reopen(codeOf(event.reason), false);
    });
    inParts(provider, doc);
    this.#provider = provider;
    provider.attach();
    if (this.#reading.isThere(doc)) this.#show(doc, provider, false);
  }

  #show(doc: Y.Doc, provider: HocuspocusProvider, synced: boolean): void {
    if (this.#destroyed || this.#provider !== provider) return;
    if (this.doc !== doc) this.doc.destroy();
    this.doc = doc;
    this.awareness = provider.awareness;
    this.loaded = true;
    this.reopening = false;
    if (synced) this.synced = true;
  }

  #touch(keys: readonly string[]): void {
    const added = keys.filter((key) => !this.#unsentKeys.has(key));
    if (added.length === 0) return;
    this.#unsentKeys = new Set([...this.#unsentKeys, ...added]);
    this.#replica?.keepUnsent([...this.#unsentKeys]);
  }

  #acknowledge(): void {
    if (this.#unsentKeys.size === 0) return;
    this.#unsentKeys = new Set();
    this.#replica?.keepUnsent([]);
  }

  /** The provider passes over a refused write in silence; here it is heard. */
  #hear(provider: HocuspocusProvider, data: ArrayBuffer): void {
    const decoder = createDecoder(new Uint8Array(data));
    readVarString(decoder);
    if ((readVarUint(decoder) as MessageType) !== MessageType.SyncStatus || readVarInt(decoder) === 1) return;
    // Answers to what the replica before this one sent come before this one is let in.
    if (provider === this.#provider && provider.isAuthenticated) void this.#reopen(this.#why, true);
  }

  #keepWords(code: RefusalCode | null): void {
    const words = this.#provider ? this.#reading.words(this.#provider.document, [...this.#unsentKeys]) : [];
    if (words.length > 0) this.refused = [...this.refused, { id: ++this.#refusals, code, words }];
  }

  /** @param refused a write was refused; otherwise the server closed the document for a reason of its own. */
  async #reopen(code: RefusalCode | null, refused: boolean): Promise<void> {
    if (this.reopening || this.#destroyed || this.ended) return;
    this.reopening = true;
    const passing = !refused && (code === null || PASSING.includes(code));
    // Without storage there is no replica to come back with: then the words are all that can be kept.
    if (!passing || this.#replica === null) this.#keepWords(code);
    await this.#close(!passing && this.#unsentKeys.size > 0);
    this.#why = null;
    const now = Date.now();
    this.#openings = [...this.#openings.filter((time) => now - time < MINUTE), now];
    if (this.#openings.length > MOST_REOPENINGS) {
      this.ended = code ?? 'unexpected';
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** this.#openings.length));
    if (!this.#destroyed) await this.#open();
  }

  #deny(code: RefusalCode | null): void {
    if (this.#destroyed || this.ended) return;
    if (code !== null && !FINAL.includes(code)) return void this.#reopen(code, false);
    this.#keepWords(code);
    this.ended = code ?? 'forbidden';
    this.reopening = true;
    void this.#close(code === 'not-found' || code === 'removed-from-workshop');
  }

  /** @param drop also delete the copy on the device. */
  async #close(drop: boolean): Promise<void> {
    const [provider, replica] = [this.#provider, this.#replica];
    this.#provider = null;
    this.#replica = null;
    this.awareness = null;
    provider?.destroy();
    if (drop) await replica?.drop();
    else await replica?.close();
    this.#unsentKeys = new Set();
  }

  destroy(): void {
    this.#destroyed = true;
    this.#uncarry();
    void this.#close(false);
  }
}

/** Close reasons of ours are refusal codes; anything else says nothing that a person could use. */
function codeOf(reason: string | undefined): RefusalCode | null {
  return reason !== undefined && Object.hasOwn(REFUSALS, reason) ? (reason as RefusalCode) : null;
}

/** The server's notice `{refused: code}`. */
function refusedCode(payload: string): RefusalCode | null {
  try {
    const notice: unknown = JSON.parse(payload);
    const refused = (notice as { refused?: unknown } | null)?.refused;
    return typeof refused === 'string' ? codeOf(refused) : null;
  } catch {
    return null;
  }
}
