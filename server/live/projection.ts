/**
 * From the store to the room document: stage, lock, time, presence by organisation, rounds (turnout while open, the result
 * once closed). Idempotent: what is already there is not written again, so a projection costs nothing when nothing changed.
 */
import { isDeepStrictEqual } from 'node:util';
import type * as Y from 'yjs';
import { permissionsOf } from '#core/stage/permissions.ts';
import { NO_LOCKS } from '#core/board/change.ts';
import { wordsOfRounds } from '../usecases/round-words.ts';
import type { RoomPresence, RoomRound, RoomStage } from '#core/room/room.ts';
import type { Store } from '../store/port.ts';
import type { Bus } from './bus.ts';
import { Here } from './here.ts';
import type { Live, Presence } from './ports.ts';
import { roomTables } from './room-tables.ts';

/** Turnout and presence may change hundreds of times a second; the room hears of them at most this often. */
const QUIET_MS = 150;

function setIfChanged(map: Y.Map<unknown>, key: string, value: unknown): void {
  if (!isDeepStrictEqual(map.get(key), value)) map.set(key, value);
}

/** The projector of one server: `Presence` for the live path on one side, `project` for the use cases on the other. */
export function roomProjector(
  store: Store,
  live: () => Live,
  onError: (error: unknown) => void,
  bus: Bus | null = null,
) {
  const here = new Here(bus, (workshopId) => soon(workshopId));
  const waiting = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();

  async function presenceIn(workshopId: string): Promise<RoomPresence> {
    const people = here.in(workshopId).filter(({ kind }) => kind === 'participant');
    const names = new Map((await store.workshops.organisations(workshopId)).map(({ id, name }) => [id, name]));
    const counts = new Map<string | null, number>();
    for (const { organisationId } of people) counts.set(organisationId, (counts.get(organisationId) ?? 0) + 1);
    const byOrganisation = [...counts].map(([organisationId, count]) => ({
      organisationId,
      name: organisationId === null ? '' : (names.get(organisationId) ?? ''),
      count,
    }));
    return {
      total: people.length,
      byOrganisation: byOrganisation.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
    };
  }

  const peopleIn = (workshopId: string): ReadonlySet<string> =>
    new Set(here.in(workshopId).map(({ personId }) => personId));

  /** Each screen shows its own language. What is voted on is known from the closed result alone: the room tells no more. */
  async function worded(rounds: readonly RoomRound[]): Promise<readonly RoomRound[]> {
    const asked = rounds.map(({ id, result }) => ({ id, optionIds: result?.options.map((option) => option.id) ?? [] }));
    const words = await wordsOfRounds(store, asked);
    return rounds.map((round) => ({ ...round, ...(words.has(round.id) && { words: words.get(round.id) }) }));
  }

  async function write(workshopId: string): Promise<void> {
    const workshop = await store.workshops.byId(workshopId);
    if (!workshop) return;
    const stages = await store.workshops.stages(workshopId);
    const current = stages.find((stage) => stage.id === workshop.stageId);
    const stage: RoomStage | null = current
      ? {
          id: current.id,
          kind: current.kind,
          title: Object.values(current.title)[0] ?? '',
          boardId: current.boardId,
          locked: workshop.locked,
          private: workshop.private,
          anonymous: workshop.anonymous,
          endsAt: workshop.endsAt,
          startedAt: workshop.startedAt,
          pausedLeft: workshop.pausedLeft ?? null,
          instruction: current.instruction ?? {},
          permissions: permissionsOf(current.kind, current.permissions),
          moderated: current.moderated ?? false,
          view: current.view ?? null,
          materials: current.materials ?? [],
        }
      : null;
    const presence = await presenceIn(workshopId);
    const tables = await roomTables(store, workshop, peopleIn(workshopId));
    const slide = await store.materials.slide(workshopId);
    const practice = current?.kind === 'welcome' ? await store.practice.counts(workshopId) : null;
    const rounds = await worded(await store.rounds.forRoom(workshopId));
    const signals = await store.signals.counts(workshopId, workshop.stageId ?? '');
    const boards = await store.workshops.boards(workshopId);
    const locks = Object.fromEntries(boards.map(({ id, locks }) => [id, locks ?? NO_LOCKS]));
    const { call, view, wallLanguages } = await store.workshops.followed(workshopId);
    const marks = await store.findings.marks(boards.map(({ id }) => id));
    await live().edit(`room/${workshopId}`, (doc) => {
      const room = doc.getMap<unknown>('room');
      setIfChanged(room, 'status', workshop.status);
      setIfChanged(room, 'stage', stage);
      setIfChanged(room, 'presence', presence);
      setIfChanged(room, 'revision', workshop.revision);
      setIfChanged(room, 'focus', workshop.focus ?? null);
      setIfChanged(room, 'follow', view && { ...view, call });
      setIfChanged(room, 'wall', wallLanguages ?? []);
      setIfChanged(room, 'signals', signals);
      setIfChanged(room, 'tables', tables);
      setIfChanged(room, 'slide', slide);
      setIfChanged(room, 'practice', practice);
      setIfChanged(room, 'locks', locks);
      setIfChanged(room, 'marks', marks);
      const known = doc.getMap<unknown>('rounds');
      for (const [order, round] of rounds.entries()) setIfChanged(known, round.id, { ...round, order });
      const ids = new Set(rounds.map((round) => round.id));
      for (const id of [...known.keys()]) if (!ids.has(id)) known.delete(id);
    });
  }

  /** Projections of one workshop never overlap: an older reading would overwrite a newer one. */
  function project(workshopId: string): Promise<void> {
    const before = running.get(workshopId) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(() => write(workshopId));
    running.set(workshopId, mine);
    const done = () => {
      if (running.get(workshopId) === mine) running.delete(workshopId);
    };
    mine.then(done, done);
    return mine;
  }

  function soon(workshopId: string): void {
    if (waiting.has(workshopId)) return;
    waiting.set(
      workshopId,
      setTimeout(() => {
        waiting.delete(workshopId);
        project(workshopId).catch(onError);
      }, QUIET_MS),
    );
  }

  return {
    presence: here as Presence,
    project,
    soon,
    /** Another instance wrote into a document: what it wrote into a room is held against the store, once more. */
    changedElsewhere(document: string): void {
      if (document.startsWith('room/')) soon(document.slice('room/'.length));
    },
    /** Stops what is waiting; what runs is awaited. */
    async close(): Promise<void> {
      here.close();
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.allSettled(running.values());
    },
  };
}
