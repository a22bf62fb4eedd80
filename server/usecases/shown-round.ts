/**
 * One round as pages and the API show it: what everybody may see of it (core/voting/secrecy), what the caller may do in it,
 * and what became of its options since. Nothing here knows a ballot before the close.
 */
import { readBoard } from '#core/board/read.ts';
import { isCrew, participantIn, type Caller } from '#core/people/caller.ts';
import { movementOf, type Movement } from '#core/voting/follow-up.ts';
import { mergersOf, type Merger } from '#core/voting/mergers.ts';
import { seeRound, type SeenRound } from '#core/voting/secrecy.ts';
import type { RoundWords } from '#core/voting/words.ts';
import { wordsOfRounds } from './round-words.ts';
import { keptRound, type StoredRound } from '../store/rounds.ts';
import type { Deps } from './deps.ts';

/** A round as pages and the API show it: what everybody may see, and whether the caller may vote. */
export interface ShownRound extends SeenRound {
  readonly workshopId: string;
  readonly boardId: string;
  readonly quorum: number | null;
  readonly cut: number | null;
  readonly graceSeconds: number;
  readonly publish: boolean;
  /** In further languages; left out where there are none. */
  readonly words?: RoundWords;
  /** Whether voters are shown a code that finds their ballot in the list. */
  readonly receipts: boolean;
  /** Whether the caller stands on the roll. */
  readonly voter: boolean;
  /** ISO 8601, UTC. */
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** End of the grace time. */
  readonly closesAt: string | null;
  /** When it ends by itself; null: when somebody closes it. */
  readonly dueAt: string | null;
  readonly extensions: number;
  /** The round that this one follows. */
  readonly origin: StoredRound['origin'];
  /** A second vote, once closed: what moved since the first, in counts of the whole room. */
  readonly movement: readonly Movement[] | null;
  /** What stands in one group now and was voted on apart: its distinct supporters, never a sum of dots. */
  readonly merged: readonly Merger[];
  readonly deskConfirmation: boolean;
  readonly proxyLimit: number | null;
  /** Facilitators and the secretariat vote too, if they joined as participants. */
  readonly crewVotes: boolean;
  /** The caller joined, but leads as well, and those have no vote in this round. */
  readonly crewOut: boolean;
}

export const iso = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

export function showing({ store, live }: Pick<Deps, 'store' | 'live'>) {
  async function mergedIn(round: StoredRound): Promise<readonly Merger[]> {
    if (!round.result?.ballots) return [];
    const zones = (await store.workshops.board(round.boardId))?.zones.map(({ id }) => id) ?? [];
    return mergersOf(round, await live.read(`board/${round.boardId}`, (doc) => readBoard(doc, zones)));
  }

  return async function show(caller: Caller, round: StoredRound): Promise<ShownRound> {
    const person = participantIn(caller, round.workshopId)?.participantId ?? null;
    const { quorum, cut, graceSeconds, publish, deskConfirmation = false, proxyLimit = null } = round.settings;
    const crewVotes = round.settings.crewVotes ?? false;
    const crewOut = person !== null && isCrew(caller) && !crewVotes;
    const first =
      round.origin?.kind === 're-vote' && round.result ? await store.rounds.byId(round.origin.roundId) : null;
    const words = (await wordsOfRounds(store, [{ id: round.id, optionIds: round.options.map(({ id }) => id) }])).get(
      round.id,
    );
    return {
      ...seeRound(keptRound(round), { voterKey: person }),
      ...(words && { words }),
      ...{ workshopId: round.workshopId, boardId: round.boardId, quorum, cut, graceSeconds, publish },
      receipts: round.settings.receipts ?? true,
      voter: person !== null && !crewOut && (await store.rounds.seat(round.id, person)) !== null,
      openedAt: iso(round.openedAt),
      closedAt: iso(round.closedAt),
      closesAt: round.status === 'closing' ? iso(round.closesAt) : null,
      dueAt: iso(round.dueAt),
      ...{ extensions: round.extensions, origin: round.origin, deskConfirmation, proxyLimit, crewVotes, crewOut },
      merged: await mergedIn(round),
      movement: first?.result && round.result ? movementOf(first.result, round.result) : null,
    };
  };
}
