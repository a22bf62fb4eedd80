/**
 * What was voted on apart and stands in one group now. Its support is told in distinct people, never as a sum of dots
 * (PRODUCT, rule 2): whoever supported both is one person. Read from the anonymous list, so it tells nothing that the list
 * does not; where there is no list it is not told. The round's own result stays as it was counted.
 */
import type { Board } from '../board/read.ts';
import { voicesOf } from './voice.ts';
import type { Ballot, Option, PublishedBallot, RoundResult, RoundSettings } from './types.ts';

export interface Merger {
  readonly groupId: string;
  /** The group's title as it is now; may be empty. */
  readonly title: string;
  /** In the order of the result. */
  readonly optionIds: readonly string[];
  /** Distinct supporters (see OptionResult.voters) of any of them. */
  readonly voters: number;
}

function ballotOf({ dots, scores, ranking, choices }: PublishedBallot): Ballot {
  if (dots) return { kind: 'dots', dots };
  if (scores) return { kind: 'score', scores };
  if (ranking) return { kind: 'ranking', ranking };
  if (choices) return { kind: 'choices', choices, reasons: {} };
  return { kind: 'abstain' };
}

export interface CountedRound {
  readonly settings: Pick<RoundSettings, 'method' | 'cut'>;
  readonly options: readonly Option[];
  readonly result: RoundResult | null;
}

/** Groups of the board, as it stands now, that hold all that is left of two options and more. */
export function mergersOf(
  { settings, options, result }: CountedRound,
  board: Pick<Board, 'notes' | 'groups'>,
): Merger[] {
  if (!result?.ballots) return [];
  const there = new Set(board.notes.map((note) => note.id));
  const left = new Map(options.map((option) => [option.id, option.noteIds.filter((id) => there.has(id))]));
  const order = result.options.map((option) => option.id);
  const ids = options.map((option) => option.id);
  const cast = result.ballots.map((ballot) => ({
    ...{ ballot: ballotOf(ballot), receipt: ballot.receipt, organisationId: null, source: 'device' as const },
  }));
  const merged = board.groups.flatMap((group) => {
    const inside = new Set(group.noteIds);
    const optionIds = order.filter((id) => {
      const notes = left.get(id) ?? [];
      return notes.length > 0 && notes.every((note) => inside.has(note));
    });
    return optionIds.length < 2 ? [] : [{ groupId: group.id, title: group.title, optionIds }];
  });
  if (merged.length === 0) return [];
  const voices = voicesOf(settings.method, ids, settings.cut, cast);
  return merged.map((merger) => {
    const at = merger.optionIds.map((id) => ids.indexOf(id));
    return { ...merger, voters: voices.filter((voice) => at.some((option) => voice.supports[option])).length };
  });
}
