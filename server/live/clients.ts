/**
 * Whose the Yjs client ids of one document are. Every struct of a document stands under a client id; each id belongs to
 * the one person who wrote under it first, for good, and an id whose write was refused stays refused, because a stock
 * client keeps what was refused and sends it again.
 */
import * as Y from 'yjs';
import type { RefusalCode } from '#core/result.ts';
import type { UpdateLog } from './ports.ts';

export class ClientIds {
  readonly #document: string;
  readonly #log: UpdateLog;
  readonly #refused: Set<number>;
  /** Owners as far as asked for. */
  readonly #owners = new Map<number, string>();
  /** Ids that people show in their presence: nobody else can claim or spoil them before their first write. */
  readonly #shown = new Map<number, string>();

  constructor(document: string, log: UpdateLog, refused: readonly number[]) {
    this.#document = document;
    this.#log = log;
    this.#refused = new Set(refused);
  }

  /** Ties an id shown in presence to its person; false: it is somebody else's. */
  show(clientId: number, personId: string): boolean {
    const holder = this.#owners.get(clientId) ?? this.#shown.get(clientId);
    if (holder !== undefined && holder !== personId) return false;
    this.#shown.set(clientId, personId);
    return true;
  }

  unshow(clientId: number): void {
    this.#shown.delete(clientId);
  }

  /** Ids that were refused on another instance. */
  refusedElsewhere(clientIds: readonly number[]): void {
    for (const id of clientIds) this.#refused.add(id);
  }

  isRefused(clientId: number): boolean {
    return this.#refused.has(clientId);
  }

  /** Asks the log for owners that are not known yet. Rejects where the store does not answer. */
  async learn(clientIds: readonly number[]): Promise<void> {
    for (const id of clientIds) {
      if (this.#owners.has(id)) continue;
      const owner = await this.#log.ownerOf(this.#document, id);
      if (owner !== null) this.#owners.set(id, owner);
    }
  }

  /** The ids that a person would write under for the first time, or why they may not write under one of them. */
  claims(clientIds: readonly number[], doc: Y.Doc, personId: string): readonly number[] | RefusalCode {
    const claims: number[] = [];
    for (const id of clientIds) {
      if (this.#refused.has(id)) return 'changed-meanwhile';
      const owner = this.#owners.get(id);
      if (owner === personId) continue;
      // An id in use without an owner is the server's own.
      const isFree = Y.getState(doc.store, id) === 0 && (this.#shown.get(id) ?? personId) === personId;
      if (owner !== undefined || !isFree) return 'forbidden';
      claims.push(id);
    }
    return claims;
  }

  own(clientIds: readonly number[], personId: string): void {
    for (const id of clientIds) this.#owners.set(id, personId);
  }

  /** A claim that was not saved. */
  disown(clientIds: readonly number[]): void {
    for (const id of clientIds) this.#owners.delete(id);
  }

  /** Refuses ids for good, as far as they are this person's or free: never somebody else's. Those that it refused. */
  async refuse(clientIds: readonly number[], doc: Y.Doc, personId: string): Promise<readonly number[]> {
    await this.learn(clientIds).catch(() => undefined);
    const theirs = clientIds.filter((id) => {
      if (this.#refused.has(id)) return false;
      const holder = this.#owners.get(id) ?? this.#shown.get(id);
      return holder === undefined ? Y.getState(doc.store, id) === 0 : holder === personId;
    });
    if (theirs.length === 0) return [];
    for (const id of theirs) this.#refused.add(id);
    // Where the store does not answer, the ids stay refused as long as the document is open.
    await this.#log.refuseClients(this.#document, theirs).catch(() => undefined);
    return theirs;
  }
}
