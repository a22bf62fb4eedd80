/**
 * Seals: a short hash of every part of a snapshot, kept inside it, so that a file that was changed says where. They are
 * under the snapshot's own hash like everything else, and prove nothing by themselves.
 */
import { canonicalBytes } from './canonical.ts';
import type { Sha256, SnapshotBody } from './snapshot.ts';

export interface SnapshotSeals {
  /** Everything that is not a list of its own: title, day, workshop. */
  readonly head: string;
  readonly organisations: string;
  /** In the order of the boards; notes and groups in theirs. */
  readonly boards: readonly {
    readonly head: string;
    readonly notes: readonly string[];
    readonly groups: readonly string[];
  }[];
  readonly rounds: readonly string[];
}

/** 48 bits find an accident and a careless hand; the 256 of the hash are for everybody else. */
const LENGTH = 12;

export function sealsOf(
  { organisations, boards, rounds, ...head }: Omit<SnapshotBody, 'seals'>,
  sha256: Sha256,
): SnapshotSeals {
  const seal = (part: unknown): string => sha256(canonicalBytes(part)).slice(0, LENGTH);
  return {
    head: seal(head),
    organisations: seal(organisations),
    boards: boards.map(({ notes, groups, ...board }) => ({
      head: seal(board),
      notes: notes.map(seal),
      groups: groups.map(seal),
    })),
    rounds: rounds.map(seal),
  };
}

/** Places (`boards[0].notes[3]`) whose part and seal do not fit; one of the two was changed. Total: both come from a file. */
export function brokenSeals(stated: unknown, found: SnapshotSeals): string[] {
  const broken: string[] = [];
  const compare = (path: string, now: unknown, was: unknown): void => {
    if (typeof now === 'string') {
      if (now !== was) broken.push(path);
    } else if (typeof now === 'object' && now !== null) {
      const before = (typeof was === 'object' && was !== null ? was : {}) as Record<string, unknown>;
      const keys = new Set([...Object.keys(now), ...Object.keys(before)]);
      for (const key of keys)
        compare(
          Array.isArray(now) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`,
          (now as Record<string, unknown>)[key] ?? '',
          before[key],
        );
    }
  };
  compare('', found, stated);
  return broken;
}
