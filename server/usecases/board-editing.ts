/**
 * The way of every command into a board: who the caller is there, what they are held to, and one change of the document by
 * the server, compared before and after with what open rounds freeze, the stage permits and locks refuse.
 */
import { frozenBy } from '#core/board/freeze.ts';
import { readBoard } from '#core/board/read.ts';
import type { GroupStep } from '#core/board/audit.ts';
import { NO_LOCKS } from '#core/board/change.ts';
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import type * as Y from 'yjs';
import type { Deps } from './deps.ts';
import { objection, stepsBetween, type CommandWriter } from './board-changes.ts';
import { ownNotes } from './own-notes.ts';
import { boardAccess, type BoardAccess } from './rights.ts';

/** Takes back a change that turned out refused: what throws inside `live.edit` leaves no trace. */
class Undone extends Error {}

export function boardEditing({ store, live }: Pick<Deps, 'store' | 'live'>) {
  async function access(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const found = await boardAccess(store, caller, boardId);
    return found ? ok(found) : refuse('not-found');
  }

  async function editable(caller: Caller, boardId: string): Promise<Result<BoardAccess>> {
    const found = await access(caller, boardId);
    if (!found.ok) return found;
    const refusal = found.value.rights.commandRefusal;
    return refusal ? refuse(refusal) : found;
  }

  /** What the caller is held to when changing a board by command. */
  async function writerOf(caller: Caller, access: BoardAccess): Promise<CommandWriter | null> {
    if (access.leads) return null;
    const isOwn = access.rights.may.editAny ? () => true : await ownNotes(store, caller, access);
    const { rights, board, person, workshop } = access;
    return {
      may: rights.may,
      locks: board.locks ?? NO_LOCKS,
      isOwn,
      personId: person.personId,
      anonymous: workshop.anonymous,
    };
  }

  /**
   * One change of the document by the server; the core's refusal comes back, and then nothing was written. What an open
   * round freezes and what the stage permits is compared before and after, as it is for the sockets.
   */
  async function edit<T>(
    boardId: string,
    writer: CommandWriter | null,
    change: (doc: Y.Doc) => Result<T>,
  ): Promise<Result<T>> {
    const frozen = frozenBy(await store.rounds.openOn(boardId));
    let result: Result<T> = refuse('unexpected');
    let steps: readonly GroupStep[] = [];
    try {
      await live.edit(`board/${boardId}`, (doc) => {
        const before = readBoard(doc);
        result = change(doc);
        const after = readBoard(doc);
        const refusal = result.ok ? objection(frozen, writer, before, after) : null;
        if (refusal) result = refuse(refusal);
        steps = stepsBetween(before, after);
        if (!result.ok) throw new Undone();
      });
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
    }
    // In anonymous work only the role is on record.
    const by = writer?.anonymous ? null : (writer?.personId ?? null);
    if (result.ok) await store.notes.logGroups(boardId, steps, writer ? 'member' : 'lead', by);
    return result;
  }

  return { editable, writerOf, edit };
}
