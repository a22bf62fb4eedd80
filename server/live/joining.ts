/**
 * What somebody who joins is sent: the document as it is. A room joins within seconds, and encoding the document is most
 * of the cost: so it is encoded once, shared by all who come with nothing, and what was edited since goes out before it.
 */
import * as Y from 'yjs';
import { step1Frame, step2Frame, updateFrame } from './frame.ts';

/** Edits after which the document is encoded anew: their bytes are sent to each who joins. */
const MOST_EDITS = 200;
const MOST_BYTES = 64 * 1024;
const NOTHING = 1;

export class SharedState {
  readonly #name: string;
  readonly #doc: Y.Doc;
  #step2: Uint8Array | null = null;
  #since: Uint8Array[] = [];
  #sinceBytes = 0;

  constructor(name: string, doc: Y.Doc) {
    this.#name = name;
    this.#doc = doc;
    doc.on('update', (update: Uint8Array) => {
      if (this.#step2 === null) return;
      this.#since.push(update);
      this.#sinceBytes += update.length;
      if (this.#since.length > MOST_EDITS || this.#sinceBytes > MOST_BYTES) this.#step2 = null;
    });
  }

  /** The frames that answer a step 1, in order. `vector` was read before: it is well-formed. */
  answer(vector: Uint8Array): Uint8Array[] {
    const step1 = step1Frame(this.#name, Y.encodeStateVector(this.#doc));
    if (vector.length > NOTHING) return [step2Frame(this.#name, Y.encodeStateAsUpdate(this.#doc, vector)), step1];
    if (this.#step2 === null) {
      this.#step2 = step2Frame(this.#name, Y.encodeStateAsUpdate(this.#doc));
      this.#since = [];
      this.#sinceBytes = 0;
    }
    // First, so that a client that has heard step 2 has everything; until then it waits inside the client's document.
    const before = this.#since.length === 0 ? [] : [updateFrame(this.#name, Y.mergeUpdates(this.#since))];
    return [...before, this.#step2, step1];
  }
}
