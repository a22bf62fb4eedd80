/**
 * People who may be one and the same: the same name, as phones without ң, ө and ү write it, from the same organisation.
 * Only shown; who is struck from the roll is a person's decision, because two people may well share a name.
 */
import { fold } from '../people/names.ts';

export interface Named {
  readonly id: string;
  /** null where the person stayed nameless: nothing to compare. */
  readonly name: string | null;
  readonly organisationId: string | null;
}

/** Groups of two and more, in the order in which their first one joined. Ids. */
export function doublesOf(people: readonly Named[]): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const { id, name, organisationId } of people) {
    if (name === null || fold(name) === '') continue;
    const key = JSON.stringify([fold(name), organisationId]);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
