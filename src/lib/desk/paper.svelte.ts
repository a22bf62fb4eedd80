/**
 * A ballot in the hands of the desk: filled in by somebody from a paper, sent once, under one key however often the
 * request goes out. It has the shape in which the voters' own form takes a ballot, so the form is the same.
 */
import { newId } from '#core/ids.ts';
import { checkBallot } from '#core/voting/ballot.ts';
import type { Ballot } from '#core/voting/types.ts';
import { emptyBallot, toWire, type RoundView, type WireBallot } from '$lib/voting/round.ts';

export class Paper {
  draft = $state.raw<Ballot>({ kind: 'abstain' });
  #key = newId();
  readonly #round: RoundView;

  constructor(round: RoundView) {
    this.#round = round;
    this.draft = this.empty();
  }

  get whole(): boolean {
    return checkBallot(
      this.#round.method,
      this.#round.options.map(({ id }) => id),
      toWire(this.draft),
    ).ok;
  }
  get body(): WireBallot & { clientKey: string } {
    return { ...toWire(this.draft), clientKey: this.#key };
  }
  change(ballot: Ballot): void {
    this.draft = ballot;
    // Another ballot is another command.
    this.#key = newId();
  }
  empty(): Ballot {
    return emptyBallot(this.#round.method);
  }
  /** The next sheet of paper. */
  next(): void {
    this.change(this.empty());
  }
}

/** What the API tells of a desk. */
export interface DeskView {
  readonly sheets: readonly { readonly number: number; readonly used: boolean }[];
  readonly entries: readonly {
    readonly id: string;
    readonly kind: 'paper' | 'proxy';
    readonly organisationId: string | null;
    readonly number: number | null;
    readonly enteredBy: string;
    readonly mine: boolean;
    readonly enteredAt: string;
  }[];
}

/** On a numbered sheet the options stand in an order of its own; the form follows the paper. */
export { optionOrder } from '#core/voting/order.ts';
