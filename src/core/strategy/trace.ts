/**
 * The trace inside one snapshot: from a note forward to its group, the options it stands behind and what became of them;
 * from an option back to the notes. Lookups are made once per snapshot and answer at once.
 */
import type { OptionResult } from '../voting/types.ts';
import type { Snapshot, SnapshotBoard, SnapshotGroup, SnapshotNote, SnapshotRound } from './snapshot.ts';

export interface TracedOption {
  readonly round: SnapshotRound;
  readonly optionId: string;
  /** null only where a result leaves the option out. */
  readonly result: OptionResult | null;
  readonly kept: boolean;
}

export interface TracedNote {
  readonly note: SnapshotNote;
  readonly board: SnapshotBoard;
  readonly group: SnapshotGroup | null;
  /** The options it stands behind, in the order of the rounds. */
  readonly options: readonly TracedOption[];
}

export interface Trace {
  note(id: string): TracedNote | null;
  group(
    id: string,
  ): { readonly group: SnapshotGroup; readonly board: SnapshotBoard; readonly notes: readonly TracedNote[] } | null;
  /** An option of a round back to its notes, as they stand in the snapshot. */
  option(roundId: string, optionId: string): (TracedOption & { readonly notes: readonly TracedNote[] }) | null;
  /** Notes that no option of any round rests on. */
  readonly unused: readonly TracedNote[];
}

export function traceOf(snapshot: Snapshot): Trace {
  const behind = new Map<string, TracedOption[]>();
  const options = new Map<string, TracedOption & { readonly noteIds: readonly string[] }>();
  for (const round of snapshot.rounds) {
    const results = new Map(round.result.options.map((result) => [result.id, result]));
    const kept = new Set(round.result.kept);
    for (const { id, noteIds } of round.options) {
      const traced = { round, optionId: id, result: results.get(id) ?? null, kept: kept.has(id) };
      options.set(`${round.id} ${id}`, { ...traced, noteIds });
      for (const noteId of noteIds) behind.set(noteId, [...(behind.get(noteId) ?? []), traced]);
    }
  }
  const notes = new Map<string, TracedNote>();
  const groups = new Map<string, { group: SnapshotGroup; board: SnapshotBoard }>();
  for (const board of snapshot.boards) {
    for (const group of board.groups) groups.set(group.id, { group, board });
    for (const note of board.notes)
      notes.set(note.id, {
        note,
        board,
        group: board.groups.find(({ id }) => id === note.groupId) ?? null,
        options: behind.get(note.id) ?? [],
      });
  }
  const pick = (ids: readonly string[]) => ids.flatMap((id) => notes.get(id) ?? []);
  return {
    note: (id) => notes.get(id) ?? null,
    group: (id) => {
      const found = groups.get(id);
      return found ? { ...found, notes: pick(found.group.noteIds) } : null;
    },
    option: (roundId, optionId) => {
      const found = options.get(`${roundId} ${optionId}`);
      if (!found) return null;
      const { noteIds, ...traced } = found;
      return { ...traced, notes: pick(noteIds) };
    },
    unused: [...notes.values()].filter((note) => note.options.length === 0),
  };
}
