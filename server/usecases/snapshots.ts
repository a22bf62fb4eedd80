/**
 * The one button after the vote: what the room has now, frozen and hashed. Append-only; every member is given the very
 * bytes that were hashed, whoever they are.
 */
import { createHash } from 'node:crypto';
import { newId } from '#core/ids.ts';
import type { Caller } from '#core/people/caller.ts';
import { checkTitle } from '#core/people/names.ts';
import { ok, refuse, type Result } from '#core/result.ts';
import { initialBoardUpdate } from '#core/board/doc.ts';
import type { LocalText } from '#core/export/source.ts';
import { compareSnapshots, type SnapshotDiff } from '#core/strategy/diff.ts';
import { fillBoard, type Restored } from '#core/strategy/restore.ts';
import { buildSnapshot, type Snapshot } from '#core/strategy/snapshot.ts';
import type { Titles } from '../store/workshops.ts';
import type { StoredSnapshot } from '../store/snapshots.ts';
import type { Deps } from './deps.ts';
import { isNobody, lookIn, passTo } from './doors.ts';
import { gather } from './gather.ts';

export interface ListedSnapshot {
  readonly id: string;
  readonly workshopId: string;
  readonly title: string;
  readonly hash: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const listed = ({ id, workshopId, title, hash, takenAt }: Omit<StoredSnapshot, 'body'>): ListedSnapshot => ({
  ...{ id, workshopId, title, hash },
  takenAt: new Date(takenAt).toISOString(),
});

const titlesOf = (text: LocalText): Titles => (typeof text === 'string' ? { ru: text } : text);

export function snapshots({ store, live, now, room }: Deps) {
  async function visible(caller: Caller, id: string): Promise<Result<StoredSnapshot>> {
    const snapshot = await store.snapshots.byId(id);
    if (!snapshot) return refuse(isNobody(caller) ? 'join-needed' : 'not-found');
    const workshop = await lookIn(store, caller, snapshot.workshopId);
    return workshop.ok ? ok(snapshot) : workshop;
  }

  return {
    async take(caller: Caller, workshopId: string, input: { readonly title: string }): Promise<Result<ListedSnapshot>> {
      const workshop = await passTo(store, caller, workshopId, 'snapshot.take');
      if (!workshop.ok) return workshop;
      const title = checkTitle(input.title);
      if (!title.ok) return title;
      const takenAt = now();
      const source = await gather({ store, live }, workshop.value, { id: newId(), title: title.value, takenAt });
      const { snapshot, json } = buildSnapshot(source, sha256);
      const stored = { id: snapshot.id, workshopId, title: snapshot.title, hash: snapshot.hash, takenAt };
      await store.snapshots.insert({ ...stored, body: json });
      return ok(listed(stored));
    },

    /** Newest first. */
    async list(caller: Caller, workshopId: string): Promise<Result<readonly ListedSnapshot[]>> {
      const workshop = await lookIn(store, caller, workshopId);
      return workshop.ok ? ok((await store.snapshots.inWorkshop(workshopId)).map(listed)) : workshop;
    },

    /** The stored bytes, to be sent as they are. */
    async bytes(caller: Caller, id: string): Promise<Result<string>> {
      const found = await visible(caller, id);
      return found.ok ? ok(found.value.body) : found;
    },

    async read(caller: Caller, id: string): Promise<Result<Snapshot>> {
      const found = await visible(caller, id);
      return found.ok ? ok(JSON.parse(found.value.body) as Snapshot) : found;
    },

    /** What changed from one snapshot to another. */
    async compare(caller: Caller, before: string, after: string): Promise<Result<SnapshotDiff>> {
      const [a, b] = [await this.read(caller, before), await this.read(caller, after)];
      if (!a.ok) return a;
      return b.ok ? ok(compareSnapshots(a.value, b.value)) : b;
    },

    /** A board of a snapshot as a new board of its workshop, with the way back to each note; the old board goes on. */
    async restore(caller: Caller, id: string, boardId: string): Promise<Result<{ id: string }>> {
      const found = await visible(caller, id);
      if (!found.ok) return found;
      const { workshopId } = found.value;
      const workshop = await passTo(store, caller, workshopId, 'snapshot.take');
      if (!workshop.ok) return workshop;
      const { boards, title } = JSON.parse(found.value.body) as Snapshot;
      const board = boards.find((one) => one.id === boardId);
      if (!board) return refuse('not-found');
      const made = newId();
      const named = Object.fromEntries(
        Object.entries(titlesOf(board.title)).map(([lang, text]) => [lang, `${text} (${title})`]),
      );
      await store.workshops.addBoard({
        ...{ id: made, workshopId, template: board.template, title: named },
        zones: board.zones.map((zone) => ({ id: zone.id, name: titlesOf(zone.name) })),
      });
      await store.log.append([
        { document: `board/${made}`, update: initialBoardUpdate(), personId: null, claims: [], createdNotes: [] },
      ]);
      let restored: Restored = { origins: [] };
      await live.edit(`board/${made}`, (doc) => {
        restored = fillBoard(doc, board);
      });
      await store.notes.recordOrigins(
        made,
        restored.origins.map(({ itemId, fromItem }) => ({ itemId, source: 'carry', fromBoard: board.id, fromItem })),
      );
      await room.project(workshopId);
      return ok({ id: made });
    },
  };
}
