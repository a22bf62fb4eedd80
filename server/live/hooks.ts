/**
 * The moments at which Hocuspocus asks us. Most of its hooks are not awaited, and a rejection there ends the process: so
 * every hook here catches for itself, and those of other extensions are wrapped.
 */
import type { Configuration, Document, Extension, HookName } from '@hocuspocus/server';
import type { Logger } from 'pino';
import type { Documents } from './documents.ts';
import { noticeFrame, SYNC_WRITE } from './frame.ts';
import type { Measure, Presence } from './ports.ts';
import type { Seats } from './rights.ts';
import type { Seat } from './seat.ts';
import type { LiveSocket } from './socket.ts';

export interface Context {
  readonly socket: LiveSocket;
  readonly seat: Seat | null;
}

interface Parts {
  readonly documents: Documents;
  readonly seats: Seats;
  readonly presence: Presence;
  readonly logger: Logger;
  readonly measure?: Measure | undefined;
  isOpen(document: Document): boolean;
  /** A document was loaded and is about to be shown. May not reject. */
  opened(document: Document): Promise<void>;
  /** Unloads a document that nobody uses any more. */
  unload(name: string): void;
}

/** From so many readers on, what happens within 16 ms is sent together: sending is most of a busy server's work. */
const CROWD = 50;
const CROWD_FLUSH_MS = 16;

export function hooksOf({
  documents,
  seats,
  presence,
  logger,
  measure,
  isOpen,
  opened,
  unload,
}: Parts): Partial<Configuration<Context>> {
  return {
    async onAuthenticate({ token, documentName, context, connectionConfig }) {
      const { socket } = context;
      const seat = await seats.take(socket, documentName, token);
      connectionConfig.readOnly = !seat.rights.write;
      try {
        await documents.fetch(documentName);
      } catch (error) {
        logger.error({ err: error, document: documentName }, 'document cannot be fetched');
        socket.left(documentName);
        throw { reason: 'store-unavailable' };
      }
      return { seat };
    },

    async onLoadDocument({ document }) {
      await documents.open(document);
    },

    // What loading wrote is in nobody's way yet; later it would be sent to the first reader a second time.
    async afterLoadDocument({ document }) {
      await opened(document);
      document.flush();
    },

    connected({ connection, context }) {
      const { seat } = context;
      if (!seat || seat.isGone || !isOpen(connection.document)) {
        connection.close({ code: 1012, reason: 'restart' });
        context.socket.close(1012, 'restart');
        return Promise.resolve();
      }
      seat.connection = connection;
      connection.onClose(() => {
        crowd(connection.document);
        seat.socket.left(seat.document);
      });
      crowd(connection.document);
      seat.socket.seated(seat);
      if (seat.kind === 'room' && seat.rights.workshopId !== null) {
        seat.isCounted = true;
        try {
          presence.joined(seat.rights.workshopId, seat.rights.person);
        } catch (error) {
          logger.error({ err: error }, 'presence failed');
        }
      }
      return Promise.resolve();
    },

    async beforeSync({ type, payload, connection, context }) {
      if (!SYNC_WRITE.includes(type)) return;
      // For this message alone: Hocuspocus answers "saved" or "not saved" by it, once for each write, in order.
      const { seat } = context;
      const isFirstSync = type === SYNC_WRITE[0];
      connection.readOnly = seat === null || !(await judge(seat, isFirstSync, payload, connection));
      if (connection.readOnly && isFirstSync) makeForeign(payload);
    },

    async beforeUnloadDocument({ documentName }) {
      // Somebody was let in a moment ago and is not connected yet: not under their feet.
      const isOpening = [...seats.at(documentName)].some((seat) => seat.connection === null);
      if (!isOpening && !documents.guard(documentName)?.isSaving) return;
      // A throw keeps the document in memory, and nobody but us asks again.
      setTimeout(() => unload(documentName), 1_000).unref();
      throw { reason: 'in use' };
    },

    afterUnloadDocument({ documentName }) {
      documents.closed(documentName);
      return Promise.resolve();
    },
  };

  async function judge(seat: Seat, isFirstSync: boolean, payload: Uint8Array, connection: object): Promise<boolean> {
    const started = performance.now();
    try {
      await seat.asking;
      const guard = documents.guard(seat.document);
      if (!guard) return false;
      const author = {
        rights: () => rightsOf(seat),
        clientId: seat.clientId,
        rest: () => seat.rest(),
        spoil: () => void (seat.isSpoilt = true),
      };
      const written = await guard.write(payload, isFirstSync, author, { source: 'connection', connection });
      if (written.ok) {
        documents.written(guard);
        measure?.wrote(performance.now() - started);
        return true;
      }
      refused(seat, written.refusal.code);
    } catch (error) {
      logger.error({ err: error, document: seat.document }, 'write failed');
      refused(seat, 'unexpected');
    }
    return false;
  }

  function refused(seat: Seat, code: NonNullable<Seat['refusal']>): void {
    seat.refusal = code;
    measure?.refused(code);
    if (code === 'store-unavailable' || code === 'unexpected') {
      // What follows builds on what was not saved. Closed at once and without a "not saved", which would make the product's
      // client drop its replica: stock clients and ours come back and bring it all again.
      seat.isSpoilt = true;
      seat.socket.close(1013, code);
      return;
    }
    seat.socket.send(noticeFrame(seat.document, { refused: code }));
    if (!seat.refusals.take()) seat.socket.close(4429, 'too-many-requests');
  }
}

/**
 * Before it answers "not saved" to a first sync, Hocuspocus reads it once more and closes on what it cannot read. So what
 * is refused is overwritten, in the message itself, by a deletion that no document holds: read with ease, never applied.
 */
function makeForeign(payload: Uint8Array): void {
  const unknown = [0, 1, 0, 1, 0, 1];
  if (payload.length >= unknown.length) payload.fill(0).set(unknown);
}

function rightsOf(seat: Seat): Seat['rights'] {
  if (!seat.isGone && !seat.isSpoilt) return seat.rights;
  return { ...seat.rights, write: false, whyNot: seat.rights.whyNot ?? seat.refusal ?? 'forbidden' };
}

function crowd(document: Document): void {
  document.flushDelay = document.getConnectionsCount() >= CROWD ? CROWD_FLUSH_MS : 0;
}

/** An extension whose hooks cannot end the process. What Hocuspocus awaits still fails for the one who waits. */
export function calm(extension: Extension, logger: Logger): Extension {
  const awaited: readonly string[] = ['onAuthenticate', 'onLoadDocument', 'afterLoadDocument', 'beforeUnloadDocument'];
  return new Proxy(extension, {
    get(target, name, receiver) {
      const hook: unknown = Reflect.get(target, name, receiver);
      if (typeof hook !== 'function' || typeof name !== 'string' || !/^(on|before|after|connected)/.test(name))
        return hook;
      return async (payload: unknown): Promise<unknown> => {
        try {
          return (await (hook as (payload: unknown) => unknown).call(target, payload)) as unknown;
        } catch (error) {
          if (awaited.includes(name)) throw error;
          logger.error({ err: error, hook: name as HookName }, 'hook failed');
          return undefined;
        }
      };
    },
  });
}
