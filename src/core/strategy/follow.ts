/**
 * Where a note went: into which group, as which factor or option on later boards, what was voted on it, and which paragraphs
 * of the draft rest on it. Follows seeds, bonds and what was carried over, however long the chain.
 */
import type { Board } from '../board/read.ts';
import type { LocalText } from '../export/source.ts';
import type { RoundResult, Option } from '../voting/types.ts';
import type { Passage } from './passages.ts';
import { sourceOf } from './support.ts';

export interface FollowedBoard {
  readonly id: string;
  readonly title: LocalText;
  readonly content: Board;
  /** What came onto it from elsewhere. */
  readonly origins: readonly {
    readonly itemId: string;
    /** seed, carry, bond … as the store keeps it. */
    readonly source: string;
    readonly fromBoard: string;
    readonly fromItem: string;
  }[];
}

export interface FollowedRound {
  readonly id: string;
  readonly boardId: string;
  readonly title: string;
  readonly options: readonly Option[];
  readonly result: RoundResult;
}

/** Everything that may be seen of a day: boards as the viewer sees them, closed rounds, the draft's paragraphs. */
export interface FollowedDay {
  readonly boards: readonly FollowedBoard[];
  readonly rounds: readonly FollowedRound[];
  readonly passages: readonly Passage[];
}

export interface Steps {
  /** Name of its group; null: in none. */
  readonly group: string | null;
  /** What was made of it on other boards, in the order in which it was followed. */
  readonly became: readonly {
    readonly boardId: string;
    readonly board: LocalText;
    readonly source: string;
    readonly text: string;
  }[];
  readonly votes: readonly {
    readonly roundId: string;
    readonly round: string;
    readonly text: string;
    readonly rank: number;
    readonly of: number;
    readonly kept: boolean;
  }[];
  readonly passages: readonly Passage[];
}

/** More steps than that are a ring. */
const MOST = 500;

export function followNote({ boards, rounds, passages }: FollowedDay, boardId: string, noteId: string): Steps {
  const byId = new Map(boards.map((board) => [board.id, board]));
  const textOf = (board: string, item: string): string => {
    const { notes = [], groups = [] } = byId.get(board)?.content ?? {};
    return notes.find(({ id }) => id === item)?.text ?? groups.find(({ id }) => id === item)?.title ?? '';
  };
  const groupOf = (board: string, item: string): string | null =>
    byId.get(board)?.content.notes.find(({ id }) => id === item)?.group ?? null;

  const seen = new Map<string, { readonly board: string; readonly item: string }>();
  const became: Steps['became'][number][] = [];
  const queue = [{ board: boardId, item: noteId }];
  for (let step = queue.shift(); step && seen.size < MOST; step = queue.shift()) {
    const { board, item } = step;
    if (seen.has(`${board} ${item}`)) continue;
    seen.set(`${board} ${item}`, step);
    const group = groupOf(board, item);
    if (group !== null) queue.push({ board, item: group });
    for (const next of boards)
      for (const origin of next.origins)
        if (origin.fromBoard === board && origin.fromItem === item) {
          const text = textOf(next.id, origin.itemId);
          if (text === '' || seen.has(`${next.id} ${origin.itemId}`)) continue;
          became.push({ boardId: next.id, board: next.title, source: origin.source, text });
          queue.push({ board: next.id, item: origin.itemId });
        }
  }
  const items = new Set([...seen.values()].map(({ item }) => item));
  const votes = rounds.flatMap((round) =>
    round.options
      .filter(({ id, noteIds }) => items.has(id) || noteIds.some((each) => items.has(each)))
      .flatMap(({ id }) => {
        const result = round.result.options.find((option) => option.id === id);
        return result
          ? [
              {
                ...{ roundId: round.id, round: round.title, text: result.text, rank: result.rank },
                ...{ of: round.options.length, kept: round.result.kept.includes(id) },
              },
            ]
          : [];
      }),
  );
  const own = groupOf(boardId, noteId);
  return {
    group: own === null ? null : textOf(boardId, own),
    became,
    votes,
    passages: passages.filter((passage) => {
      const source = sourceOf(passage);
      if (!source) return false;
      const ids = [...source.optionIds, ...source.noteIds, ...(source.groupId === null ? [] : [source.groupId])];
      return ids.some((id) => items.has(id));
    }),
  };
}
