/** Large changes in parts: put together again they are the whole, and each stands on those before it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { splitUpdate } from '../../src/lib/live/split.ts';

const seed = Math.floor(Math.random() * 2 ** 31);

/** A text of paragraphs and what was done to it: the update of one transaction, on what was there before. */
function changed(
  paragraphs: readonly string[],
  removed: number,
): { before: Uint8Array; update: Uint8Array; after: string } {
  const doc = new Y.Doc();
  const content = doc.getXmlFragment('content');
  content.push([new Y.XmlElement('heading')]);
  const before = Y.encodeStateAsUpdate(doc);
  let update = new Uint8Array();
  doc.on('update', (bytes: Uint8Array) => (update = new Uint8Array(bytes)));
  doc.transact(() => {
    for (const text of paragraphs) {
      const paragraph = new Y.XmlElement('paragraph');
      content.push([paragraph]);
      paragraph.setAttribute('trace', text);
      const words = new Y.XmlText();
      paragraph.push([words]);
      words.insert(0, text);
    }
    content.delete(0, Math.min(removed, content.length));
  });
  return { before, update, after: content.toString() };
}

describe('a change in parts', () => {
  it(`[P54] together they are the change, each fits, and none waits for a later one (seed ${seed})`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { maxLength: 60 }),
        fc.nat(20),
        fc.integer({ min: 400, max: 4_000 }),
        fc.integer({ min: 1, max: 40 }),
        (paragraphs, removed, bytes, structs) => {
          const { before, update, after } = changed(paragraphs, removed);
          if (update.length === 0) return;
          const parts = splitUpdate(update, { bytes, structs });
          const copy = new Y.Doc();
          Y.applyUpdate(copy, before);
          for (const part of parts) {
            Y.applyUpdate(copy, part);
            expect(copy.store.pendingStructs).toBeNull();
            expect(copy.store.pendingDs).toBeNull();
            if (parts.length > 1) expect(Y.decodeUpdate(part).structs.length).toBeLessThanOrEqual(structs);
          }
          expect(copy.getXmlFragment('content').toString()).toBe(after);
        },
      ),
      { seed, numRuns: 200 },
    );
  });

  it('[P54] a chapter that was deleted and brought back goes in parts below the limit of one edit', () => {
    const { before, update, after } = changed(
      Array.from({ length: 300 }, (_, at) => `${at} ${'Жергиликтүү өз алдынча башкаруу. '.repeat(20)}`),
      0,
    );
    const parts = splitUpdate(update);
    expect(parts.length).toBeGreaterThan(3);
    for (const part of parts) expect(part.length).toBeLessThan(48 * 1024);
    const copy = new Y.Doc();
    for (const part of [before, ...parts]) Y.applyUpdate(copy, part);
    expect(copy.getXmlFragment('content').toString()).toBe(after);
  });

  it('[P54] what is small goes as it is', () => {
    const { update } = changed(['Кыска'], 0);
    expect(splitUpdate(update)).toEqual([update]);
  });
});
