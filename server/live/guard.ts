/**
 * The guard of one open document: every write of a client passes here before anybody sees it. It is read by its form,
 * tied to one person, tried on the shadow, appended to the log, and only then applied to the living document. A refusal
 * leaves living document, log and peers as they were.
 */
import type { Document } from '@hocuspocus/server';
import * as Y from 'yjs';
import { NO_LOCKS, type Writer } from '#core/board/change.ts';
import { NOTHING_FROZEN } from '#core/board/freeze.ts';
import { ok, refuse, type RefusalCode, type Result } from '#core/result.ts';
import { MAY_ALL } from '#core/stage/permissions.ts';
import { ClientIds } from './clients.ts';
import type { GroupCommit } from './log.ts';
import { LIMITS } from './limits.ts';
import type { Append, DocumentRights, LogMark, UpdateLog } from './ports.ts';
import { restore } from './restore.ts';
import { Shadow } from './shadow.ts';
import { contradicts, isComplete, knows, newClients, readUpdate, type ReadUpdate } from './update.ts';
import { checkForm, typeRoots, type DocumentKind } from './values.ts';

/** Who writes: asked anew at every step, because rights may change while a write waits. */
export interface Author {
  rights(): DocumentRights;
  /** The Yjs client id that this connection shows in its presence, if any. */
  readonly clientId: number | null;
  /** What the connection still brings as its first sync, as soon as it has come; null: nothing more comes. */
  rest(): Promise<Uint8Array | null>;
  /** Told where a refused write names no client at all: the connection itself has to be remembered. */
  spoil(): void;
}

interface GuardedDocument {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly doc: Document;
  /** How far the log was read, and bytes of everything that was. */
  readonly mark: LogMark;
  readonly bytes: number;
  readonly refusedClients: readonly number[];
}

/** What a guard tells the other instances. */
export interface GuardEvents {
  saved(document: string, update: Uint8Array): void;
  refused(document: string, clientIds: readonly number[]): void;
}

const CATCH_UP = { source: 'local', skipStoreHooks: true } as const;

export class DocumentGuard {
  readonly name: string;
  readonly clients: ClientIds;
  readonly #kind: DocumentKind;
  readonly #doc: Document;
  readonly #shadow: Shadow;
  readonly #log: UpdateLog;
  readonly #commit: GroupCommit;
  readonly #events: GuardEvents;
  #applying = false;
  #mark: LogMark;
  #reading: Promise<boolean> | null = null;
  #readingNext: Promise<boolean> | null = null;
  #bytes: number;
  /** First authors of the notes; null until somebody writes who may edit only their own. */
  #authors: Map<string, string> | null = null;
  rowsSinceCompaction = 0;

  constructor(document: GuardedDocument, log: UpdateLog, commit: GroupCommit, events: GuardEvents) {
    this.name = document.name;
    this.#kind = document.kind;
    this.#doc = document.doc;
    this.#log = log;
    this.#commit = commit;
    this.#events = events;
    this.#mark = document.mark;
    this.#bytes = document.bytes;
    this.clients = new ClientIds(this.name, log, document.refusedClients);
    this.#shadow = new Shadow(this.#kind, this.#doc);
    typeRoots(this.#doc, this.#kind);
    // What other instances wrote reaches the living document through the bus.
    this.#doc.on('update', (update: Uint8Array) => {
      if (this.#applying) return;
      this.#bytes += update.length;
      this.#shadow.follow(update);
    });
  }

  get document(): Document {
    return this.#doc;
  }

  get isSaving(): boolean {
    return this.#shadow.isSaving;
  }

  /** Resolves when nothing of this document is waiting for the store. */
  async settled(): Promise<void> {
    while (this.isSaving) await this.#commit.idle();
  }

  close(): void {
    this.#shadow.drop();
  }

