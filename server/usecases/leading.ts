/**
 * Leading the room beside its stages: the agenda, the clock, what is locked, where every screen looks, who has the floor.
 * Truth is the workshop's row; its revision lets one of two leaders win. Nothing hangs on one browser: whoever may lead
 * goes on where another one stopped.
 */
import { newId } from '#core/ids.ts';
import { isIn, participantIn, type Caller } from '#core/people/caller.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { planAgenda, type AskedStage } from '#core/stage/agenda.ts';
import { permissionsOf } from '#core/stage/permissions.ts';
import type { SignalKind } from '../store/signals.ts';
import type { StageState, Workshop } from '../store/workshops.ts';
import { passTo } from './doors.ts';
import type { Deps } from './deps.ts';

export type TimerAct = 'start' | 'pause' | 'resume' | 'add' | 'stop';

const MINUTE = 60_000;

/** The clock after a command: when it ends, or what is left where it stands still. */
function turned(
  at: Pick<StageState, 'endsAt' | 'pausedLeft'>,
  act: TimerAct,
  more: number | undefined,
  now: number,
): Pick<StageState, 'endsAt' | 'pausedLeft'> {
  const left = at.pausedLeft ?? (at.endsAt === null ? null : Math.max(0, at.endsAt - now));
  const stands = at.pausedLeft != null;
  if (act === 'stop') return { endsAt: null, pausedLeft: null };
  if (act === 'start') return { endsAt: now + (more ?? MINUTE), pausedLeft: null };
  if (act === 'add') {
    const longer = (left ?? 0) + (more ?? MINUTE);
    return stands ? { endsAt: null, pausedLeft: longer } : { endsAt: now + longer, pausedLeft: null };
  }
  if (left === null || stands === (act === 'pause')) return at;
  return act === 'pause' ? { endsAt: null, pausedLeft: left } : { endsAt: now + left, pausedLeft: null };
}

