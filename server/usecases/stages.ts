/**
 * Leading the room: which stage it is, how long it lasts, what is locked, private or anonymous. Truth is the workshop's row;
 * its revision makes one of two leaders win, and the other is told. Rights on the boards are asked anew after each change.
 */
import type { Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { newId } from '#core/ids.ts';
import { permissionsOf } from '#core/stage/permissions.ts';
import { tighten } from '#core/stage/rights.ts';
import type { Workshop } from '../store/workshops.ts';
import { passTo } from './doors.ts';
import type { Deps } from './deps.ts';

export interface StageInput {
  readonly stageId: string;
  readonly seconds?: number | undefined;
  readonly locked?: boolean | undefined;
  readonly private?: boolean | undefined;
  readonly anonymous?: boolean | undefined;
  /** What the leader saw; left out: whatever is now. */
  readonly revision?: number | undefined;
}

export function stages({ store, live, room, now }: Deps) {
  async function led(caller: Caller, id: string): Promise<Result<Workshop>> {
    return passTo(store, caller, id, 'stage.set');
  }

  async function hasNotes(workshopId: string): Promise<boolean> {
    for (const board of await store.workshops.boardsAndTables(workshopId)) {
      if ((await store.notes.pending(board.id)).length > 0) return true;
      if (await live.read(`board/${board.id}`, (doc) => doc.getMap('notes').size > 0)) return true;
    }
    return false;
  }

  async function spread(workshopId: string): Promise<void> {
    const boards = await store.workshops.boardsAndTables(workshopId);
    await live.reconsider(boards.map((board) => `board/${board.id}`));
    await room.project(workshopId);
  }

  return {
    async set(caller: Caller, id: string, input: StageInput): Promise<Result<{ revision: number }>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const workshop = found.value;
      if (workshop.status === 'closed') return refuse('workshop-closed');
      const stage = (await store.workshops.stages(id)).find((one) => one.id === input.stageId);
      if (!stage) return refuse('not-found');
      const same = workshop.stageId === stage.id;
      // Anonymity and privacy belong to the notes of a board, so they outlast a change of stage unless nothing is written.
      const next = {
        anonymous: input.anonymous ?? workshop.anonymous,
        private: input.private ?? (same ? workshop.private : !permissionsOf(stage.kind, stage.permissions).seeNotes),
      };
      const current = { anonymous: workshop.anonymous, private: same ? workshop.private : false };
      const tightened = tighten(current, next, await hasNotes(id));
      if (!tightened.ok) return tightened;
      const startedAt = same && input.seconds === undefined ? workshop.startedAt : now();
      const endsAt =
        input.seconds === undefined
          ? same
            ? workshop.endsAt
            : null
          : input.seconds === 0
            ? null
            : now() + input.seconds * 1000;
      const state = {
        stageId: stage.id,
        startedAt,
        endsAt,
        locked: input.locked ?? (same ? workshop.locked : false),
        private: next.private,
        anonymous: next.anonymous,
        revision: workshop.revision,
        pausedLeft: same && input.seconds === undefined ? (workshop.pausedLeft ?? null) : null,
        focus: same ? (workshop.focus ?? null) : null,
      };
      const revision = input.revision ?? workshop.revision;
      if (!(await store.workshops.setStage(id, state, revision))) return refuse('changed-meanwhile');
      if (!same) await store.workshops.beginStage(id, newId(), stage.id, now());
      // What was tried at the door goes with it.
      if (!same) await store.practice.wipe(id);
      await spread(id);
      return ok({ revision: revision + 1 });
    },
  };
}
