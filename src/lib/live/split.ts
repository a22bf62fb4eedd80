/**
 * A large change in parts: the server takes edits of up to 64 KiB, and bringing back a deleted chapter, or pasting one, is
 * a single edit to the document. Parts follow the clock of their writer, so that each stands on those before it; what the
 * change deletes comes last. One piece of text larger than a part stays whole.
 */
import { toUint8Array, writeVarUint, createEncoder } from 'lib0/encoding';
import * as Y from 'yjs';

/** Bytes and structs of one part; with what the frame adds, well under the server's 64 KiB and 4,000. */
export const PART = { bytes: 40 * 1024, structs: 2_000 } as const;

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

/** @param update a V1 update of this device's own. */
export function splitUpdate(
  update: Uint8Array,
  most: { readonly bytes: number; readonly structs: number } = PART,
): Uint8Array[] {
  if (update.length <= most.bytes) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  if (structs.some((struct) => struct instanceof Y.Skip)) return [update];
  const parts: Struct[][] = [];
  let size = 0;
  for (const struct of structs) {
    const bytes = sizeOf(struct);
    const part = parts.at(-1);
    if (part && part[0]?.id.client === struct.id.client && size + bytes <= most.bytes && part.length < most.structs) {
      part.push(struct);
      size += bytes;
    } else {
      parts.push([struct]);
      size = bytes;
    }
  }
  return [...parts.map(encodePart), ...(ds.clients.size > 0 ? [encodeDeletes(ds)] : [])];
}

function sizeOf(struct: Struct): number {
  const encoder = new Y.UpdateEncoderV1();
  struct.write(encoder, 0);
  return encoder.toUint8Array().length;
}

/** Structs of one client, as Yjs writes them (V1), and nothing deleted. */
function encodePart(structs: readonly Struct[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const { client = 0, clock = 0 } = structs[0]?.id ?? {};
  writeVarUint(encoder.restEncoder, 1);
  writeVarUint(encoder.restEncoder, structs.length);
  encoder.writeClient(client);
  writeVarUint(encoder.restEncoder, clock);
  for (const struct of structs) struct.write(encoder, 0);
  writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}

function encodeDeletes({ clients }: ReturnType<typeof Y.createDeleteSet>): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, 0);
  writeVarUint(encoder, clients.size);
  for (const [client, ranges] of clients) {
    writeVarUint(encoder, client);
    writeVarUint(encoder, ranges.length);
    for (const { clock, len } of ranges) {
      writeVarUint(encoder, clock);
      writeVarUint(encoder, len);
    }
  }
  return toUint8Array(encoder);
}
