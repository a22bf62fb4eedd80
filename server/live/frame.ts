/**
 * The frames of the Hocuspocus protocol, as far as the live path must read and write them itself: `[document][type][…]`.
 * Reading never throws; what cannot be read is null, and the socket that sent it is closed.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const FRAME = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  syncReply: 4,
  stateless: 5,
  broadcastStateless: 6,
  close: 7,
  syncStatus: 8,
  ping: 9,
  pong: 10,
} as const;

export const SYNC = { step1: 0, step2: 1, update: 2 } as const;
/** The two kinds of sync frames that write: what a client brings when it joins, and an edit. */
export const SYNC_WRITE: readonly number[] = [SYNC.step2, SYNC.update];
export const AUTH = { token: 0, denied: 1, authenticated: 2 } as const;

export interface Frame {
  readonly document: string;
  readonly type: number;
  /** Second number of sync, auth and status frames; -1 elsewhere. */
  readonly sub: number;
  /** Where the document's name ends and the type begins. */
  readonly start: number;
  /** Where the content after type (and sub) begins. */
  readonly body: number;
}

/** Reads the head of a frame; null where it has none. */
export function readFrame(bytes: Uint8Array): Frame | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const document = decoding.readVarString(decoder);
    const start = decoder.pos;
    const type = decoding.readVarUint(decoder);
    const hasSub = type === FRAME.sync || type === FRAME.syncReply || type === FRAME.auth || type === FRAME.syncStatus;
    const sub = hasSub ? decoding.readVarUint(decoder) : -1;
    return { document, type, sub, start, body: decoder.pos };
  } catch {
    return null;
  }
}

/** A length-prefixed byte string at `at`, or null. */
export function readBytes(bytes: Uint8Array, at: number): Uint8Array | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = at;
    return decoding.readVarUint8Array(decoder);
  } catch {
    return null;
  }
}

/** A string at `at`; empty where none can be read. */
export function readText(bytes: Uint8Array, at: number): string {
  try {
    const decoder = decoding.createDecoder(bytes);
    decoder.pos = at;
    return decoding.readVarString(decoder);
  } catch {
    return '';
  }
}

function frame(document: string, type: number, write?: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, document);
  encoding.writeVarUint(encoder, type);
  write?.(encoder);
  return encoding.toUint8Array(encoder);
}

export function tokenFrame(document: string, token: string): Uint8Array {
  return frame(document, FRAME.auth, (encoder) => {
    encoding.writeVarUint(encoder, AUTH.token);
    encoding.writeVarString(encoder, token);
  });
}

export function deniedFrame(document: string, reason: string): Uint8Array {
  return frame(document, FRAME.auth, (encoder) => {
    encoding.writeVarUint(encoder, AUTH.denied);
    encoding.writeVarString(encoder, reason);
  });
}

/** Stock providers take this at any time: their `authorizedScope` follows, and `authenticated` is emitted. */
export function scopeFrame(document: string, write: boolean): Uint8Array {
  return frame(document, FRAME.auth, (encoder) => {
    encoding.writeVarUint(encoder, AUTH.authenticated);
    encoding.writeVarString(encoder, write ? 'read-write' : 'readonly');
  });
}

function syncFrame(document: string, kind: number, payload: Uint8Array): Uint8Array {
  return frame(document, FRAME.sync, (encoder) => {
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, payload);
  });
}

export const step1Frame = (document: string, vector: Uint8Array): Uint8Array => syncFrame(document, SYNC.step1, vector);
export const step2Frame = (document: string, state: Uint8Array): Uint8Array => syncFrame(document, SYNC.step2, state);
export const updateFrame = (document: string, update: Uint8Array): Uint8Array =>
  syncFrame(document, SYNC.update, update);

export function statusFrame(document: string, saved: boolean): Uint8Array {
  return frame(document, FRAME.syncStatus, (encoder) => encoding.writeVarUint(encoder, saved ? 1 : 0));
}

/** A server's word to the client's own code (`provider.on('stateless')`); stock clients pass it on or ignore it. */
export function noticeFrame(document: string, notice: unknown): Uint8Array {
  return frame(document, FRAME.stateless, (encoder) => encoding.writeVarString(encoder, JSON.stringify(notice)));
}

/** Presence of nobody: changes nothing, and tells a client that has heard nothing for long that we are still here. */
export function quietFrame(document: string): Uint8Array {
  return frame(document, FRAME.awareness, (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([0])));
}

/** `[name]` in front of a frame that came without (y-websocket). */
export function prefixed(document: string, rest: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, document);
  encoding.writeUint8Array(encoder, rest);
  return encoding.toUint8Array(encoder);
}
