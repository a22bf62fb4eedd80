/**
 * What the board document must not hold: who wrote a note (attributed boards), the commands already done, and notes
 * written in private that wait for the reveal.
 */
import type { GroupStep } from '#core/board/audit.ts';
import { newId } from '#core/ids.ts';
import type { Queries } from './db.ts';

export type PendingState = 'waiting' | 'inbox' | 'aside';

export interface PendingNote {
  readonly id: string;
  readonly boardId: string;
  readonly personId: string;
  readonly organisationId: string | null;
  readonly zone: string;
  readonly text: string;
  readonly colour: string;
  readonly language: string | null;
  readonly anonymous: boolean;
  readonly createdAt: number;
  /** waiting: for the reveal or a batch; inbox: for who leads; aside: set aside by them, for `reason`. */
  readonly state?: PendingState;
  readonly reason?: string | null;
}

export interface Author {
  readonly noteId: string;
  readonly personId: string;
  readonly organisationId: string | null;
}

/** One step of the trail of groups. */
export function groupLogRow(
  boardId: string,
  { groupId, act, detail }: GroupStep,
  role: string,
  personId: string | null,
) {
  return {
    id: newId(),
    board_id: boardId,
    group_id: groupId,
    act,
    role,
    person_id: personId,
    detail,
    done_at: Date.now(),
  };
}

/** Where a note comes from: what it was seeded from, carried over from, or binds. */
export interface Origin {
  readonly itemId: string;
  readonly source: 'seed' | 'carry' | 'bond' | 'table';
  readonly fromBoard: string;
  readonly fromItem: string;
  /** Notes that lay in a bound group then. */
  readonly anchors?: readonly string[];
}

