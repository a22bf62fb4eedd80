/** From what a passage says it rests on to the things themselves, in its snapshot. Ids that are not there are passed over. */
import type { SnapshotBoard, SnapshotGroup, SnapshotRound } from '#core/strategy/snapshot.ts';
import type { TracedNote, TracedOption } from '#core/strategy/trace.ts';
import type { Rest } from './rest.ts';
import type { WholeSnapshot } from './shelf.svelte.ts';

export interface FoundRest {
  readonly zone: SnapshotBoard['zones'][number] | null;
  readonly group: SnapshotGroup | null;
  readonly round: SnapshotRound | null;
  readonly options: readonly TracedOption[];
  readonly notes: readonly TracedNote[];
  /** Votes on these notes, where the passage itself is not about a vote. */
  readonly votes: readonly TracedOption[];
}

/** A whole board rests on many votes; naming them all beside it explains nothing. */
const MOST_VOTES = 6;

export function readRest(rest: Rest, { snapshot, trace }: WholeSnapshot): FoundRest {
  const board = snapshot.boards.find(({ id }) => id === rest.boardId);
  const { roundId } = rest;
  const notes = rest.noteIds.flatMap((id) => trace.note(id) ?? []);
  const votes = new Map<string, TracedOption>();
  if (roundId === null)
    for (const note of notes)
      for (const option of note.options) votes.set(`${option.round.id} ${option.optionId}`, option);
  return {
    zone: board?.zones.find(({ id }) => id === rest.zone) ?? null,
    group: rest.groupId === null ? null : (trace.group(rest.groupId)?.group ?? null),
    round: snapshot.rounds.find(({ id }) => id === roundId) ?? null,
    options: roundId === null ? [] : rest.optionIds.flatMap((id) => trace.option(roundId, id) ?? []),
    notes,
    votes: votes.size > MOST_VOTES ? [] : [...votes.values()],
  };
}
