/** Updates that no client of ours and no stock client makes, each with a name; all must be refused. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { addNote } from './peer.ts';

function written(base: Y.Doc, change: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
  if (clientId !== undefined) doc.clientID = clientId;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(() => change(doc));
  return Y.mergeUpdates(updates);
}

const numbers = (...all: number[]): Uint8Array => {
  const encoder = encoding.createEncoder();
  for (const each of all) encoding.writeVarUint(encoder, each);
  return encoding.toUint8Array(encoder);
};

function nested(depth: number): Y.Map<unknown> {
  const outer = new Y.Map<unknown>();
  let at = outer;
  for (let level = 0; level < depth; level += 1) {
    const inner = new Y.Map<unknown>();
    at.set('a', inner);
    at = inner;
  }
  return outer;
}

export function hostileUpdates(base: Y.Doc, zone: string, victim: number): Record<string, Uint8Array> {
  const notes = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('notes');
  const note = (doc: Y.Doc): Y.Map<unknown> => notes(doc).get('hers') as Y.Map<unknown>;
  const add = (values: Record<string, unknown>, id = 'bad'): Uint8Array =>
    written(base, (doc) => {
      const map = new Y.Map<unknown>();
      const whole: Record<string, unknown> = { at: [zone, 1, 2], text: new Y.Text('x'), colour: 'yellow', ...values };
      for (const [key, value] of Object.entries(whole)) if (value !== undefined) map.set(key, value);
      notes(doc).set(id, map);
    });
  const set = (key: string, value: unknown): Uint8Array => written(base, (doc) => note(doc).set(key, value));
  const later = (): Uint8Array => {
    const doc = new Y.Doc();
    addNote(doc, zone, 'first');
    const vector = Y.encodeStateVector(doc);
    addNote(doc, zone, 'second');
    return Y.encodeStateAsUpdate(doc, vector);
  };
  return {
    'forged client': written(base, (doc) => void addNote(doc, zone, 'forged'), victim),
    'forged beside its victim': (() => {
      const doc = new Y.Doc();
      doc.clientID = victim;
      addNote(doc, zone, 'instead of hers');
      return Y.encodeStateAsUpdate(doc);
    })(),
    'deletes the future': numbers(0, 1, victim, 1, 100_000, 50),
    'deletes a stranger': numbers(0, 1, 424_242, 1, 0, 5),
    'a gap': later(),
    'a skip': Y.mergeUpdates([written(base, (doc) => void addNote(doc, zone, 'a')), later()]),
    'bomb of structs': numbers(1, 900_000_000, 5, 0),
    'bomb of clients': numbers(900_000_000),
    'bomb of deletes': numbers(0, 1, 7, 900_000_000),
    'random bytes': Uint8Array.from({ length: 200 }, (_, at) => (at * 89 + 7) % 256),
    'foreign root': written(base, (doc) => doc.getMap('admin').set('me', true)),
    'foreign text root': written(base, (doc) => doc.getText('notes2').insert(0, 'x')),
    'string for a note': written(base, (doc) => notes(doc).set('bad', 'a string')),
    'no text': add({ text: undefined }),
    'text as a string': add({ text: 'plain' }),
    'no place': add({ at: undefined }),
    'place without a zone': add({ at: ['nowhere', 1, 2] }),
    NaN: add({ at: [zone, Number.NaN, 2] }),
    infinite: add({ at: [zone, Infinity, 2] }),
    'half a pixel': add({ at: [zone, 1.5, 2] }),
    'huge coordinates': add({ at: [zone, 1e9, 2] }),
    'javascript in a colour': add({ colour: 'javascript:alert(1)' }),
    'a link beside': add({ href: 'javascript:alert(1)' }),
    'a group that is an object': add({ group: { id: 'x' } }),
    '__proto__ as an id': add({}, '__proto__'),
    'an id with a slash': add({}, '../etc'),
    'nested deep': add({ lang: nested(300) }),
    'too many letters': add({ text: new Y.Text('x'.repeat(2_001)) }),
    'formatted text': written(base, (doc) => (note(doc).get('text') as Y.Text).insert(0, 'b', { bold: true })),
    'an object in the text': written(base, (doc) => (note(doc).get('text') as Y.Text).insertEmbed(0, { image: 'x' })),
    'another colour as an object': set('colour', { r: 1 }),
    'another version of the format': Y.convertUpdateFormatV1ToV2(written(base, (doc) => void addNote(doc, zone, 'v2'))),
    'a larger edit than one may be': written(base, (doc) => {
      for (let at = 0; at < 40; at += 1) addNote(doc, zone, 'l'.repeat(1_990));
    }),
  };
}
