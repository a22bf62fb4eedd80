/**
 * Two snapshots side by side: board by board and area by area what stood there and what stands there, each note with what
 * happened to it. The same comparison as `diff.ts` tells in words, laid out for the eye.
 */
import type { LocalText } from '../export/source.ts';
import { compareWords, type WordChange } from './compare.ts';
import type { SnapshotDiff } from './diff.ts';
import type { Snapshot, SnapshotBoard, SnapshotNote } from './snapshot.ts';

export type NoteMark = 'added' | 'removed' | 'reworded' | 'moved' | 'regrouped';

export interface NoteBeside {
  readonly note: SnapshotNote;
  /** Name of its group; null: in none. */
  readonly group: string | null;
  readonly marks: readonly NoteMark[];
  /** Where it was reworded: the words that went (left) or came (right), and those that stayed. */
  readonly words: readonly WordChange[] | null;
}

export interface ZoneBeside {
  readonly id: string;
  readonly name: LocalText;
  readonly before: readonly NoteBeside[];
  readonly after: readonly NoteBeside[];
}

export interface BoardBeside {
  readonly id: string;
  readonly title: LocalText;
  readonly zones: readonly ZoneBeside[];
}

/** Boards in the order of the later snapshot; those that only the earlier one has come last. */
export function besideEachOther(before: Snapshot, after: Snapshot, { notes }: SnapshotDiff): BoardBeside[] {
  const marks = new Map<string, NoteMark[]>();
  const mark = (kind: NoteMark, items: readonly { readonly id: string }[]): void => {
    for (const { id } of items) marks.set(id, [...(marks.get(id) ?? []), kind]);
  };
  mark('added', notes.added);
  mark('removed', notes.removed);
  mark('reworded', notes.reworded);
  mark('moved', notes.moved);
  mark('regrouped', notes.regrouped);
  const words = new Map(notes.reworded.map((one) => [one.id, compareWords(one.before, one.after)]));
  const was = new Map(before.boards.map((board) => [board.id, board]));
  const boards = [...after.boards, ...before.boards.filter(({ id }) => !after.boards.some((board) => board.id === id))];

  const side = (board: SnapshotBoard | undefined, zone: string, gone: WordChange['kind']): NoteBeside[] => {
    const groups = new Map(board?.groups.map(({ id, title }) => [id, title]));
    return (board?.notes ?? [])
      .filter((note) => note.zone === zone)
      .map((note) => ({
        note,
        group: note.groupId === null ? null : (groups.get(note.groupId) ?? null),
        marks: marks.get(note.id) ?? [],
        words: words.get(note.id)?.filter(({ kind }) => kind !== gone) ?? null,
      }));
  };
  return boards.map((board) => {
    const now = after.boards.find(({ id }) => id === board.id);
    return {
      id: board.id,
      title: board.title,
      zones: board.zones.map(({ id, name }) => ({
        ...{ id, name },
        before: side(was.get(board.id), id, 'added'),
        after: side(now, id, 'removed'),
      })),
    };
  });
}
