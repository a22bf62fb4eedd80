/**
 * A command on a board compared with what it may do: the whole board before and after, held against what open rounds freeze,
 * what the stage permits and what is locked; and what it did to groups, for the trail.
 */
import { groupStep, noteStep, type GroupStep } from '#core/board/audit.ts';
import { checkGroupChange, checkNoteChange, type Writer } from '#core/board/change.ts';
import { checkGroupFreeze, checkNoteFreeze, type Frozen } from '#core/board/freeze.ts';
import type { Board } from '#core/board/read.ts';
import type { RefusalCode } from '#core/result.ts';

/** Who gives the command; null: who leads. */
export interface CommandWriter extends Writer {
  readonly personId: string;
  readonly anonymous: boolean;
}

export function stepsBetween(before: Board, after: Board): readonly GroupStep[] {
  return [
    ...pairs(before.notes, after.notes).flatMap(([one, other]) => noteStep(one, other)),
    ...pairs(before.groups, after.groups).flatMap(([one, other]) => groupStep(one, other)),
  ];
}

function pairs<T extends { readonly id: string }>(before: readonly T[], after: readonly T[]): [T | null, T | null][] {
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [one.id, one])));
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].map((id) => [
    was?.get(id) ?? null,
    is?.get(id) ?? null,
  ]);
}

/** What stands against a change of the whole board; null: nothing. */
export function objection(frozen: Frozen, writer: Writer | null, before: Board, after: Board): RefusalCode | null {
  for (const [one, other] of pairs(before.notes, after.notes)) {
    const refusal = checkNoteFreeze(frozen, one, other) ?? (writer && checkNoteChange(writer, one, other));
    if (refusal) return refusal;
  }
  const left = new Set(after.notes.map(({ id }) => id));
  for (const [one, other] of pairs(before.groups, after.groups)) {
    const isEmptied = other === null && one !== null && one.noteIds.every((id) => !left.has(id));
    const refusal = checkGroupFreeze(frozen, one, other) ?? (writer && checkGroupChange(writer, one, other, isEmptied));
    if (refusal) return refusal;
  }
  return null;
}
