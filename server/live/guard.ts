/**
 * The guard of one open document: every write of a client passes here before anybody sees it. It is read by its form,
 * tied to one person, tried on a shadow that holds what is saved and what is being saved, appended to the log, and only
 * then applied to the living document. A refusal leaves living document, log and peers as they were; the Yjs client ids
 * behind it stay refused on this document, because stock clients send again what was refused.
 */
import * as Y from 'yjs';
import { ok, refuse, type RefusalCode, type Result } from '#core/result.ts';
import type { GroupCommit } from './log.ts';
import { LIMITS } from './limits.ts';
import type { Append, DocumentRights, UpdateLog } from './ports.ts';
import { contradicts, isComplete, knows, newClients, readUpdate, type ReadUpdate } from './update.ts';
import {
  checkBoard,
  checkDraft,
  checkForm,
  countBoard,
  typeRoots,
  type BoardCount,
  type DocumentKind,
} from './values.ts';

/** Who writes: asked anew at every step, because rights may change while a write waits. */
export interface Author {
  rights(): DocumentRights;
  /** The Yjs client id that this connection shows in its presence, if any. */
  readonly clientId: number | null;
  /** Told where a refused write names no client at all: the connection itself has to be remembered. */
  spoil(): void;
}

export interface GuardedDocument {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly doc: Y.Doc;
  /** Highest `seq` that was read or written, and bytes of everything that was. */
  readonly seq: number;
  readonly bytes: number;
  readonly refusedClients: readonly number[];
}

/** How far `since` looks back: a lower seq may become visible after a higher one. */
const OVERLAP = 64;
const CATCH_UP = { source: 'local', skipStoreHooks: true } as const;

export class DocumentGuard {
  readonly name: string;
  readonly #kind: DocumentKind;
  readonly #doc: Y.Doc;
  readonly #log: UpdateLog;
  readonly #commit: GroupCommit;
  readonly #refused: Set<number>;
  /** Owners of client ids as far as asked for; null: nobody's yet. */
  readonly #owners = new Map<number, string | null>();
  /** Client ids that people showed in their presence: nobody else can claim or spoil them. */
  readonly #shown = new Map<number, string>();
  readonly #saving = new Set<Uint8Array>();
  #shadow: { readonly doc: Y.Doc; readonly count: BoardCount } | null = null;
  #applying = false;
  #seq: number;
  #bytes: number;
  rowsSinceCompaction = 0;

  constructor(document: GuardedDocument, log: UpdateLog, commit: GroupCommit) {
    this.name = document.name;
    this.#kind = document.kind;
    this.#doc = document.doc;
    this.#log = log;
    this.#commit = commit;
    this.#seq = document.seq;
    this.#bytes = document.bytes;
    this.#refused = new Set(document.refusedClients);
    typeRoots(this.#doc, this.#kind);
    // What other instances wrote reaches the living document through the bus: the shadow follows.
    this.#doc.on('update', (update: Uint8Array) => {
      if (!this.#applying && this.#shadow) Y.applyUpdate(this.#shadow.doc, update);
    });
  }

  get isSaving(): boolean {
    return this.#saving.size > 0;
  }

  /** Resolves when nothing of this document is waiting for the store. */
  async settled(): Promise<void> {
    while (this.isSaving) await this.#commit.idle();
  }

  /** Ties a client id shown in presence to its person; false: it is somebody else's. */
  show(clientId: number, personId: string): boolean {
    const owner = this.#owners.get(clientId) ?? this.#shown.get(clientId);
    if (owner !== undefined && owner !== personId) return false;
    this.#shown.set(clientId, personId);
    return true;
  }

  unshow(clientId: number): void {
    this.#shown.delete(clientId);
  }

