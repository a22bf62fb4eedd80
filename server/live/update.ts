/**
 * An update as it came from a client, read lazily and judged by its form alone: which structs of which clients it brings,
 * what it refers to and what it deletes. Nothing is applied here; a bomb of counts or nesting ends in `null`.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';

/** What one Yjs client wrote in this update: clocks from `from` up to `to`. */
interface Span {
  from: number;
  to: number;
}

export interface ReadUpdate {
  readonly structs: readonly (Y.Item | Y.GC)[];
  readonly spans: ReadonlyMap<number, Span>;
  readonly deletes: readonly { readonly client: number; readonly clock: number; readonly len: number }[];
}

const UINT32 = 0xffff_ffff;

/** Reads a V1 update; null for anything else, also for a valid update with bytes behind it (a V2 update looks so). */
export function readUpdate(bytes: Uint8Array, mostStructs: number): ReadUpdate | null {
  let decoder: decoding.Decoder | null = null;
  class Whole extends Y.UpdateDecoderV1 {
    constructor(of: decoding.Decoder) {
      super(of);
      decoder = of;
    }
  }
  try {
    const { structs, ds } = Y.decodeUpdateV2(bytes, Whole);
    if ((decoder as decoding.Decoder | null)?.pos !== bytes.length || structs.length > mostStructs) return null;
    const spans = spansOf(structs);
    if (spans === null) return null;
    const deletes: { client: number; clock: number; len: number }[] = [];
    for (const [client, ranges] of ds.clients) {
      for (const { clock, len } of ranges) {
        if (len < 1) return null;
        deletes.push({ client, clock, len });
      }
    }
    return { structs: structs as (Y.Item | Y.GC)[], spans, deletes };
  } catch {
    return null;
  }
}

/** Null where a client's clocks do not follow each other without a gap. */
function spansOf(structs: readonly unknown[]): Map<number, Span> | null {
  const spans = new Map<number, Span>();
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) && !(struct instanceof Y.GC)) return null;
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (client > UINT32 || struct.length < 1 || end > UINT32) return null;
    const span = spans.get(client);
    if (!span) spans.set(client, { from: clock, to: end });
    else if (span.to === clock) span.to = end;
    else return null;
  }
  return spans;
}

/** Whether the document already holds all of it. */
export function knows(doc: Y.Doc, update: ReadUpdate): boolean {
  for (const [client, span] of update.spans) if (span.to > Y.getState(doc.store, client)) return false;
  return update.deletes.every((range) => isDeleted(doc, range));
}

function isDeleted(doc: Y.Doc, { client, clock, len }: { client: number; clock: number; len: number }): boolean {
  if (clock + len > Y.getState(doc.store, client)) return false;
  const structs = doc.store.clients.get(client) ?? [];
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index];
    if (!struct || struct.id.clock >= clock + len) break;
    if (!struct.deleted) return false;
  }
  return true;
}

/**
 * Whether the update says something else than the document under clocks that the document holds. Applied, that part would
 * be passed over in silence, and its sender would believe it saved: a forgery, or two replicas under one client id.
 */
export function contradicts(doc: Y.Doc, update: ReadUpdate): boolean {
  return update.structs.some((struct) => {
    const { client, clock } = struct.id;
    if (!(struct instanceof Y.Item) || clock >= Y.getState(doc.store, client)) return false;
    const structs = doc.store.clients.get(client) ?? [];
    const held = structs[Y.findIndexSS(structs, clock)];
    // What was deleted has lost its content; nothing is left to compare with.
    if (!(held instanceof Y.Item) || held.deleted || struct.content instanceof Y.ContentDeleted) return false;
    return !saysSame(held, struct, clock - held.id.clock);
  });
}

function saysSame(held: Y.Item, said: Y.Item, offset: number): boolean {
  if (held.content.constructor !== said.content.constructor) return false;
  if (offset === 0 && !(sameId(held.origin, said.origin) && sameId(held.rightOrigin, said.rightOrigin))) return false;
  // The key is written only where nothing stands beside the struct to copy it from.
  if (said.origin === null && said.rightOrigin === null && held.parentSub !== said.parentSub) return false;
  if (held.content instanceof Y.ContentType && said.content instanceof Y.ContentType)
    return held.content.type.constructor === said.content.type.constructor;
  const [before, now] = [held.content.getContent().slice(offset), said.content.getContent()];
  const both = Math.min(before.length, now.length);
  // Cut in the middle of a letter of two units, Yjs writes this sign for both halves: the same text may hold it or not.
  if ([...before, ...now].includes('\uFFFD')) return true;
  return JSON.stringify(before.slice(0, both)) === JSON.stringify(now.slice(0, both));
}

function sameId(one: Y.ID | null, other: Y.ID | null): boolean {
  return Y.compareIDs(one, other);
}

/** Clients of which the update brings something that the document does not hold. */
export function newClients(doc: Y.Doc, update: ReadUpdate): number[] {
  const clients: number[] = [];
  for (const [client, span] of update.spans) if (span.to > Y.getState(doc.store, client)) clients.push(client);
  return clients;
}

/**
 * Whether everything the update builds on is known: no clock is left out, and no struct or deletion points beyond what
 * the document and the update itself hold. What points beyond would wait for ever in everybody's memory.
 */
export function isComplete(doc: Y.Doc, update: ReadUpdate): boolean {
  const end = (client: number): number => Math.max(Y.getState(doc.store, client), update.spans.get(client)?.to ?? 0);
  const known = (id: Y.ID | null): boolean => id === null || id.clock < end(id.client);
  for (const [client, span] of update.spans) if (span.from > Y.getState(doc.store, client)) return false;
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue;
    if (!known(struct.origin) || !known(struct.rightOrigin)) return false;
    if ((struct.parent as unknown) instanceof Y.ID && !known(struct.parent as unknown as Y.ID)) return false;
  }
  return update.deletes.every(({ client, clock, len }) => clock + len <= end(client));
}
