/**
 * A board of a snapshot as a new, living board: the same notes and groups at their places, under ids of its own, because
 * the old board goes on living beside it. Answers where each came from.
 */
import * as Y from 'yjs';
import { newId } from '../ids.ts';
import type { SnapshotBoard } from './snapshot.ts';

export interface Restored {
  /** By the new id. */
  readonly origins: readonly { readonly itemId: string; readonly fromItem: string }[];
}

/** Fills an empty board document; call it inside nothing, it is one transaction. */
export function fillBoard(doc: Y.Doc, board: SnapshotBoard): Restored {
  const zones = new Set(board.zones.map(({ id }) => id));
  const groups = board.groups.filter(({ zone }) => zones.has(zone)).map((group) => ({ ...group, newId: newId() }));
  const groupIds = new Map(groups.map((group) => [group.id, group.newId]));
  const notes = board.notes.filter(({ zone }) => zones.has(zone)).map((note) => ({ ...note, newId: newId() }));
  doc.transact(() => {
    const [noteRoot, groupRoot] = [doc.getMap<Y.Map<unknown>>('notes'), doc.getMap<Y.Map<unknown>>('groups')];
    for (const { newId: id, zone, x, y, title } of groups) groupRoot.set(id, mapOf({ at: [zone, x, y], title }));
    for (const note of notes) {
      const group = note.groupId === null ? undefined : groupIds.get(note.groupId);
      const { zone, x, y, text, colour, language } = note;
      noteRoot.set(
        note.newId,
        mapOf({
          ...{ at: [zone, x, y], text: new Y.Text(text), colour },
          ...(language && { lang: language }),
          ...(group && { group }),
        }),
      );
    }
  });
  return { origins: [...groups, ...notes].map((item) => ({ itemId: item.newId, fromItem: item.id })) };
}

function mapOf(values: Readonly<Record<string, unknown>>): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  for (const [key, value] of Object.entries(values)) map.set(key, value);
  return map;
}