  /** Resolves ok when the write is durable and applied (or was already); the refusal otherwise. */
  async write(bytes: Uint8Array, isFirstSync: boolean, author: Author, origin: unknown): Promise<Result<null>> {
    const update = readUpdate(bytes, isFirstSync ? LIMITS.firstSyncStructs : LIMITS.updateStructs);
    if (update === null) return refuse('malformed');
    if (contradicts(this.#doc, update)) return refuse('forbidden');
    if (knows(this.#doc, update)) return ok(null);
    const refusal = await this.#judge(bytes, update, isFirstSync, author, origin);
    if (refusal === null) return ok(null);
    // A store that fails says nothing against the writer: the same edit is welcome once it answers again.
    if (refusal !== 'store-unavailable') await this.#remember(update, author);
    return refuse(refusal);
  }

  async #judge(
    bytes: Uint8Array,
    update: ReadUpdate,
    isFirstSync: boolean,
    author: Author,
    origin: unknown,
  ): Promise<RefusalCode | null> {
    if (bytes.length > (isFirstSync ? LIMITS.firstSync : LIMITS.update)) return 'too-large';
    const form = checkForm(update, this.#kind);
    if (!author.rights().write) {
      // Somebody demoted a moment ago may bring again what is just being saved.
      await this.settled();
      return knows(this.#doc, update) ? null : (author.rights().whyNot ?? 'board-locked');
    }
    if (form !== null) return form;
    if (author.clientId !== null && this.#refused.has(author.clientId)) return 'changed-meanwhile';
    try {
      if (!isComplete(this.#base(), update)) await this.#catchUp();
      const clients = newClients(this.#base(), update);
      if (clients.length > LIMITS.newClients) return 'too-large';
      for (const client of clients)
        if (!this.#owners.has(client)) this.#owners.set(client, await this.#log.ownerOf(this.name, client));
    } catch {
      return 'store-unavailable';
    }
    // From here to the log without a pause: the shadow must not change between the check and the append.
    const { write, person, zones, recordAuthors, whyNot } = author.rights();
    if (!write) return whyNot ?? 'board-locked';
    if (!isComplete(this.#base(), update)) return 'changed-meanwhile';
    const claims: number[] = [];
    for (const client of newClients(this.#base(), update)) {
      if (this.#refused.has(client)) return 'changed-meanwhile';
      const owner = this.#owners.get(client) ?? null;
      const isUnused =
        Y.getState(this.#base().store, client) === 0 &&
        (this.#shown.get(client) ?? person.personId) === person.personId;
      if (owner === null && isUnused) claims.push(client);
      else if (owner !== person.personId) return 'forbidden';
    }
    if (this.#base().store.clients.size + claims.length > LIMITS.clients) return 'too-large';
    if (!this.#hasRoom(bytes.length)) return 'too-large';
    const tried = this.#try(bytes, update, zones);
    if (tried.refusal !== null) return tried.refusal;
    for (const client of claims) this.#owners.set(client, person.personId);
    const createdNotes = recordAuthors ? tried.createdNotes : [];
    const saved = await this.#save(
      { document: this.name, update: bytes, personId: person.personId, claims, createdNotes },
      origin,
    );
    if (!saved) for (const client of claims) this.#owners.delete(client);
    return saved ? null : 'store-unavailable';
  }

  /**
   * The server's own change, durable when this resolves. Nobody else can write under the shadow's client id: its clocks
   * are in use, and it belongs to no person.
   */
  async edit(change: (doc: Y.Doc) => void): Promise<void> {
    const { doc } = this.#openShadow();
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array): void => void updates.push(update);
    doc.on('update', collect);
    try {
      doc.transact(() => change(doc));
    } catch (error) {
      this.#dropShadow();
      throw error;
    } finally {
      doc.off('update', collect);
    }
    if (updates.length === 0) return;
    if (this.#shadow?.doc === doc && this.#kind === 'board') this.#shadow = { doc, count: countBoard(doc) };
    const update = Y.mergeUpdates(updates);
    const edit = { document: this.name, update, personId: null, claims: [], createdNotes: [] };
    if (!(await this.#save(edit, { source: 'local' }))) throw new StoreUnavailable(this.name);
  }

  close(): void {
    this.#dropShadow();
  }

  /** What is saved or being saved: the shadow where there is one, else the living document itself. */
  #base(): Y.Doc {
    return this.#shadow?.doc ?? (this.#saving.size > 0 ? this.#openShadow().doc : this.#doc);
  }

  #try(bytes: Uint8Array, update: ReadUpdate, zones: readonly string[]) {
    const { doc, count } = this.#openShadow();
    let judged: { refusal: RefusalCode | null; createdNotes: readonly string[] };
    try {
      const touched = doc.transact((transaction) => {
        Y.applyUpdate(doc, bytes);
        return transaction.changed as Map<Y.AbstractType<unknown>, Set<string | null>>;
      });
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
        judged = { refusal: 'malformed', createdNotes: [] };
      else if (this.#kind === 'board') judged = checkBoard(doc, touched, zones, count);
      else
        judged = {
          refusal: this.#kind === 'draft' ? checkDraft(doc, touched, update) : 'by-command-only',
          createdNotes: [],
        };
    } catch {
      judged = { refusal: 'malformed', createdNotes: [] };
    }
    // A refused update cannot be taken back out of a Y.Doc: the next write begins with a new shadow.
    if (judged.refusal !== null) this.#dropShadow();
    return judged;
  }

  async #save(edit: Append, origin: unknown): Promise<boolean> {
    this.#saving.add(edit.update);
    try {
      this.#seq = Math.max(this.#seq, await this.#commit.append(edit));
    } catch {
      this.#saving.delete(edit.update);
      this.#dropShadow();
      return false;
    }
    // Durable: visible in the same turn, in the log's order. Hocuspocus applies it once more, which changes nothing.
    this.#saving.delete(edit.update);
    this.#bytes += edit.update.length;
    this.rowsSinceCompaction += 1;
    this.#applying = true;
    try {
      Y.applyUpdate(this.#doc, edit.update, origin);
    } finally {
      this.#applying = false;
    }
    return true;
  }

  #openShadow(): { readonly doc: Y.Doc; readonly count: BoardCount } {
    if (this.#shadow) return this.#shadow;
    const doc = new Y.Doc();
    typeRoots(doc, this.#kind);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#doc));
    for (const update of this.#saving) Y.applyUpdate(doc, update);
    this.#shadow = { doc, count: this.#kind === 'board' ? countBoard(doc) : { notes: new Set(), groups: new Set() } };
    return this.#shadow;
  }

  #dropShadow(): void {
    this.#shadow?.doc.destroy();
    this.#shadow = null;
  }

  /** Counts what was written; only when that is too much, measures what is left of it. */
  #hasRoom(more: number): boolean {
    if (this.#bytes + more <= LIMITS.document) return true;
    this.#bytes = Y.encodeStateAsUpdate(this.#doc).length;
    return this.#bytes + more <= LIMITS.document;
  }

  /** What another instance saved is in the log, and may not have come by the bus yet. */
  async #catchUp(): Promise<void> {
    const missed = await this.#log.since(this.name, Math.max(0, this.#seq - OVERLAP));
    for (const { seq, update } of missed) {
      Y.applyUpdate(this.#doc, update, CATCH_UP);
      this.#seq = Math.max(this.#seq, seq);
    }
  }

  /** Refused once, refused for good: the ids that are the writer's own, never somebody else's. */
  async #remember(update: ReadUpdate, author: Author): Promise<void> {
    const { personId } = author.rights().person;
    const written = newClients(this.#doc, update).slice(0, LIMITS.newClients);
    if (written.length === 0 && author.clientId === null) author.spoil();
    const ids: number[] = [];
    for (const client of written.length > 0 || author.clientId === null ? written : [author.clientId]) {
      if (this.#refused.has(client)) continue;
      const owner = this.#owners.get(client) ?? this.#shown.get(client) ?? null;
      const known = owner ?? (await this.#log.ownerOf(this.name, client).catch(() => null));
      if (known === personId || (known === null && Y.getState(this.#doc.store, client) === 0)) ids.push(client);
    }
    if (ids.length === 0) return;
    for (const client of ids) this.#refused.add(client);
    await this.#log.refuseClients(this.name, ids).catch(() => undefined);
  }
}

/** The log did not take an edit: nothing of it is visible, and the caller may try again. */
export class StoreUnavailable extends Error {
  constructor(document: string) {
    super(`The update log did not take an edit of ${document}`);
  }
}
