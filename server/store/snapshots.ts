/** Snapshots: append-only. The body is kept as the very bytes that were hashed, so that every reader gets the same. */
import type { Queries } from './db.ts';

export interface SnapshotHead {
  readonly id: string;
  readonly workshopId: string;
  readonly title: string;
  /** SHA-256 of the canonical JSON without `hash`, lower-case hexadecimal. */
  readonly hash: string;
  readonly takenAt: number;
}

export interface StoredSnapshot extends SnapshotHead {
  /** Canonical JSON with `hash`. */
  readonly body: string;
}

const HEAD = ['id', 'workshop_id', 'title', 'hash', 'taken_at'] as const;

const toHead = (row: {
  id: string;
  workshop_id: string;
  title: string;
  hash: string;
  taken_at: number;
}): SnapshotHead => ({
  id: row.id,
  workshopId: row.workshop_id,
  title: row.title,
  hash: row.hash,
  takenAt: row.taken_at,
});

export function snapshotStore(db: Queries) {
  return {
    async insert(snapshot: StoredSnapshot): Promise<void> {
      await db
        .insertInto('snapshots')
        .values({
          id: snapshot.id,
          workshop_id: snapshot.workshopId,
          title: snapshot.title,
          hash: snapshot.hash,
          taken_at: snapshot.takenAt,
          body: snapshot.body,
        })
        .execute();
    },
    async byId(id: string): Promise<StoredSnapshot | null> {
      const row = await db.selectFrom('snapshots').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? { ...toHead(row), body: row.body } : null;
    },
    async ids(): Promise<string[]> {
      return (await db.selectFrom('snapshots').select('id').execute()).map(({ id }) => id);
    },
    /** Newest first, without their bodies. */
    async inWorkshop(workshopId: string): Promise<SnapshotHead[]> {
      const rows = await db
        .selectFrom('snapshots')
        .select(HEAD)
        .where('workshop_id', '=', workshopId)
        .orderBy('taken_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toHead);
    },
    /** Of several workshops at once (a strategy's), newest first. */
    async inWorkshops(workshopIds: readonly string[]): Promise<SnapshotHead[]> {
      if (workshopIds.length === 0) return [];
      const rows = await db
        .selectFrom('snapshots')
        .select(HEAD)
        .where('workshop_id', 'in', [...workshopIds])
        .orderBy('taken_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toHead);
    },
  };
}
