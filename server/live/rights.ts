/**
 * Who sits where, and with which rights. People are let in by Access and by nothing else; when their rights change, the
 * rights of their seats change first, then they are told, and whoever has none is shown out.
 */
import type { RefusalCode } from '#core/result.ts';
import type { Caller } from '#core/people/caller.ts';
import { LIMITS } from './limits.ts';
import { scopeFrame } from './frame.ts';
import type { Access, DocumentRights } from './ports.ts';
import { hidePresence, showPresence } from './presence.ts';
import { Seat } from './seat.ts';
import type { LiveSocket } from './socket.ts';

/** Thrown in `onAuthenticate`: Hocuspocus sends the reason to the client. Not an Error, which it would print. */
interface Denied {
  readonly reason: RefusalCode;
}

function deny(reason: RefusalCode): never {
  throw { reason } satisfies Denied;
}

export class Seats {
  readonly #access: Access;
  readonly #byDocument = new Map<string, Set<Seat>>();
  readonly #byPerson = new Map<string, Set<LiveSocket>>();

  constructor(access: Access) {
    this.#access = access;
  }

  at(document: string): ReadonlySet<Seat> {
    return this.#byDocument.get(document) ?? new Set();
  }

  /** Lets somebody sit down at a document, or throws Denied. */
  async take(socket: LiveSocket, document: string, token: string): Promise<Seat> {
    const caller = await this.#identify(socket, token);
    if (caller === null) deny('sign-in-needed');
    const rights = await this.#rightsOn(caller, document);
    if (rights === null) deny('not-found');
    // Gone while we asked: nobody would ever take this seat away again.
    if (socket.readyState !== socket.OPEN) deny('unexpected');
    const { personId } = rights.person;
    const sockets = this.#byPerson.get(personId) ?? new Set();
    if (!sockets.has(socket) && sockets.size >= LIMITS.socketsPerPerson) deny('too-many-requests');
    this.#byPerson.set(personId, sockets.add(socket));
    socket.isAuthenticated = true;
    const seat = new Seat(socket, document, token, rights);
    this.#byDocument.set(document, (this.#byDocument.get(document) ?? new Set()).add(seat));
    socket.seats.set(document, seat);
    return seat;
  }

  left(seat: Seat): void {
    seat.isGone = true;
    const seats = this.#byDocument.get(seat.document);
    seats?.delete(seat);
    if (seats?.size === 0) this.#byDocument.delete(seat.document);
    const { personId } = seat.rights.person;
    const stillHere = [...seat.socket.seats.values()].some((other) => other.rights.person.personId === personId);
    if (stillHere) return;
    const sockets = this.#byPerson.get(personId);
    sockets?.delete(seat.socket);
    if (sockets?.size === 0) this.#byPerson.delete(personId);
  }

  /** Asks Access again for everybody at these documents; writes that arrive meanwhile wait for the answer. */
  async reconsider(documents: readonly string[]): Promise<void> {
    await this.#reconsider(documents.flatMap((document) => [...this.at(document)]));
  }

  /** The same for one person, wherever they sit. */
  async review(personId: string): Promise<void> {
    const sockets = [...(this.#byPerson.get(personId) ?? [])];
    await this.#reconsider(sockets.flatMap((socket) => [...socket.seats.values()]));
  }

  async #reconsider(seats: readonly Seat[]): Promise<void> {
    await Promise.all(
      seats.map((seat) => {
        const asked = this.#askAgain(seat).finally(() => {
          if (seat.asking === asked) seat.asking = null;
        });
        seat.asking = asked;
        return asked;
      }),
    );
  }

  async #askAgain(seat: Seat): Promise<void> {
    let caller: Caller | null;
    let rights: DocumentRights | null;
    try {
      caller = await this.#access.identify(seat.token, seat.token === '' ? seat.socket.cookie : null);
      rights = caller && (await this.#access.rightsOn(caller, seat.document));
    } catch {
      // Not knowing is not a permission: out, and welcome to come back.
      this.showOut(seat, 'store-unavailable', 1013);
      return;
    }
    if (seat.isGone) return;
    if (rights === null || rights.person.personId !== seat.rights.person.personId) {
      this.showOut(seat, 'forbidden', 4403);
      return;
    }
    const before = seat.rights;
    seat.rights = rights;
    if (before.write !== rights.write) seat.socket.send(scopeFrame(seat.document, rights.write));
    if (before.presence && !rights.presence) hidePresence(seat);
    if (!before.presence && rights.presence) showPresence(seat);
  }

  /** Ends a seat: first its right to write, then the document's connection, then the socket if nothing else is on it. */
  showOut(seat: Seat, reason: RefusalCode, code: number): void {
    seat.rights = { ...seat.rights, write: false, whyNot: 'forbidden' };
    seat.isSpoilt = true;
    const { socket, document } = seat;
    seat.connection?.close({ code, reason });
    socket.left(document);
    if (socket.seats.size === 0) socket.close(code, reason);
  }

  /** Cuts every socket of a person. */
  cut(personId: string): void {
    for (const socket of [...(this.#byPerson.get(personId) ?? [])]) {
      for (const seat of [...socket.seats.values()]) this.showOut(seat, 'forbidden', 4403);
      socket.close(4403, 'forbidden');
    }
  }

  async #identify(socket: LiveSocket, token: string): Promise<Caller | null> {
    try {
      return await this.#access.identify(token, token === '' ? socket.cookie : null);
    } catch {
      return deny('store-unavailable');
    }
  }

  async #rightsOn(caller: Caller, document: string): Promise<DocumentRights | null> {
    try {
      return await this.#access.rightsOn(caller, document);
    } catch {
      return deny('store-unavailable');
    }
  }
}
