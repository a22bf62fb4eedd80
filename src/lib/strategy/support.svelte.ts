/** What the draft rests on, asked of the server when the page opens and once the writing pauses. */
import type { Support } from '#core/strategy/support.ts';
import { api } from '$lib/http/api.ts';

/** Milliseconds without a change after which it is asked again. */
const PAUSE = 4_000;

export class DraftSupport {
  current = $state.raw<Support | null>(null);
  readonly #path: string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(strategyId: string) {
    this.#path = `/strategies/${strategyId}/support`;
  }

  async load(): Promise<void> {
    const answer = await api<Support>('GET', this.#path);
    if (answer.ok) this.current = answer.value;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), PAUSE);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
