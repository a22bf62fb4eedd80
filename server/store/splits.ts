/** Break-outs: a split of one board into tables, their boards, and who sits where. A workshop has one open split at most. */
import type { SplitMode, TableState } from '#core/stage/tables.ts';
import { inTransaction, type Queries } from './db.ts';
import type { StoredBoard } from './workshop-parts.ts';

export interface Split {
  readonly id: string;
  readonly workshopId: string;
  /** The board that was split. */
  readonly boardId: string;
  readonly mode: SplitMode;
  readonly seed: string;
  /** Grows with every command, so that pages know to ask again. */
  readonly changes: number;
  readonly openedAt: number;
  readonly endedAt: number | null;
}

export interface StoredTable {
  readonly id: string;
  readonly splitId: string;
  readonly boardId: string;
  readonly name: string;
  readonly state: TableState;
}

export function splitStore(db: Queries) {
  const rows = () => db.selectFrom('splits').selectAll();
  const toSplit = (row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): Split => ({
    id: row.id,
    workshopId: row.workshop_id,
    boardId: row.board_id,
    mode: row.mode as SplitMode,
    seed: row.seed,
    changes: row.changes,
    openedAt: Number(row.opened_at),
    endedAt: row.ended_at === null ? null : Number(row.ended_at),
  });
  const tableRows = () => db.selectFrom('split_tables').selectAll();
  const toTable = (row: Awaited<ReturnType<ReturnType<typeof tableRows>['executeTakeFirstOrThrow']>>): StoredTable => ({
    id: row.id,
    splitId: row.split_id,
    boardId: row.board_id,
    name: row.name,
    state: row.state as TableState,
  });
  return {
    /** Everything of a split at once. Throws a unique violation where another one is open. */
    async insert(
      split: Split,
      tables: readonly StoredTable[],
      boards: readonly StoredBoard[],
      seats: ReadonlyMap<string, string>,
    ): Promise<void> {
      await inTransaction(db, async (trx) => {
        await trx
          .insertInto('splits')
          .values({
            id: split.id,
            workshop_id: split.workshopId,
            board_id: split.boardId,
            mode: split.mode,
            seed: split.seed,
            changes: split.changes,
            opened_at: split.openedAt,
            ended_at: split.endedAt,
          })
          .execute();
        for (const [position, board] of boards.entries())
          await trx
            .insertInto('boards')
            .values({
              id: board.id,
              workshop_id: board.workshopId,
              template: board.template,
              title: JSON.stringify(board.title),
              zones: JSON.stringify(board.zones),
              position: 1000 + position,
              locks: null,
              table_of: split.boardId,
            })
            .execute();
        for (const [position, table] of tables.entries())
          await trx
            .insertInto('split_tables')
            .values({
              id: table.id,
              split_id: split.id,
              board_id: table.boardId,
              name: table.name,
              position,
              state: table.state,
            })
            .execute();
        for (const [participantId, tableId] of seats) await splitStore(trx).seat(split.id, participantId, tableId);
      });
    },
    /** The split under way; null: there is none. */
    async open(workshopId: string): Promise<Split | null> {
      const row = await rows().where('workshop_id', '=', workshopId).where('ended_at', 'is', null).executeTakeFirst();
      return row ? toSplit(row) : null;
    },
    async byId(id: string): Promise<Split | null> {
      const row = await rows().where('id', '=', id).executeTakeFirst();
      return row ? toSplit(row) : null;
    },
    async tables(splitId: string): Promise<StoredTable[]> {
      return (await tableRows().where('split_id', '=', splitId).orderBy('position').execute()).map(toTable);
    },
    async tableOfBoard(boardId: string): Promise<StoredTable | null> {
      const row = await tableRows().where('board_id', '=', boardId).executeTakeFirst();
      return row ? toTable(row) : null;
    },
    /** Names of the tables that boards belong to, for saying where a note comes from. */
    async namesOf(boardIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
      if (boardIds.length === 0) return new Map();
      const found = await tableRows()
        .where('board_id', 'in', [...boardIds])
        .execute();
      return new Map(found.map(({ board_id, name }) => [board_id, name]));
    },
    /** Table by participant. */
    async seats(splitId: string): Promise<ReadonlyMap<string, string>> {
      const found = await db.selectFrom('table_seats').selectAll().where('split_id', '=', splitId).execute();
      return new Map(found.map((row) => [row.participant_id, row.table_id]));
    },
    async seatOf(splitId: string, participantId: string): Promise<string | null> {
      const row = await db
        .selectFrom('table_seats')
        .select('table_id')
        .where('split_id', '=', splitId)
        .where('participant_id', '=', participantId)
        .executeTakeFirst();
      return row?.table_id ?? null;
    },
    /** Seats somebody, or somewhere else than before. */
    async seat(splitId: string, participantId: string, tableId: string): Promise<void> {
      await db
        .insertInto('table_seats')
        .values({ split_id: splitId, participant_id: participantId, table_id: tableId })
        .onConflict((conflict) => conflict.columns(['split_id', 'participant_id']).doUpdateSet({ table_id: tableId }))
        .execute();
    },
    /** Seats somebody who has no seat yet; whoever was faster stands. */
    async seatLate(splitId: string, participantId: string, tableId: string): Promise<void> {
      await db
        .insertInto('table_seats')
        .values({ split_id: splitId, participant_id: participantId, table_id: tableId })
        .onConflict((conflict) => conflict.columns(['split_id', 'participant_id']).doNothing())
        .execute();
    },
    async rename(tableId: string, name: string): Promise<void> {
      await db.updateTable('split_tables').set({ name }).where('id', '=', tableId).execute();
    },
    async setState(tableId: string, state: TableState): Promise<void> {
      await db.updateTable('split_tables').set({ state }).where('id', '=', tableId).execute();
    },
    async changed(splitId: string): Promise<void> {
      await db
        .updateTable('splits')
        .set(({ eb }) => ({ changes: eb('changes', '+', 1) }))
        .where('id', '=', splitId)
        .execute();
    },
    async end(splitId: string, at: number): Promise<void> {
      await db
        .updateTable('splits')
        .set({ ended_at: at })
        .where('id', '=', splitId)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}