export function noteStore(db: Queries) {
  return {
    async recordAuthors(boardId: string, authors: readonly Author[]): Promise<void> {
      if (authors.length === 0) return;
      await db
        .insertInto('note_authors')
        .values(
          authors.map((a) => ({
            board_id: boardId,
            note_id: a.noteId,
            person_id: a.personId,
            organisation_id: a.organisationId,
          })),
        )
        .onConflict((conflict) => conflict.columns(['board_id', 'note_id']).doNothing())
        .execute();
    },
    async authorsOf(boardId: string): Promise<Author[]> {
      const rows = await db.selectFrom('note_authors').selectAll().where('board_id', '=', boardId).execute();
      return rows.map((row) => ({ noteId: row.note_id, personId: row.person_id, organisationId: row.organisation_id }));
    },
    /** Remembers a command; the note id of the first one that carried this key. */
    async rememberCommand(boardId: string, personId: string, clientKey: string, noteId: string): Promise<string> {
      await db
        .insertInto('note_commands')
        .values({ board_id: boardId, person_id: personId, client_key: clientKey, note_id: noteId })
        .onConflict((conflict) => conflict.columns(['board_id', 'person_id', 'client_key']).doNothing())
        .execute();
      const row = await db
        .selectFrom('note_commands')
        .select('note_id')
        .where('board_id', '=', boardId)
        .where('person_id', '=', personId)
        .where('client_key', '=', clientKey)
        .executeTakeFirstOrThrow();
      return row.note_id;
    },
    async forgetCommand(boardId: string, personId: string, clientKey: string): Promise<void> {
      await db
        .deleteFrom('note_commands')
        .where('board_id', '=', boardId)
        .where('person_id', '=', personId)
        .where('client_key', '=', clientKey)
        .execute();
    },
    async insertPending(note: PendingNote): Promise<void> {
      await db
        .insertInto('pending_notes')
        .values({
          id: note.id,
          board_id: note.boardId,
          person_id: note.personId,
          organisation_id: note.organisationId,
          zone: note.zone,
          text: note.text,
          colour: note.colour,
          language: note.language,
          anonymous: note.anonymous ? 1 : 0,
          created_at: note.createdAt,
          state: note.state ?? 'waiting',
          reason: note.reason ?? null,
        })
        .execute();
    },
    async pending(boardId: string, personId?: string): Promise<PendingNote[]> {
      let query = db.selectFrom('pending_notes').selectAll().where('board_id', '=', boardId);
      if (personId !== undefined) query = query.where('person_id', '=', personId);
      const rows = await query.orderBy('created_at').orderBy('id').execute();
      return rows.map((row) => ({
        id: row.id,
        boardId: row.board_id,
        personId: row.person_id,
        organisationId: row.organisation_id,
        zone: row.zone,
        text: row.text,
        colour: row.colour,
        language: row.language,
        anonymous: row.anonymous === 1,
        createdAt: row.created_at,
        state: row.state as PendingState,
        reason: row.reason,
      }));
    },
    async changePending(
      id: string,
      to: { text?: string; zone?: string; colour?: string; state?: PendingState; reason?: string | null },
    ): Promise<void> {
      if (Object.keys(to).length > 0) await db.updateTable('pending_notes').set(to).where('id', '=', id).execute();
    },
    /** Marks by which the holder of a join token finds their anonymous notes again. */
    async recordMarks(boardId: string, marks: readonly { noteId: string; mark: string }[]): Promise<void> {
      if (marks.length === 0) return;
      await db
        .insertInto('note_marks')
        .values(marks.map(({ noteId, mark }) => ({ board_id: boardId, note_id: noteId, mark })))
        .onConflict((conflict) => conflict.columns(['board_id', 'note_id']).doNothing())
        .execute();
    },
    async marksOf(boardId: string): Promise<{ noteId: string; mark: string }[]> {
      const rows = await db.selectFrom('note_marks').selectAll().where('board_id', '=', boardId).execute();
      return rows.map((row) => ({ noteId: row.note_id, mark: row.mark }));
    },
    async logGroups(
      boardId: string,
      steps: readonly GroupStep[],
      role: string,
      personId: string | null,
    ): Promise<void> {
      if (steps.length > 0)
        await db
          .insertInto('group_log')
          .values(steps.map((step) => groupLogRow(boardId, step, role, personId)))
          .execute();
    },
    /** Latest first. */
    async groupLog(boardId: string, limit: number) {
      return db
        .selectFrom('group_log')
        .selectAll()
        .where('board_id', '=', boardId)
        .orderBy('done_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
    },
    async recordOrigins(boardId: string, origins: readonly Origin[]): Promise<void> {
      if (origins.length === 0) return;
      await db
        .insertInto('origins')
        .values(
          origins.map((one) => ({
            board_id: boardId,
            item_id: one.itemId,
            source: one.source,
            from_board: one.fromBoard,
            from_item: one.fromItem,
            anchors: one.anchors && one.anchors.length > 0 ? JSON.stringify(one.anchors) : null,
          })),
        )
        .onConflict((conflict) => conflict.columns(['board_id', 'item_id', 'from_board', 'from_item']).doNothing())
        .execute();
    },
    async dropBonds(boardId: string, itemId: string): Promise<void> {
      await db
        .deleteFrom('origins')
        .where('board_id', '=', boardId)
        .where('item_id', '=', itemId)
        .where('source', '=', 'bond')
        .execute();
    },
    async originsOf(boardId: string): Promise<Origin[]> {
      const found = await db.selectFrom('origins').selectAll().where('board_id', '=', boardId).execute();
      return found.map((row) => ({
        itemId: row.item_id,
        source: row.source as Origin['source'],
        fromBoard: row.from_board,
        fromItem: row.from_item,
        ...(row.anchors !== null && { anchors: JSON.parse(row.anchors) as string[] }),
      }));
    },
    /** What waits on one board waits on another one from now on, as its writers know it. */
    async movePending(fromBoard: string, toBoard: string): Promise<void> {
      await db.updateTable('pending_notes').set({ board_id: toBoard }).where('board_id', '=', fromBoard).execute();
    },
    async deletePending(ids: readonly string[]): Promise<void> {
      if (ids.length > 0)
        await db
          .deleteFrom('pending_notes')
          .where('id', 'in', [...ids])
          .execute();
    },
  };
}
