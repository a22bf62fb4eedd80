/**
 * One round on one person's screen: its options in that person's own order, the ballot that the server has, and whether
 * there is one to cast at all. Follows the round's status as the room tells it.
 */
import type { RoomRound } from '#core/room/room.ts';
import { api, type ApiFailure } from '$lib/http/api.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { roundIn } from '#core/voting/words.ts';
import { language } from '$lib/i18n/language.svelte.ts';
import { m } from '#messages/messages.js';
import { BallotBox } from './ballot-box.svelte.ts';
import type { RoundView, WireBallot } from './round.ts';
import { readUnsent } from './unsent-ballot.ts';

/** Who looks at the round. A leader who joined the workshop as a participant is a participant. */
export interface Voter {
  readonly kind: 'participant' | 'account' | 'screen';
  /** Participant or account id; null: nothing is kept on the device. */
  readonly personId: string | null;
}

export class RoundOnScreen {
  #told = $state.raw<RoundView | null>(null);
  box = $state.raw<BallotBox | null>(null);
  /** Why this person only looks on. */
  onlooker = $state<string | null>(null);
  failure = $state.raw<ApiFailure | null>(null);
  readonly #me: Voter;
  #ended = false;

  constructor(me: Voter) {
    this.#me = me;
  }

  /** In the person's language, where it was translated. */
  get view(): RoundView | null {
    return this.#told && roundIn(this.#told, language.current);
  }

  async load(round: RoomRound): Promise<void> {
    this.failure = null;
    const answer = await api<RoundView>('GET', `/rounds/${round.id}`);
    if (this.#ended) return;
    if (!answer.ok) {
      this.failure = answer.failure;
      return;
    }
    this.#told = answer.value;
    if (this.box === null) await this.#openBallot(answer.value);
  }

  async #openBallot(view: RoundView): Promise<void> {
    if (this.#me.kind === 'screen' || view.status === 'draft') return;
    if (!view.voter) {
      const crew = this.#me.kind === 'account';
      if (crew && view.crewVotes) this.onlooker = m.vote_crew_join();
      else this.onlooker = crew || view.crewOut ? m.vote_crew() : sentence({ code: 'not-on-the-roll' });
      return;
    }
    // After the close only a ballot that was cast before it, and never left this device, is still to be sent.
    if (view.status === 'closed' && readUnsent(view.id, this.#me.personId) === null) return;
    const ballot = view.status === 'closed' ? null : await api<WireBallot | null>('GET', `/rounds/${view.id}/ballot`);
    if (this.#ended) return;
    if (ballot && !ballot.ok && ballot.failure.code !== 'not-found') {
      this.failure = ballot.failure;
      return;
    }
    this.onlooker = null;
    this.box = new BallotBox({
      roundId: view.id,
      method: view.method,
      optionIds: view.options.map(({ id }) => id),
      personId: this.#me.personId,
      cast: ballot?.ok ? ballot.value : null,
    });
  }

  destroy(): void {
    this.#ended = true;
    this.box?.destroy();
  }
}
