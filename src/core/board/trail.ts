/**
 * Taking back a step of the trail of groups, also long afterwards and whoever did it: what has to be done to the board as it is
 * now. What went together is brought back together, with the name that it had. Nothing of other steps is undone.
 */
import type { GroupStep } from './audit.ts';
import type { Board } from './read.ts';

export interface TrailStep extends GroupStep {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type Repair =
  | { readonly kind: 'group'; readonly noteIds: readonly string[]; readonly title: string }
  | { readonly kind: 'join'; readonly groupId: string; readonly noteIds: readonly string[] }
  | { readonly kind: 'leave'; readonly noteIds: readonly string[] }
  | { readonly kind: 'name'; readonly groupId: string; readonly title: string };

/** Steps of one act are written within a moment. */
const ONE_ACT = 1000;

/** @param trail in any order. null: there is nothing left to take back (done already, or its notes are gone). */
export function repairOf(stepId: string, trail: readonly TrailStep[], board: Board): Repair | null {
  const step = trail.find(({ id }) => id === stepId);
  if (!step) return null;
  const { groupId } = step;
  const group = board.groups.find(({ id }) => id === groupId);
  const own = trail.filter((each) => each.groupId === groupId);
  if (step.act === 'named') {
    const before = own.filter(({ act, at, id }) => act === 'named' && at < step.at && id !== stepId);
    const title = before.sort((a, b) => b.at - a.at)[0]?.detail ?? '';
    return group && group.title !== title ? { kind: 'name', groupId, title } : null;
  }
  if (step.act === 'joined')
    return group?.noteIds.includes(step.detail) ? { kind: 'leave', noteIds: [step.detail] } : null;
  // Left one by one, or all at once as the group was taken apart.
  const free = new Set(board.notes.filter((note) => note.group === undefined).map(({ id }) => id));
  const together = own.filter(({ act, at }) => act === 'left' && Math.abs(at - step.at) <= ONE_ACT);
  const noteIds = [...new Set(together.map(({ detail }) => detail))].filter((id) => free.has(id));
  if (noteIds.length === 0) return null;
  if (group)
    return {
      kind: 'join',
      groupId,
      noteIds: step.act === 'left' ? [step.detail].filter((id) => free.has(id)) : noteIds,
    };
  const gone = own.find(({ act }) => act === 'dissolved');
  return noteIds.length > 1 ? { kind: 'group', noteIds, title: gone?.detail ?? '' } : null;
}
