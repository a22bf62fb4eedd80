/** Own changes on their way to the server: what is small goes together, what is large goes in parts, each acknowledged. */
import type { HocuspocusProvider } from '@hocuspocus/provider';
import type * as Y from 'yjs';
import { PART, splitUpdate } from './split.ts';

/** Takes the place of the provider's own listener, which sends an update whole and merges whatever comes within a flush. */
export function inParts(provider: HocuspocusProvider, doc: Y.Doc): void {
  let waiting = 0;
  doc.off('update', provider.boundDocumentUpdateHandler);
  const send = (update: Uint8Array, origin: unknown) => {
    if (origin === provider) return;
    for (const part of splitUpdate(update)) {
      if (waiting + part.length > PART.bytes) flush();
      provider.documentUpdateHandler(part, origin);
      waiting += part.length;
    }
  };
  const flush = () => {
    provider.flushPendingUpdates();
    waiting = 0;
  };
  // The provider's timer may have flushed meanwhile: counting too much only sends a little earlier.
  doc.on('update', send);
  provider.on('destroy', () => doc.off('update', send));
}
