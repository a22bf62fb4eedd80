/** Who grouped what, as a trail: which step each change of a note or group is. Texts are named by id, never copied. */
import type { Group, Note } from './schema.ts';

export interface GroupStep {
  readonly groupId: string;
  readonly act: 'joined' | 'left' | 'named' | 'dissolved';
  /** The note, or the new name. */
  readonly detail: string;
}

export function noteStep(before: Note | null, after: Note | null): readonly GroupStep[] {
  if (before?.group === after?.group) return [];
  const detail = before?.id ?? after?.id ?? '';
  return [
    ...(before?.group === undefined ? [] : [{ groupId: before.group, act: 'left' as const, detail }]),
    ...(after?.group === undefined ? [] : [{ groupId: after.group, act: 'joined' as const, detail }]),
  ];
}

export function groupStep(before: Group | null, after: Group | null): readonly GroupStep[] {
  if (before && !after) return [{ groupId: before.id, act: 'dissolved', detail: before.title }];
  if (after && after.title !== (before?.title ?? '')) return [{ groupId: after.id, act: 'named', detail: after.title }];
  return [];
}
