/**
 * What instances say to each other. Truth is in the store: whatever is said here may be lost, and is made up for by reading
 * the log and asking for rights again. So nothing waits for the bus, and nothing fails because it is away.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * `update` and `presence` of a document, `who` asks for presence, `order` and `answer` carry changes of rights, `here` is
 * who is in a room, `bye` an instance that leaves, `beat` what an instance hears of itself while the bus works.
 */
export const TOPICS = ['update', 'presence', 'who', 'order', 'answer', 'here', 'bye', 'beat'] as const;
export type Topic = (typeof TOPICS)[number];

export interface Bus {
  /** This instance's name among its peers. */
  readonly id: string;
  /** Whether what we say comes back to us. */
  readonly isUp: boolean;
  /** Resolves with how many others were listening; 0 where the bus is away. Never rejects. */
  publish(topic: Topic, body: Uint8Array): Promise<number>;
  on(topic: Topic, hear: (body: Uint8Array, from: string) => void): void;
  /** Told each time the bus works (again): what was said before may not have been heard. */
  onReturn(back: () => void): void;
  close(): Promise<void>;
}

/** A message on the wire: who says it, about what, and the rest. */
export function pack(from: string, topic: Topic, body: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, from);
  encoding.writeVarUint(encoder, TOPICS.indexOf(topic));
  encoding.writeUint8Array(encoder, body);
  return encoding.toUint8Array(encoder);
}

/** Null where it is none of ours. */
export function unpack(bytes: Uint8Array): { from: string; topic: Topic; body: Uint8Array } | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const from = decoding.readVarString(decoder);
    const topic = TOPICS[decoding.readVarUint(decoder)];
    return topic === undefined ? null : { from, topic, body: decoding.readTailAsUint8Array(decoder) };
  } catch {
    return null;
  }
}

/** A document's name and bytes that belong to it. */
export function about(document: string, bytes: Uint8Array = new Uint8Array()): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, document);
  encoding.writeUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

export function readAbout(body: Uint8Array): { document: string; bytes: Uint8Array } {
  const decoder = decoding.createDecoder(body);
  return { document: decoding.readVarString(decoder), bytes: decoding.readTailAsUint8Array(decoder) };
}

export const asJson = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
export const fromJson = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body)) as unknown;
