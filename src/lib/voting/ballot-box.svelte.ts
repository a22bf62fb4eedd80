/**
 * The voter's side of a ballot: what the thumb did, what the server has, and the way between the two. Changes wait a
 * moment, go one request at a time, the last state wins; without a connection they stay on the device and go out by
 * themselves. What the server refuses is rolled back to what it has.
 */
import { newId } from '#core/ids.ts';
import { checkBallot } from '#core/voting/ballot.ts';
import { filledUp } from '#core/voting/padding.ts';
import type { Ballot, Method } from '#core/voting/types.ts';
import { api, type ApiFailure } from '$lib/http/api.ts';
import { serverNow } from '$lib/live/server-clock.svelte.ts';
import { forgetUnsent, keepUnsent, markFate, onOtherTab, readUnsent, type UnsentBallot } from './unsent-ballot.ts';
import { emptyBallot, fromWire, toWire, type WireBallot } from './round.ts';

/** none: nothing cast; incomplete: not yet a ballot; local → sending → saved; offline: tried, will be tried again. */
export type SaveState = 'none' | 'incomplete' | 'local' | 'sending' | 'saved' | 'offline';

/** Milliseconds that a ballot waits for the next tap. */
const PAUSE = 400;
const LONGEST_WAIT = 30_000;
/** Time that the tab in which somebody voted has to send it. */
const OTHER_TAB_FIRST = 2_000;

export interface BallotBoxOptions {
  readonly roundId: string;
  readonly method: Method;
  readonly optionIds: readonly string[];
  /** Whose ballot it is on this device; null: nothing is kept here. */
  readonly personId: string | null;
  /** What the server has. */
  readonly cast: WireBallot | null;
}

export class BallotBox {
  draft = $state.raw<Ballot>({ kind: 'abstain' });
  state = $state<SaveState>('none');
  receipt = $state<string | null>(null);
  /** The server's sentence about what it did not take. */
  refusal = $state<string | null>(null);
  readonly #options: BallotBoxOptions;
  #cast: Ballot | null;
  #unsent: UnsentBallot | null = null;
  #sending = false;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #stop: () => void;

  constructor(options: BallotBoxOptions) {
    this.#options = options;
    this.#cast = fromWire(options.cast);
    this.receipt = options.cast?.receipt ?? null;
    this.#rest();
    const now = () => void this.#send();
    // Whoever comes back may have voted on another device meanwhile.
    const turning = () => void (document.visibilityState === 'hidden' ? this.#send() : this.#reread());
    addEventListener('online', now);
    document.addEventListener('visibilitychange', turning);
    const unheard = onOtherTab(options.roundId, options.personId, (their) => this.#follow(their));
    this.#stop = () => {
      unheard();
      removeEventListener('online', now);
      document.removeEventListener('visibilitychange', turning);
    };
    const kept = readUnsent(options.roundId, options.personId);
    if (kept && this.#whole(kept.ballot)) {
      this.draft = kept.ballot;
      this.#unsent = kept;
      this.state = 'local';
      this.#later(0);
    }
  }

  get abstains(): boolean {
    return this.draft.kind === 'abstain';
  }

  /** Nothing here that the server does not have. */
  get settled(): boolean {
    return this.#unsent === null && !this.#sending;
  }

  change(ballot: Ballot): void {
    this.draft = ballot;
    this.refusal = null;
    if (!this.#whole(ballot)) {
      this.#unsent = null;
      this.state = 'incomplete';
      return;
    }
    this.#unsent = { ballot, key: newId(), castAt: new Date(serverNow()).toISOString() };
    keepUnsent(this.#options.roundId, this.#options.personId, this.#unsent);
    this.state = 'local';
    this.#tries = 0;
    this.#later(PAUSE);
  }

  empty(): Ballot {
    return emptyBallot(this.#options.method);
  }

  #whole(ballot: Ballot): boolean {
    return checkBallot(this.#options.method, this.#options.optionIds, toWire(ballot)).ok;
  }

  #rest(): void {
    this.draft = this.#cast ?? this.empty();
    this.state = this.#cast ? 'saved' : 'none';
  }

  /**
   * Another tab of the same person: what was cast last is their ballot. It is the same command here and there, so whichever
   * tab lives long enough sends it, and it counts once.
   */
  #follow(their: UnsentBallot | null): void {
    if (their === null) {
      this.#unsent = null;
      if (!this.#sending) void this.#reread();
    } else if (this.#whole(their.ballot) && (this.#unsent === null || this.#unsent.castAt < their.castAt)) {
      this.draft = their.ballot;
      this.#unsent = their;
      this.refusal = null;
      this.state = 'local';
      this.#later(OTHER_TAB_FIRST);
    }
  }

  /** Shows what the server has by now, unless something here is newer or half written. */
  async #reread(): Promise<void> {
    const resting = () => this.settled && this.state !== 'incomplete';
    if (!resting()) return;
    const answer = await api<WireBallot>('GET', `/rounds/${this.#options.roundId}/ballot`);
    if (!answer.ok || !resting()) return;
    this.#cast = fromWire(answer.value);
    this.receipt = answer.value.receipt ?? this.receipt;
    this.#rest();
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), wait);
  }

  async #send(): Promise<void> {
    const going = this.#unsent;
    if (going === null || this.#sending) return;
    clearTimeout(this.#timer);
    this.#sending = true;
    this.state = 'sending';
    const body = { ...toWire(going.ballot), clientKey: going.key, castAt: going.castAt };
    const path = `/rounds/${this.#options.roundId}/ballot`;
    const answer = await api<{ receipt?: string }>('PUT', path, filledUp(JSON.stringify(body)));
    this.#sending = false;
    if (answer.ok) this.#saved(going, answer.value.receipt ?? null);
    else this.#failed(going, answer.failure);
  }

  #saved(sent: UnsentBallot, receipt: string | null): void {
    this.#cast = sent.ballot;
    markFate('counted', this.#options.roundId, this.#options.personId);
    this.receipt = receipt ?? this.receipt;
    this.#tries = 0;
    if (this.#unsent === sent) this.#drop();
    // Meanwhile the thumb went on: what is newer goes next; what is not yet a ballot stays as it is.
    if (this.#unsent) this.#later(0);
    else if (this.state === 'sending') this.state = 'saved';
  }

  #failed(sent: UnsentBallot, { code, status, retryAfter, message }: ApiFailure): void {
    if (status === 0 || status === 429 || status >= 500) {
      if (this.#unsent === null) return;
      this.state = 'offline';
      const wait = Math.min(LONGEST_WAIT, 1000 * 2 ** this.#tries++) * (0.75 + Math.random() / 2);
      this.#later(retryAfter === null ? wait : Math.max(wait, retryAfter * 1000));
      return;
    }
    if (this.#unsent !== sent && this.#unsent !== null) return this.#later(0);
    this.#drop();
    if (code === 'ballot-late') markFate('late', this.#options.roundId, this.#options.personId);
    this.refusal = message;
    this.#rest();
  }

  #drop(): void {
    this.#unsent = null;
    forgetUnsent(this.#options.roundId, this.#options.personId);
  }

  /** What is still unsent goes out at once; it stays on the device until the server has it. */
  destroy(): void {
    clearTimeout(this.#timer);
    this.#stop();
    void this.#send();
  }
}
