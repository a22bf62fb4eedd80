/**
 * The review of the last programme on the screen: each action with what the room judged, once the round is closed, and what
 * was found about it. Read anew when the room says that something changed.
 */
import type { Judged } from '#core/templates/verdicts.ts';
import { api, type ApiFailure } from '$lib/http/api.ts';

export interface ReviewedAction {
  readonly noteId: string;
  readonly text: string;
  readonly evidence: string;
  readonly cause: string;
  /** What the facilitator confirmed. */
  readonly verdict: string | null;
  /** null until a verdict round of this board is closed. */
  readonly judged: Judged | null;
}

export interface ReviewedBoard {
  /** The closed round that is shown. */
  readonly roundId: string | null;
  /** The round that is open now: what it says is hidden. */
  readonly runningId: string | null;
  readonly choices: readonly string[];
  readonly actions: readonly ReviewedAction[];
}

export interface FindingChange {
  readonly evidence?: string;
  readonly cause?: string;
  readonly verdict?: string | null;
}

const TOGETHER = 250;

export class Review {
  board = $state.raw<ReviewedBoard | null>(null);
  failure = $state.raw<ApiFailure | null>(null);
  readonly boardId: string;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(boardId: string) {
    this.boardId = boardId;
  }

  get disputed(): number {
    return (this.board?.actions ?? []).filter(({ judged }) => judged?.disputed).length;
  }

  loadSoon(): void {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.load(), TOGETHER);
  }

  async load(): Promise<void> {
    const seen = await api<ReviewedBoard>('GET', `/boards/${this.boardId}/review`);
    if (seen.ok) [this.board, this.failure] = [seen.value, null];
    else if (this.board === null) this.failure = seen.failure;
  }

  /** What went wrong, or null. */
  async find(noteId: string, change: FindingChange): Promise<ApiFailure | null> {
    const done = await api('PUT', `/boards/${this.boardId}/notes/${noteId}/finding`, change);
    if (!done.ok) return done.failure;
    await this.load();
    return null;
  }
}
