/**
 * What changed between two snapshots of the same boards: notes added, removed, reworded, moved to another area, put into
 * another group; groups made, gone, renamed; options that changed their rank. In the order in which people read.
 */
import type { Snapshot, SnapshotBoard, SnapshotNote, SnapshotRound } from './snapshot.ts';

export interface Change<T> {
  readonly id: string;
  readonly before: T;
  readonly after: T;
}

export interface SnapshotDiff {
  readonly notes: {
    readonly added: readonly SnapshotNote[];
    readonly removed: readonly SnapshotNote[];
    /** Text. */
    readonly reworded: readonly Change<string>[];
    /** Zone id; a move inside an area is no change. */
    readonly moved: readonly Change<string>[];
    /** Group id; null: in no group. */
    readonly regrouped: readonly Change<string | null>[];
  };
  readonly groups: {
    readonly added: readonly { readonly id: string; readonly title: string }[];
    readonly removed: readonly { readonly id: string; readonly title: string }[];
    readonly renamed: readonly Change<string>[];
  };
  /** Per board, the last closed round before against the last one after; null: not an option there. */
  readonly reranked: readonly (Change<number | null> & {
    readonly boardId: string;
    readonly text: string;
    readonly roundBefore: string;
    readonly roundAfter: string;
  })[];
  /** True where nothing of all that changed. */
  readonly same: boolean;
}

export function compareSnapshots(before: Snapshot, after: Snapshot): SnapshotDiff {
  const notes = pairs(
    before.boards.flatMap((board) => board.notes),
    after.boards.flatMap((board) => board.notes),
  );
  const groups = pairs(
    before.boards.flatMap((board) => board.groups),
    after.boards.flatMap((board) => board.groups),
  );
  const change = <T, V>(list: readonly (readonly [T & { id: string }, T])[], of: (item: T) => V): Change<V>[] =>
    list.filter(([a, b]) => of(a) !== of(b)).map(([a, b]) => ({ id: a.id, before: of(a), after: of(b) }));
  const named = ({ id, title }: { id: string; title: string }) => ({ id, title });
  const diff = {
    notes: {
      added: notes.added,
      removed: notes.removed,
      reworded: change(notes.both, ({ text }) => text),
      moved: change(notes.both, ({ zone }) => zone),
      regrouped: change(notes.both, ({ groupId }) => groupId),
    },
    groups: {
      added: groups.added.map(named),
      removed: groups.removed.map(named),
      renamed: change(groups.both, ({ title }) => title),
    },
    reranked: after.boards.flatMap((board) => reranked(board, before, after)),
  };
  const lists = [...Object.values(diff.notes), ...Object.values(diff.groups), diff.reranked];
  return { ...diff, same: lists.every((list) => list.length === 0) };
}

function pairs<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]) {
  const old = new Map(before.map((item) => [item.id, item]));
  const now = new Set(after.map(({ id }) => id));
  return {
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !now.has(id)),
    both: after.flatMap((item): (readonly [T, T])[] => {
      const was = old.get(item.id);
      return was ? [[was, item]] : [];
    }),
  };
}

function reranked(board: SnapshotBoard, before: Snapshot, after: Snapshot): SnapshotDiff['reranked'] {
  const last = (snapshot: Snapshot): SnapshotRound | undefined =>
    snapshot.rounds.filter((round) => round.boardId === board.id).at(-1);
  const [a, b] = [last(before), last(after)];
  if (!a || !b || a.id === b.id) return [];
  const old = new Map(a.result.options.map(({ id, rank }) => [id, rank]));
  const now = new Map(b.result.options.map(({ id, rank }) => [id, rank]));
  const texts = new Map([...a.result.options, ...b.result.options].map(({ id, text }) => [id, text]));
  return [...texts]
    .map(([id, text]) => ({ id, text, before: old.get(id) ?? null, after: now.get(id) ?? null }))
    .filter((change) => change.before !== change.after)
    .map((change) => ({ ...change, boardId: board.id, roundBefore: a.id, roundAfter: b.id }));
}
