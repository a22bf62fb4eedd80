/**
 * One instance among several on the same store: what is saved here is told there, what is saved there is shown here, and
 * changes of rights hold everywhere before their command is answered. Nothing rests on a message arriving: open documents
 * are compared with the log whenever the bus comes back, now and then while it works, and every two seconds without it.
 */
import type { Document } from '@hocuspocus/server';
import type { Logger } from 'pino';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as v from 'valibot';
import { applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { about, asJson, fromJson, readAbout, type Bus } from './bus.ts';
import type { Documents } from './documents.ts';
import type { DocumentGuard } from './guard.ts';
import type { Seats } from './rights.ts';

const FROM_PEERS = { source: 'redis' } as const;
/** Milliseconds that a command waits for the others to follow an order; they are told again when they return. */
const ANSWER_MS = 1_000;
const COMPARE_MS = 30_000;
const ALONE_MS = 2_000;
const ALONE_RIGHTS_MS = 5_000;
/** An instance that says nothing for so long is gone: what it saved last may not have been told. */
const GONE_MS = 3_500;

const ORDER = v.variant('kind', [
  v.object({ kind: v.literal('reconsider'), documents: v.array(v.string()) }),
  v.object({ kind: v.literal('cut'), personId: v.string() }),
  v.object({ kind: v.literal('forget'), document: v.string() }),
  v.object({ kind: v.literal('refused'), document: v.string(), clientIds: v.array(v.number()) }),
]);
const ASKED = v.object({ ask: v.number(), order: ORDER });
const ANSWER = v.object({ ask: v.number(), to: v.string() });
export type Order = v.InferOutput<typeof ORDER>;

interface Parts {
  readonly bus: Bus;
  readonly documents: Documents;
  readonly seats: Seats;
  readonly logger: Logger;
  /** Follows an order of another instance here. */
  follow(order: Order): Promise<void>;
  /** Another instance wrote into a document that is open here. */
  changed(document: string): void;
}

interface Asked {
  answers: number;
  wanted: number;
  done(): void;
}

export class Peers {
  readonly #parts: Parts;
  readonly #asked = new Map<number, Asked>();
  /** When the others were last heard. */
  readonly #beats = new Map<string, number>();
  #asks = 0;
  #comparedAt = Date.now();
  #rightsAt = Date.now();

  constructor(parts: Parts) {
    this.#parts = parts;
    const { bus } = parts;
    bus.on('update', (body) => this.#hearUpdate(body));
    bus.on('presence', (body) => this.#hearPresence(body));
    bus.on('who', (body) => this.#sayPresence(readAbout(body).document));
    bus.on('order', (body, from) => this.#hearOrder(body, from));
    bus.on('answer', (body) => this.#hearAnswer(body));
    bus.on('beat', (_body, from) => {
      // Who is new often stands in for one that died a moment ago.
      if (!this.#beats.has(from)) this.#compareAll();
      this.#beats.set(from, Date.now());
    });
    bus.on('bye', (_body, from) => this.#gone(from));
    bus.onReturn(() => this.#returned());
  }

  /** Something of ours is durable. */
  saved(document: string, update: Uint8Array): void {
    void this.#parts.bus.publish('update', about(document, update));
  }

  /** A document was opened here: what was saved elsewhere since it was fetched, and who is there. Never rejects. */
  async opened(document: Document): Promise<void> {
    document.awareness.on(
      'update',
      ({ added, updated, removed }: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
        if (origin !== FROM_PEERS && origin !== 'timeout')
          this.#publishPresence(document, [...added, ...updated, ...removed]);
      },
    );
    const guard = this.#parts.documents.guard(document.name);
    if (guard) await this.#compare(guard);
    void this.#parts.bus.publish('who', about(document.name));
  }

  /** Has the others follow; resolves when they have, or after a second. */
  async order(order: Order): Promise<void> {
    const ask = (this.#asks += 1);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ANSWER_MS);
      const asked: Asked = { answers: 0, wanted: Infinity, done: () => (clearTimeout(timer), resolve()) };
      this.#asked.set(ask, asked);
      void this.#parts.bus.publish('order', asJson({ ask, order })).then((listening) => {
        asked.wanted = listening;
        if (asked.answers >= listening) asked.done();
      });
    });
    this.#asked.delete(ask);
  }

  /** Once a second. */
  tick(now: number): void {
    const { bus, documents, seats } = this.#parts;
    if (now - this.#comparedAt >= (bus.isUp ? COMPARE_MS : ALONE_MS)) {
      this.#comparedAt = now;
      for (const guard of documents.all()) void this.#compare(guard);
    }
    if (bus.isUp) for (const [from, heardAt] of this.#beats) if (now - heardAt > GONE_MS) this.#gone(from);
    if (bus.isUp || now - this.#rightsAt < ALONE_RIGHTS_MS) return;
    this.#rightsAt = now;
    void seats.reconsider(documents.names());
  }

  #gone(from: string): void {
    this.#beats.delete(from);
    this.#compareAll();
  }

  #compareAll(): void {
    for (const guard of this.#parts.documents.all()) void this.#compare(guard);
  }

  #returned(): void {
    const { documents, seats } = this.#parts;
    for (const from of this.#beats.keys()) this.#beats.set(from, Date.now());
    this.#comparedAt = Date.now();
    for (const guard of documents.all()) {
      void this.#compare(guard);
      void this.#parts.bus.publish('who', about(guard.name));
      this.#sayPresence(guard.name);
    }
    void seats.reconsider(documents.names());
  }

  async #compare(guard: DocumentGuard): Promise<void> {
    try {
      if (await guard.catchUp(true)) this.#parts.changed(guard.name);
    } catch (error) {
      this.#parts.logger.warn({ err: error, document: guard.name }, 'the log could not be read; it will be again');
    }
  }

  #hearUpdate(body: Uint8Array): void {
    const { document, bytes } = readAbout(body);
    const guard = this.#parts.documents.guard(document);
    if (!guard) return;
    if (guard.hear(bytes, FROM_PEERS)) this.#parts.changed(document);
    // It builds on something that the bus has not brought: the log has both.
    else void this.#compare(guard);
  }

  #hearOrder(body: Uint8Array, from: string): void {
    const { ask, order } = v.parse(ASKED, fromJson(body));
    this.#parts
      .follow(order)
      .catch((error: unknown) => this.#parts.logger.error({ err: error, order: order.kind }, 'an order failed'))
      .finally(() => void this.#parts.bus.publish('answer', asJson({ ask, to: from })));
  }

  #hearAnswer(body: Uint8Array): void {
    const { ask, to } = v.parse(ANSWER, fromJson(body));
    const asked = to === this.#parts.bus.id ? this.#asked.get(ask) : undefined;
    if (!asked) return;
    asked.answers += 1;
    if (asked.answers >= asked.wanted) asked.done();
  }

  /** Presence of people who sit here, with whose client ids they are: nobody elsewhere can claim them. */
  #publishPresence(document: Document, clientIds: readonly number[]): void {
    if (clientIds.length === 0) return;
    const owners = [...this.#parts.seats.at(document.name)].flatMap((seat) =>
      seat.clientId !== null && clientIds.includes(seat.clientId) ? [[seat.clientId, seat.rights.person.personId]] : [],
    );
    const encoder = encoding.createEncoder();
    encoding.writeVarUint8Array(encoder, asJson(owners));
    encoding.writeUint8Array(encoder, encodeAwarenessUpdate(document.awareness, [...clientIds]));
    void this.#parts.bus.publish('presence', about(document.name, encoding.toUint8Array(encoder)));
  }

  #sayPresence(name: string): void {
    const document = this.#parts.documents.guard(name)?.document;
    const here = [...this.#parts.seats.at(name)].flatMap(({ clientId }) => (clientId === null ? [] : [clientId]));
    const shown = here.filter((clientId) => document?.awareness.states.has(clientId));
    if (document) this.#publishPresence(document, shown);
  }

  #hearPresence(body: Uint8Array): void {
    const { document, bytes } = readAbout(body);
    const guard = this.#parts.documents.guard(document);
    if (!guard) return;
    const decoder = decoding.createDecoder(bytes);
    const owners = v.parse(v.array(v.tuple([v.number(), v.string()])), fromJson(decoding.readVarUint8Array(decoder)));
    for (const [clientId, personId] of owners) guard.clients.show(clientId, personId);
    applyAwarenessUpdate(guard.document.awareness, decoding.readTailAsUint8Array(decoder), FROM_PEERS);
  }
}