  /** Resolves ok when the write is durable and applied (or was already); the refusal otherwise. */
  async write(bytes: Uint8Array, isFirstSync: boolean, author: Author, origin: unknown): Promise<Result<null>> {
    const update = readUpdate(bytes, isFirstSync ? LIMITS.firstSyncStructs : LIMITS.updateStructs);
    if (update === null) return refuse('malformed');
    if (contradicts(this.#doc, update)) return refuse('forbidden');
    if (knows(this.#doc, update)) return ok(null);
    const refusal = await this.#take(bytes, update, isFirstSync, author, origin);
    if (refusal === null) return ok(null);
    // A store that fails says nothing against the writer: the same edit is welcome once it answers again.
    if (refusal !== 'store-unavailable') await this.#remember(update, author);
    return refuse(refusal);
  }

  /** Null: taken. */
  async #take(
    bytes: Uint8Array,
    update: ReadUpdate,
    isFirstSync: boolean,
    author: Author,
    origin: unknown,
    isSecondLook = false,
  ): Promise<RefusalCode | null> {
    if (bytes.length > (isFirstSync ? LIMITS.firstSync : LIMITS.update)) return 'too-large';
    if (!author.rights().write) {
      // Somebody demoted a moment ago may bring again what is just being saved.
      await this.settled();
      return knows(this.#doc, update) ? null : (author.rights().whyNot ?? 'board-locked');
    }
    const form = checkForm(update, this.#kind);
    if (form !== null) return form;
    if (author.clientId !== null && this.clients.isRefused(author.clientId)) return 'changed-meanwhile';
    try {
      if (!isComplete(this.#shadow.base, update)) await this.catchUp();
      if (!isFirstSync && !isComplete(this.#shadow.base, update)) {
        await this.#takeRest(author, origin);
        if (knows(this.#doc, update)) return null;
      }
      const clientIds = newClients(this.#shadow.base, update);
      if (clientIds.length > LIMITS.newClients) return 'too-large';
      await this.clients.learn(clientIds);
      if (author.rights().may?.editAny === false) this.#authors ??= new Map(await this.#log.authorsOf(this.name));
    } catch {
      return 'store-unavailable';
    }
    // From here to the log without a pause: the shadow must not change between the check and the append.
    const { write, person, zones, recordAuthors, whyNot, frozen = NOTHING_FROZEN } = author.rights();
    if (!write) return whyNot ?? 'board-locked';
    const { base } = this.#shadow;
    if (!isComplete(base, update)) return 'changed-meanwhile';
    const claims = this.clients.claims(newClients(base, update), base, person.personId);
    if (typeof claims === 'string') return claims;
    if (base.store.clients.size + claims.length > LIMITS.clients || !this.#hasRoom(bytes.length)) return 'too-large';
    const tried = this.#shadow.try(bytes, update, { zones, frozen, writer: this.#writer(author.rights()) });
    if (tried.refusal === 'not-yours' && !isSecondLook && (await this.#learnAuthors()))
      return this.#take(bytes, update, isFirstSync, author, origin, true);
    if (tried.refusal !== null) return tried.refusal;
    for (const id of tried.createdNotes) if (!this.#authors?.has(id)) this.#authors?.set(id, person.personId);
    this.clients.own(claims, person.personId);
    const createdNotes = recordAuthors ? tried.createdNotes : [];
    const { steps } = tried;
    const edit = { document: this.name, update: bytes, personId: person.personId, claims, createdNotes, steps };
    if (await this.#save(edit, origin)) return null;
    this.clients.disown(claims);
    return 'store-unavailable';
  }

  /**
   * A server died between two edits of one client: it sends the later one from its queue before it is asked for everything
   * that is missing. The first sync holds both.
   */
  async #takeRest(author: Author, origin: unknown): Promise<void> {
    const rest = await author.rest();
    if (rest !== null) await this.write(rest, true, author, origin);
  }

  /** What the writer is held to; null: nothing, as for those who lead. */
  #writer({ may = MAY_ALL, locks = NO_LOCKS, person }: DocumentRights): Writer | null {
    if (may === MAY_ALL && locks.notes.length + locks.zones.length === 0) return null;
    return { may, locks, isOwn: (noteId) => this.#authors?.get(noteId) === person.personId };
  }

  /** Notes written by command or revealed have their authors in the store, and not here yet. False: the store is silent. */
  async #learnAuthors(): Promise<boolean> {
    try {
      this.#authors = new Map([...(await this.#log.authorsOf(this.name)), ...(this.#authors ?? [])]);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * The server's own change, durable when this resolves. Nobody else can write under the shadow's client id: its clocks
   * are in use, and it belongs to no person.
   */
  async edit(change: (doc: Y.Doc) => void): Promise<void> {
    const update = this.#shadow.change(change);
    if (update === null) return;
    const edit = { document: this.name, update, personId: null, claims: [], createdNotes: [] };
    if (!(await this.#save(edit, { source: 'local' }))) throw new StoreUnavailable(this.name);
  }

  async #save(edit: Append, origin: unknown): Promise<boolean> {
    this.#shadow.saving(edit.update);
    try {
      await this.#commit.append(edit);
    } catch {
      this.#shadow.saved(edit.update, false);
      return false;
    }
    // Durable: visible in the same turn, in the log's order. Hocuspocus applies it once more, which changes nothing.
    this.#bytes += edit.update.length;
    this.rowsSinceCompaction += 1;
    this.#applying = true;
    try {
      Y.applyUpdate(this.#doc, edit.update, origin);
    } finally {
      this.#applying = false;
      this.#shadow.saved(edit.update, true);
    }
    this.#events.saved(this.name, edit.update);
    return true;
  }

  /** Counts what was written; only when that is too much, measures what is left of it. */
  #hasRoom(more: number): boolean {
    if (this.#bytes + more <= LIMITS.document) return true;
    this.#bytes = Y.encodeStateAsUpdate(this.#doc).length;
    return this.#bytes + more <= LIMITS.document;
  }

  /** Takes what another instance says it saved; false: it builds on something that is not here, or cannot be read. */
  hear(bytes: Uint8Array, origin: unknown): boolean {
    const update = readUpdate(bytes, LIMITS.firstSyncStructs);
    if (update === null || !isComplete(this.#doc, update)) return false;
    if (!knows(this.#doc, update)) Y.applyUpdate(this.#doc, bytes, origin);
    return true;
  }

  /**
   * Brings in what other instances saved: everything that was committed when this was called is here when it resolves, with
   * whether there was anything. Rejects where the store does not answer.
   * @param isThorough asks for refused client ids as well
   */
  catchUp(isThorough = false): Promise<boolean> {
    if (this.#reading === null) return (this.#reading = this.#read(isThorough).finally(() => (this.#reading = null)));
    // The reading under way may have begun too early for this caller.
    return (this.#readingNext ??= this.#reading
      .catch(() => false)
      .then(() => {
        this.#readingNext = null;
        return this.catchUp(isThorough);
      }));
  }

  async #read(isThorough: boolean): Promise<boolean> {
    if (isThorough) this.clients.refusedElsewhere(await this.#log.refusedClients(this.name));
    const { state, updates, mark } = await this.#log.since(this.name, this.#mark);
    this.#mark = mark;
    if (state === null && updates.length === 0) return false;
    let isChanged = false;
    const note = (): void => void (isChanged = true);
    this.#doc.on('update', note);
    restore(
      this.#doc,
      state,
      updates.map(({ update }) => update),
      CATCH_UP,
    );
    this.#doc.off('update', note);
    return isChanged;
  }

  /** Refused once, refused for good: the ids that are the writer's own. */
  async #remember(update: ReadUpdate, author: Author): Promise<void> {
    const written = newClients(this.#doc, update).slice(0, LIMITS.newClients);
    if (written.length === 0 && author.clientId === null) author.spoil();
    const clientIds = written.length > 0 || author.clientId === null ? written : [author.clientId];
    const refused = await this.clients.refuse(clientIds, this.#doc, author.rights().person.personId);
    if (refused.length > 0) this.#events.refused(this.name, refused);
  }
}

/** The log did not take an edit: nothing of it is visible, and the caller may try again. */
export class StoreUnavailable extends Error {
  constructor(document: string) {
    super(`The update log did not take an edit of ${document}`);
  }
}
