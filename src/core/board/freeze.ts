/**
 * What an open round freezes on its board: people vote on a text, so while they do, the text, the grouping and the
 * existence of what is voted on stay (PRODUCT, rule 2 of voting). Everything else on the board lives on: other notes, and
 * places and colours of the frozen ones.
 */
import type { RefusalCode } from '../result.ts';
import type { Option } from '../voting/types.ts';
import type { Group, Note } from './schema.ts';

export interface Frozen {
  readonly notes: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

export const NOTHING_FROZEN: Frozen = { notes: new Set(), groups: new Set() };

/** @param rounds the rounds of the board that are open or closing. */
export function frozenBy(
  rounds: readonly { readonly settings: { readonly of: 'notes' | 'groups' }; readonly options: readonly Option[] }[],
): Frozen {
  const notes = new Set<string>();
  const groups = new Set<string>();
  for (const { settings, options } of rounds)
    for (const option of options) {
      if (settings.of === 'groups') groups.add(option.id);
      for (const id of option.noteIds) notes.add(id);
    }
  return { notes, groups };
}

/** Whether a note may go from `before` to `after` (null: not there). Both as `readNote` gives them. */
export function checkNoteFreeze(frozen: Frozen, before: Note | null, after: Note | null): RefusalCode | null {
  const id = before?.id ?? after?.id ?? '';
  const regrouped = before?.group !== after?.group;
  if (frozen.notes.has(id))
    return before && after && before.text === after.text && !regrouped ? null : 'options-frozen';
  const joinsOrLeaves = [before?.group, after?.group].some((group) => group !== undefined && frozen.groups.has(group));
  return regrouped && joinsOrLeaves ? 'options-frozen' : null;
}

/** The same for a group: it stays, under its name. */
export function checkGroupFreeze(frozen: Frozen, before: Group | null, after: Group | null): RefusalCode | null {
  if (!frozen.groups.has(before?.id ?? after?.id ?? '')) return null;
  return before && after && before.title === after.title ? null : 'options-frozen';
}
