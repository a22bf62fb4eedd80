/**
 * A round and a ballot as the API tells them (INTERFACE, GET /rounds/{id} and …/ballot), and the way between the ballot of
 * the core and the one on the wire.
 */
import type { Movement } from '#core/voting/follow-up.ts';
import type { RoundWords } from '#core/voting/words.ts';
import type { Merger } from '#core/voting/mergers.ts';
import type { Ballot, Method, RoundResult, RoundStatus } from '#core/voting/types.ts';

export interface RoundView {
  readonly id: string;
  readonly title: string;
  readonly of: 'notes' | 'groups';
  readonly method: Method;
  readonly secret: boolean;
  readonly status: RoundStatus;
  /** In further languages. */
  readonly words?: RoundWords;
  /** In the caller's own order. */
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly turnout: { readonly eligible: number; readonly cast: number };
  readonly result: RoundResult | null;
  readonly boardId: string;
  readonly quorum: number | null;
  readonly cut: number | null;
  readonly graceSeconds: number;
  readonly publish: boolean;
  /** Whether voters are shown a code that finds their ballot in the list. */
  readonly receipts?: boolean;
  /** Whether the caller stands on the roll. */
  readonly voter: boolean;
  /** ISO 8601, UTC; the end of the grace time. */
  readonly closesAt: string | null;
  /** When it ends by itself. */
  readonly dueAt?: string | null;
  readonly extensions?: number;
  /** The round that this one follows. */
  readonly origin?: { readonly roundId: string; readonly kind: 'run-off' | 're-vote' } | null;
  readonly movement?: readonly Movement[] | null;
  readonly deskConfirmation?: boolean;
  readonly proxyLimit?: number | null;
  /** Facilitators and the secretariat vote too, if they joined as participants. */
  readonly crewVotes?: boolean;
  /** The caller joined, but leads as well, and has no vote in this round. */
  readonly crewOut?: boolean;
  /** What stands in one group now and was voted on apart. */
  readonly merged?: readonly Merger[];
}

/** What a ballot looks like on the wire, both ways. */
export interface WireBallot {
  readonly dots?: Readonly<Record<string, number>>;
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ranking?: readonly string[];
  readonly choices?: Readonly<Record<string, string>>;
  readonly reasons?: Readonly<Record<string, string>>;
  readonly abstain?: boolean;
  readonly receipt?: string;
}

export function toWire(ballot: Ballot): WireBallot {
  switch (ballot.kind) {
    case 'dots':
      return { dots: ballot.dots };
    case 'score':
      return { scores: ballot.scores };
    case 'ranking':
      return { ranking: ballot.ranking };
    case 'choices':
      return { choices: ballot.choices, reasons: ballot.reasons };
    case 'abstain':
      return { abstain: true };
  }
}

/** null: nothing was cast. */
export function fromWire(wire: WireBallot | null): Ballot | null {
  if (wire === null) return null;
  if (wire.abstain) return { kind: 'abstain' };
  if (wire.dots) return { kind: 'dots', dots: wire.dots };
  if (wire.scores) return { kind: 'score', scores: wire.scores };
  if (wire.ranking) return { kind: 'ranking', ranking: wire.ranking };
  if (wire.choices) return { kind: 'choices', choices: wire.choices, reasons: wire.reasons ?? {} };
  return null;
}

export function emptyBallot(method: Method): Ballot {
  switch (method.kind) {
    case 'dots':
      return { kind: 'dots', dots: {} };
    case 'score':
      return { kind: 'score', scores: {} };
    case 'ranking':
      return { kind: 'ranking', ranking: [] };
    case 'consent':
    case 'verdict':
      return { kind: 'choices', choices: {}, reasons: {} };
  }
}
