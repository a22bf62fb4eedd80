/** One document at a time on its way to the person: whether it is, how far, and how to call it off. */
import { download, type Downloaded } from './download.ts';

export class Making {
  busy = $state(false);
  share = $state(0);
  #running: AbortController | null = null;

  /** null: it was called off. */
  async get(path: string): Promise<Downloaded | null> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    this.busy = true;
    this.share = 0;
    const done = await download(path, { signal: running.signal, onShare: (share) => (this.share = share) });
    if (this.#running === running) this.busy = false;
    return running.signal.aborted ? null : done;
  }

  stop(): void {
    this.#running?.abort();
    this.#running = null;
    this.busy = false;
  }
}