export function leading({ store, live, room, now }: Deps) {
  async function led(caller: Caller, id: string): Promise<Result<Workshop>> {
    return passTo(store, caller, id, 'workshop.lead');
  }

  /** Changes the state under its revision; without one given, tries again on what is now. */
  async function change(
    workshop: Workshop,
    revision: number | undefined,
    next: (now: Workshop) => Partial<StageState>,
  ): Promise<Result<{ revision: number }>> {
    for (let tries = 0, seen: Workshop | null = workshop; seen && tries < 5; tries += 1) {
      const expected = revision ?? seen.revision;
      if (await store.workshops.setStage(workshop.id, { ...seen, ...next(seen) }, expected)) {
        await room.project(workshop.id);
        return ok({ revision: expected + 1 });
      }
      if (revision !== undefined) break;
      seen = await store.workshops.byId(workshop.id);
    }
    return refuse('changed-meanwhile');
  }

  async function reconsider(workshopId: string): Promise<void> {
    await live.reconsider((await store.workshops.boardsAndTables(workshopId)).map((board) => `board/${board.id}`));
    await room.project(workshopId);
  }

  return {
    /** The agenda with what it really took, for those who lead: minutes planned, and stretches of time. */
    async agenda(caller: Caller, id: string) {
      const found = await passTo(store, caller, id, 'agenda.read');
      if (!found.ok) return found;
      const workshop = found.value;
      const runs = await store.workshops.stageRuns(id);
      const time = now();
      return ok({
        revision: workshop.revision,
        stage: workshop.stageId,
        stages: (await store.workshops.stages(id)).map((stage) => {
          const own = runs.filter(({ stageId }) => stageId === stage.id);
          const took = own.reduce((sum, { startedAt, endedAt }) => sum + (endedAt ?? time) - startedAt, 0);
          return {
            ...stage,
            permissions: permissionsOf(stage.kind, stage.permissions),
            tookSeconds: Math.round(took / 1000),
            overSeconds: stage.minutes === null ? 0 : Math.max(0, Math.round((took - stage.minutes * MINUTE) / 1000)),
          };
        }),
      });
    },

    async setAgenda(
      caller: Caller,
      id: string,
      input: { readonly stages: readonly AskedStage[]; readonly revision?: number | undefined },
    ) {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const [current, boards] = await Promise.all([store.workshops.stages(id), store.workshops.boards(id)]);
      const at = { stageId: found.value.stageId, boardIds: boards.map((board) => board.id) };
      const planned = planAgenda(current, input.stages, at, newId);
      if (!planned.ok) return planned;
      const changed = await change(found.value, input.revision, () => ({}));
      if (!changed.ok) return changed;
      await store.workshops.replaceStages(id, planned.value);
      await reconsider(id);
      return ok({ ...changed.value, stages: planned.value });
    },

    async timer(caller: Caller, id: string, act: TimerAct, seconds?: number): Promise<Result<{ revision: number }>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      if (found.value.stageId === null) return refuse('stage-forbids');
      const more = seconds === undefined ? undefined : seconds * 1000;
      return change(found.value, undefined, (workshop) => turned(workshop, act, more, now()));
    },

    /** Calls every screen to a board, an area or a note; null: nobody is called any more. */
    async focus(
      caller: Caller,
      id: string,
      place: {
        readonly boardId: string | null;
        readonly zone?: string | null | undefined;
        readonly noteId?: string | null | undefined;
      },
    ) {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const { boardId, zone = null, noteId = null } = place;
      if (boardId === null) return change(found.value, undefined, () => ({ focus: null }));
      const board = await store.workshops.board(boardId);
      // A table's board is not for every screen.
      if (board?.workshopId !== id || board.tableOf) return refuse('not-found');
      if (zone !== null && !board.zones.some((one) => one.id === zone)) return refuse('zone-unknown');
      // Only what stands on the board for all: a note that somebody still writes in private is nobody's to show.
      if (noteId !== null && !(await live.read(`board/${boardId}`, (doc) => doc.getMap('notes').has(noteId))))
        return refuse('not-found');
      return change(found.value, undefined, (workshop) => ({
        focus: { boardId, zone, noteId, call: (workshop.focus?.call ?? workshop.revision) + 1 },
      }));
    },

    /** Locks areas and notes of a board; what is left out stays as it was. */
    async lock(
      caller: Caller,
      boardId: string,
      wanted: { readonly zones?: readonly string[] | undefined; readonly notes?: readonly string[] | undefined },
    ) {
      const board = await store.workshops.board(boardId);
      const found = board ? await led(caller, board.workshopId) : refuse('not-found');
      if (!found.ok || !board) return found.ok ? refuse('not-found') : found;
      if (wanted.zones?.some((id) => !board.zones.some((zone) => zone.id === id))) return refuse('zone-unknown');
      const locks = {
        zones: [...new Set(wanted.zones ?? board.locks?.zones ?? [])],
        notes: [...new Set(wanted.notes ?? board.locks?.notes ?? [])].slice(0, 5000),
      };
      await store.workshops.lockParts(boardId, locks);
      await reconsider(board.workshopId);
      return ok(locks);
    },

    /** Takes the lead, or hands it over to another who may lead. Whoever may lead still can: this says who does. */
    async takeLead(caller: Caller, id: string, accountId?: string): Promise<Result<{ ledBy: string }>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      const next = await store.accounts.byId(accountId ?? caller.account?.accountId ?? '');
      if (!next || next.status !== 'active' || !isIn('facilitators', next.role)) return refuse('not-found');
      await store.workshops.setLeader(id, next.id);
      // The others' pages hear of it by the revision: names travel by the leaders' own door only.
      await change(found.value, undefined, () => ({}));
      return ok({ ledBy: next.id });
    },

    /** A hand up or down, ready or not; of oneself. */
    async signal(caller: Caller, id: string, kind: SignalKind, on: boolean): Promise<Result<null>> {
      const found = await passTo(store, caller, id, 'signal.give');
      const person = participantIn(caller, id);
      if (!found.ok || !person) return found.ok ? refuse('join-needed') : found;
      if (on) await store.signals.give(id, person.participantId, kind, found.value.stageId ?? '', now());
      else await store.signals.take(id, kind, person.participantId);
      room.soon(id);
      return ok(null);
    },

    /** Whose hands are up, in the order in which they went up; for those who lead. */
    async hands(caller: Caller, id: string) {
      const found = await passTo(store, caller, id, 'hands.read');
      if (!found.ok) return found;
      const workshop = found.value;
      const people = new Map((await store.participants.inWorkshop(id)).map((person) => [person.id, person]));
      const up = (await store.signals.given(id, workshop.stageId ?? '')).filter(({ kind }) => kind === 'hand');
      return ok(
        up.flatMap(({ personId }) => {
          const person = people.get(personId);
          return person ? [{ id: person.id, name: person.name, organisationId: person.organisationId }] : [];
        }),
      );
    },

    /** Takes a hand down, or all of them. */
    async lowerHands(caller: Caller, id: string, participantId: string | null): Promise<Result<null>> {
      const found = await led(caller, id);
      if (!found.ok) return found;
      await store.signals.take(id, 'hand', participantId);
      await room.project(id);
      return ok(null);
    },
  };
}
