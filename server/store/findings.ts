/**
 * What the crew found about the actions of the last programme (evidence, cause, the confirmed verdict), which notes a person
 * said are not alike, and the count of changes that a board's own document does not show: screens read anew when it grows.
 */
import type { Queries } from './db.ts';

export interface Finding {
  readonly noteId: string;
  /** An address; empty: none. */
  readonly evidence: string;
  readonly cause: string;
  /** What the facilitator confirmed; null: nothing yet. */
  readonly verdict: string | null;
  readonly confirmedAt: number | null;
}

export function findingStore(db: Queries) {
  return {
    async of(boardId: string): Promise<Finding[]> {
      const rows = await db.selectFrom('findings').selectAll().where('board_id', '=', boardId).execute();
      return rows.map(({ note_id, evidence, cause, verdict, confirmed_at }) => ({
        noteId: note_id,
        evidence,
        cause,
        verdict,
        confirmedAt: confirmed_at === null ? null : Number(confirmed_at),
      }));
    },
    async put(boardId: string, { noteId, evidence, cause, verdict, confirmedAt }: Finding): Promise<void> {
      const values = { evidence, cause, verdict, confirmed_at: confirmedAt };
      await db
        .insertInto('findings')
        .values({ board_id: boardId, note_id: noteId, ...values })
        .onConflict((conflict) => conflict.columns(['board_id', 'note_id']).doUpdateSet(values))
        .execute();
    },
    /** A change beside the document: bonds, findings. */
    async mark(boardId: string): Promise<void> {
      await db
        .insertInto('board_marks')
        .values({ board_id: boardId, changes: 1 })
        .onConflict((conflict) =>
          conflict.column('board_id').doUpdateSet((row) => ({ changes: row('board_marks.changes', '+', 1) })),
        )
        .execute();
    },
    /** How often each board was marked; boards that never were are left out. */
    async marks(boardIds: readonly string[]): Promise<Record<string, number>> {
      if (boardIds.length === 0) return {};
      const rows = await db
        .selectFrom('board_marks')
        .selectAll()
        .where('board_id', 'in', [...boardIds])
        .execute();
      return Object.fromEntries(rows.map((row) => [row.board_id, row.changes]));
    },
    /** `notes`: ids in their own order. */
    async setUnlike(boardId: string, notes: readonly string[]): Promise<void> {
      await db
        .insertInto('unlike')
        .values({ board_id: boardId, note_ids: [...notes].sort().join(' ') })
        .onConflict((conflict) => conflict.columns(['board_id', 'note_ids']).doNothing())
        .execute();
    },
    async unlike(boardId: string): Promise<ReadonlySet<string>> {
      const rows = await db.selectFrom('unlike').select('note_ids').where('board_id', '=', boardId).execute();
      return new Set(rows.map((row) => row.note_ids));
    },
  };
}
