/**
 * Somebody who types and remembers what they were told is saved: notes, and of each note so many letters. Afterwards the
 * board is held against that memory: what was acknowledged and is not there is lost.
 */
import * as Y from 'yjs';
import { addNote, Peer, pause, textOf } from './peer.ts';

/** Letters of one note; then the next begins. */
const LETTERS = 300;

export class Typist {
  readonly peer: Peer;
  readonly #zone: string;
  /** Letters that are known to be saved, by note. */
  readonly saved = new Map<string, number>();
  acked = 0;
  refused = 0;
  readonly latencies: number[] = [];
  #stopped = false;
  #note: string | null = null;
  #letters = 0;

  constructor(peer: Peer, zone: string) {
    this.peer = peer;
    this.#zone = zone;
  }

  /** Types until stopped or cut, at most `rate` edits a second. */
  async type(rate = 50): Promise<void> {
    const started = performance.now();
    let sent = 0;
    const waiting: Promise<void>[] = [];
    while (!this.#stopped && this.peer.closeCode === null) {
      const due = ((performance.now() - started) / 1000) * rate;
      if (sent >= due) {
        await pause(4);
        continue;
      }
      sent += 1;
      waiting.push(this.#edit());
    }
    await Promise.all(waiting);
  }

  async #edit(): Promise<void> {
    if (this.#note === null || this.#letters >= LETTERS) {
      this.#letters = 1;
      this.#note = null;
    } else this.#letters += 1;
    const letters = this.#letters;
    let id = this.#note;
    const at = performance.now();
    const answer = this.peer.edit((doc) => {
      if (id === null) id = addNote(doc, this.#zone, 'x');
      else (doc.getMap<Y.Map<Y.Text>>('notes').get(id)?.get('text') as Y.Text).insert(letters - 1, 'x');
    });
    this.#note = id;
    if (await answer) {
      this.latencies.push(performance.now() - at);
      this.acked += 1;
      this.saved.set(id ?? '', Math.max(this.saved.get(id ?? '') ?? 0, letters));
    } else this.refused += 1;
  }

  stop(): void {
    this.#stopped = true;
  }
}

/** How many acknowledged edits a board does not hold. */
export function lostOf(doc: Y.Doc, typists: readonly Typist[]): number {
  let lost = 0;
  for (const { saved } of typists)
    for (const [id, letters] of saved) lost += Math.max(0, letters - (textOf(doc, id)?.length ?? 0));
  return lost;
}

export const sum = (typists: readonly Typist[]): number => typists.reduce((all, { acked }) => all + acked, 0);
