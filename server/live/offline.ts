/**
 * The live path without anybody live: reads and writes documents through the update log alone. For the command line, which
 * works beside a running server; it is never used on a document that the server may have open for writing.
 */
import * as Y from 'yjs';
import type { Live, UpdateLog } from './ports.ts';

async function load(log: UpdateLog, document: string): Promise<Y.Doc> {
  const { state, updates } = await log.load(document);
  const doc = new Y.Doc();
  doc.transact(() => {
    if (state) Y.applyUpdateV2(doc, state);
    for (const { update } of updates) Y.applyUpdate(doc, update);
  });
  return doc;
}

export function offlineLive(log: UpdateLog): Live {
  return {
    async edit(document, change) {
      const doc = await load(log, document);
      const before = Y.encodeStateVector(doc);
      let changed = false;
      doc.on('update', () => {
        changed = true;
      });
      change(doc);
      if (!changed) return;
      const update = Y.encodeStateAsUpdate(doc, before);
      await log.append([{ document, update, personId: null, claims: [], createdNotes: [] }]);
    },
    read: async (document, view) => view(await load(log, document)),
    reconsider: async () => {},
    cut: async () => {},
    forget: async () => {},
  };
}
