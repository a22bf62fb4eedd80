/**
 * The door for stock y-websocket clients: the same frames as Hocuspocus' without the document's name, without statuses
 * and without a word for "refused". What they cannot be told in a frame is told by the code that closes their socket:
 * 44xx makes them stop, anything else makes them come back.
 */
import { statusOf, type RefusalCode } from '#core/result.ts';
import { AUTH, FRAME, prefixed, readText, type Frame } from './frame.ts';

/** How frames are changed between a socket and Hocuspocus. */
export interface Dialect {
  /** A frame as Hocuspocus reads it. */
  inbound(bytes: Uint8Array): Uint8Array;
  /** A frame as the client reads it; null: nothing for this client; a close instead of a frame. */
  outbound(bytes: Uint8Array, frame: Frame, refusal: RefusalCode | null): Uint8Array | null | Close;
}

export interface Close {
  readonly code: number;
  readonly reason: string;
}

export function isClose(value: Uint8Array | null | Close): value is Close {
  return value !== null && !(value instanceof Uint8Array);
}

export const HOCUSPOCUS: Dialect = { inbound: (bytes) => bytes, outbound: (bytes) => bytes };

/** The code that carries a refusal on a socket: 4000 and the HTTP status, or "try again later" where the fault is ours. */
export function closeCode(code: RefusalCode): number {
  const status = statusOf(code);
  return status >= 500 ? 1013 : 4000 + status;
}

/** Reasons under which Hocuspocus or we end one document's connection; others are refusals of somebody's access. */
const PASSING = ['provider_initiated', 'Server closed the connection', 'Reset Connection'];

export function yWebsocket(document: string): Dialect {
  return {
    inbound: (bytes) => prefixed(document, bytes),
    outbound(bytes, frame, refusal) {
      switch (frame.type) {
        case FRAME.sync:
        case FRAME.awareness:
          return bytes.subarray(frame.start);
        case FRAME.syncReply: {
          const plain = bytes.slice(frame.start);
          plain[0] = FRAME.sync;
          return plain;
        }
        case FRAME.auth: {
          if (frame.sub !== AUTH.denied) return null;
          const reason = readText(bytes, frame.body);
          return { code: ['sign-in-needed', 'join-needed'].includes(reason) ? 4401 : 4403, reason };
        }
        case FRAME.syncStatus: {
          if (frame.sub === 1) return null;
          const code = refusal ?? 'malformed';
          return { code: closeCode(code), reason: code };
        }
        case FRAME.close: {
          const reason = readText(bytes, frame.body);
          return PASSING.includes(reason) ? { code: 1012, reason } : { code: 4403, reason };
        }
        default:
          return null;
      }
    },
  };
}
