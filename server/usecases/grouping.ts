/**
 * How groups came to be: notes that may say the same (a person confirms or denies it), the trail of who grouped what, and
 * taking back a step of it.
 */
import { suggestDuplicates } from '#core/board/duplicates.ts';
import { addToGroup, groupNotes, nameGroup, removeFromGroup } from '#core/board/edit.ts';
import { readBoard, type Board } from '#core/board/read.ts';
import { repairOf, type Repair, type TrailStep } from '#core/board/trail.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type * as Y from 'yjs';
import { boardEditing } from './board-editing.ts';
import type { Deps } from './deps.ts';
import { allowed } from './doors.ts';
import { boardAccess } from './rights.ts';

const SERVER = 'server';
const MOST_LOGGED = 200;

export function grouping(deps: Pick<Deps, 'store' | 'live'>) {
  const { store, live } = deps;
  const { edit } = boardEditing(deps);
  const boardNow = (id: string): Promise<Board> => live.read(`board/${id}`, (doc) => readBoard(doc));

  async function mayGroup(caller: Caller, boardId: string): Promise<Result<null>> {
    const found = await boardAccess(store, caller, boardId);
    if (!found) return refuse('not-found');
    if (!found.rights.may.group) return refuse(found.rights.commandRefusal ?? 'stage-forbids');
    return ok(null);
  }

  function repair(doc: Y.Doc, { kind, ...what }: Repair & Record<string, unknown>): Result<unknown> {
    const { noteIds = [], groupId = '', title = '' } = what as { noteIds?: string[]; groupId?: string; title?: string };
    if (kind === 'join') return addToGroup(doc, { groupId, noteIds }, SERVER);
    if (kind === 'leave') return removeFromGroup(doc, { ids: noteIds }, SERVER);
    if (kind === 'name') return nameGroup(doc, { id: groupId, title }, SERVER);
    const made = groupNotes(doc, { noteIds }, SERVER);
    return made.ok && title !== '' ? nameGroup(doc, { id: made.value.id, title }, SERVER) : made;
  }

  return {
    /** Notes that may say the same, for whoever may group: to be confirmed one by one. What somebody denied is not told again. */
    async duplicates(caller: Caller, boardId: string) {
      const may = await mayGroup(caller, boardId);
      if (!may.ok) return may;
      const denied = await store.findings.unlike(boardId);
      return ok(
        suggestDuplicates((await boardNow(boardId)).notes)
          .filter((noteIds) => !denied.has([...noteIds].sort().join(' ')))
          .map((noteIds) => ({ noteIds })),
      );
    },

    /** These notes are not alike, though they were suggested. */
    async deny(caller: Caller, boardId: string, noteIds: readonly string[]): Promise<Result<null>> {
      const may = await mayGroup(caller, boardId);
      if (!may.ok) return may;
      await store.findings.setUnlike(boardId, noteIds);
      return ok(null);
    },

    /** Who grouped what, latest first; persons only where the work is attributed, and only for the crew. */
    async trail(caller: Caller, boardId: string) {
      const passes = allowed(caller, 'board.history');
      if (!passes.ok) return passes;
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      const { workshop } = found;
      const [steps, people, { notes, groups }] = await Promise.all([
        store.notes.groupLog(boardId, MOST_LOGGED),
        store.participants.inWorkshop(workshop.id),
        boardNow(boardId),
      ]);
      const names = new Map(people.map(({ id, name }) => [id, name]));
      const texts = new Map(notes.map(({ id, text }) => [id, text]));
      const titles = new Map(groups.map(({ id, title }) => [id, title]));
      return ok(
        steps.map(({ id, group_id, act, detail, role, person_id, done_at }) => ({
          id,
          groupId: group_id,
          /** As it is called now; null: it is gone. */
          group: titles.get(group_id) ?? null,
          act,
          detail,
          /** Of the note that came or went, as it reads now. */
          text: texts.get(detail) ?? null,
          // An account writes on the board by its own socket as a member does.
          role: person_id !== null && !names.has(person_id) ? 'lead' : role,
          personId: workshop.anonymous ? null : person_id,
          name: workshop.anonymous || person_id === null ? null : (names.get(person_id) ?? null),
          at: new Date(Number(done_at)).toISOString(),
        })),
      );
    },

    /** Takes a step of the trail back. `nothing-to-undo` where it is undone already. */
    async undo(caller: Caller, boardId: string, stepId: string): Promise<Result<null>> {
      const passes = allowed(caller, 'board.carry');
      if (!passes.ok) return passes;
      const found = await boardAccess(store, caller, boardId);
      if (!found) return refuse('not-found');
      if (found.rights.commandRefusal) return refuse(found.rights.commandRefusal);
      const trail = (await store.notes.groupLog(boardId, MOST_LOGGED)).map(
        ({ id, group_id, act, detail, done_at }): TrailStep => ({
          ...{ id, groupId: group_id, act: act as TrailStep['act'], detail },
          at: Number(done_at),
        }),
      );
      const wanted = repairOf(stepId, trail, await boardNow(boardId));
      if (!wanted) return refuse('nothing-to-undo');
      const done = await edit(boardId, null, (doc) => repair(doc, { ...wanted }));
      return done.ok ? ok(null) : done;
    },
  };
}
