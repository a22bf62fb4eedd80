/**
 * Names, cursors and drags of people at one document. A client says where its cursor is; who it is, the server says.
 * Frames are read here and never reach Hocuspocus' own awareness reader, which builds a Y.Doc for each; one connection
 * speaks for one Yjs client id, and its presence goes when it goes.
 */
import type { Document } from '@hocuspocus/server';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { applyAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import { isId } from '#core/ids.ts';
import { LIMITS } from './limits.ts';
import type { LivePerson } from './ports.ts';
import type { Seat } from './seat.ts';
import type { DocumentKind } from './values.ts';

interface Entry {
  readonly clientId: number;
  readonly clock: number;
  readonly state: unknown;
}

/** Reads an awareness update; null where it is none. */
function readEntries(payload: Uint8Array): Entry[] | null {
  try {
    const decoder = decoding.createDecoder(payload);
    const entries: Entry[] = [];
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      entries.push({ clientId, clock, state: JSON.parse(decoding.readVarString(decoder)) as unknown });
    }
    return entries;
  } catch {
    return null;
  }
}

/** Takes one awareness frame of a seat. False: it cannot be read, and its sender is to be cut. */
export function receivePresence(seat: Seat, payload: Uint8Array, claim: (clientId: number) => boolean): boolean {
  if (payload.length > LIMITS.awareness) return true;
  if (!seat.presenceFrames.take()) {
    // Too many a second: the latest waits for its turn, those between are never missed.
    if (seat.waitingPresence === null) {
      setTimeout(() => {
        const waiting = seat.waitingPresence;
        seat.waitingPresence = null;
        if (waiting && !seat.isGone) receivePresence(seat, waiting, claim);
      }, 50).unref();
    }
    seat.waitingPresence = payload;
    return true;
  }
  // What waited is older than this one: shown later, it would move people back to where they were.
  seat.waitingPresence = null;
  const entries = readEntries(payload);
  if (entries === null) return false;
  const entry =
    seat.clientId === null
      ? entries.find(({ clientId, state }) => state !== null && claim(clientId))
      : entries.find(({ clientId }) => clientId === seat.clientId);
  if (!entry) return true;
  seat.clientId = entry.clientId;
  seat.presence = entry.state === null ? null : cleanState(entry.state, seat.kind, seat.rights.person);
  if (seat.rights.presence) showPresence(seat, entry.clock);
  return true;
}

/** Presence on its way to everybody at one document. */
interface Outgoing {
  readonly states: Map<number, { readonly clock: number; readonly state: Record<string, unknown> }>;
  timer: NodeJS.Timeout | null;
}

const outgoing = new WeakMap<Document, Outgoing>();
/** Cursors go out together: a frame each would be people x people frames. Nobody waits in a small room. */
const GATHER_MS = 50;
const SMALL_ROOM = 10;

/** Makes a seat's presence known to everybody at the document. */
export function showPresence(seat: Seat, clock = 0): void {
  const document = seat.connection?.document;
  if (!document || seat.clientId === null || seat.isGone) return;
  if (seat.presence === null) return hidePresence(seat);
  const { states, timer } = outgoing.get(document) ?? { states: new Map(), timer: null };
  // Clock 0 is ignored by everybody, and after a removal peers ignore a clock they have seen: always a higher one.
  const seen = states.get(seat.clientId)?.clock ?? document.awareness.meta.get(seat.clientId)?.clock ?? 0;
  states.set(seat.clientId, { clock: Math.max(clock, seen + 1), state: seat.presence });
  const wait = document.getConnectionsCount() < SMALL_ROOM ? 0 : GATHER_MS;
  outgoing.set(document, { states, timer: timer ?? setTimeout(() => sendPresence(document), wait).unref() });
}

function sendPresence(document: Document): void {
  const states = outgoing.get(document)?.states;
  outgoing.delete(document);
  if (!states || states.size === 0 || document.isDestroyed) return;
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, states.size);
  for (const [clientId, { clock, state }] of states) {
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  }
  applyAwarenessUpdate(document.awareness, encoding.toUint8Array(encoder), { source: 'local' });
}

/** Takes a seat's presence away from everybody's screen. */
export function hidePresence(seat: Seat): void {
  const document = seat.connection?.document;
  if (!document || seat.clientId === null) return;
  outgoing.get(document)?.states.delete(seat.clientId);
  removeAwarenessStates(document.awareness, [seat.clientId], null);
}

const COLOUR = /^#[0-9a-fA-F]{6}$/;
const MAX_POSITION = 1_000_000;

/** What may travel of a client's own words, under the server's name for the person. */
export function cleanState(state: unknown, kind: DocumentKind, person: LivePerson): Record<string, unknown> {
  const said = isRecord(state) ? state : {};
  const claimed = isRecord(said['user']) ? said['user'] : {};
  const colour = [claimed['colour'], claimed['color']].find((value) => typeof value === 'string' && COLOUR.test(value));
  const clean: Record<string, unknown> = {
    user: {
      name: person.name,
      organisation: person.organisation,
      kind: person.kind,
      // The draft's editor reads the American spelling.
      ...(colour === undefined ? {} : { colour, color: colour }),
    },
  };
  if (kind === 'room') return clean;
  if (kind === 'draft') {
    const cursor = said['cursor'];
    if (isRecord(cursor) && isRecord(cursor['anchor']) && isRecord(cursor['head']))
      clean['cursor'] = { anchor: cursor['anchor'], head: cursor['head'] };
    return clean;
  }
  const cursor = cleanCursor(said['cursor']);
  if (cursor) clean['cursor'] = cursor;
  if (isId(said['editing'])) clean['editing'] = said['editing'];
  if (typeof said['typing'] === 'boolean') clean['typing'] = said['typing'];
  const drag = cleanDrag(said['drag']);
  if (drag) clean['drag'] = drag;
  return clean;
}

function cleanCursor(value: unknown): Record<string, unknown> | null {
  if (!isRecord(value) || !isPosition(value['x']) || !isPosition(value['y'])) return null;
  const zone = value['zone'];
  return { x: value['x'], y: value['y'], ...(isId(zone) ? { zone } : {}) };
}

function cleanDrag(value: unknown): Record<string, unknown> | null {
  if (!isRecord(value) || !isId(value['noteId']) || !Array.isArray(value['at'])) return null;
  const [zone, x, y] = value['at'] as unknown[];
  return isId(zone) && isPosition(x) && isPosition(y) ? { noteId: value['noteId'], at: [zone, x, y] } : null;
}

function isPosition(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= MAX_POSITION;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
