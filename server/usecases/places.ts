/**
 * What a board is to somebody while the room sits at tables (core/stage/tables decides, this asks the store). Whoever has no
 * seat yet is given one at the smallest table: nobody waits at the door for a facilitator.
 */
import { placeAtTable, placeInPlenary, smallestTable, type BoardPlace } from '#core/stage/tables.ts';
import type { BoardRole } from '#core/stage/rights.ts';
import type { Repositories } from '../store/port.ts';
import type { Split, StoredTable } from '../store/splits.ts';
import type { StoredBoard } from '../store/workshops.ts';

/** The table where a participant sits in the split under way; null where every table has flowed back. */
export async function tableOf(
  { splits, participants }: Pick<Repositories, 'splits' | 'participants'>,
  split: Split,
  participantId: string,
): Promise<StoredTable | null> {
  const [tables, seat] = await Promise.all([splits.tables(split.id), splits.seatOf(split.id, participantId)]);
  if (seat !== null) return tables.find(({ id }) => id === seat) ?? null;
  const here = new Set((await participants.inWorkshop(split.workshopId)).map(({ id }) => id));
  const seats = new Map([...(await splits.seats(split.id))].filter(([id]) => here.has(id)));
  const smallest = smallestTable(tables, seats);
  if (smallest === null) return null;
  await splits.seatLate(split.id, participantId, smallest);
  await splits.changed(split.id);
  const given = await splits.seatOf(split.id, participantId);
  return tables.find(({ id }) => id === given) ?? null;
}

/** @param participantId null: the caller is no participant. */
export async function placeOf(
  repositories: Pick<Repositories, 'splits' | 'participants'>,
  board: StoredBoard,
  role: BoardRole,
  participantId: string | null,
): Promise<BoardPlace> {
  const { splits } = repositories;
  if (board.tableOf) {
    const table = await splits.tableOfBoard(board.id);
    if (!table) return 'hidden';
    const split = participantId === null ? null : await splits.byId(table.splitId);
    const seat =
      participantId === null || !split
        ? null
        : split.endedAt === null
          ? ((await tableOf(repositories, split, participantId))?.id ?? null)
          : await splits.seatOf(split.id, participantId);
    return placeAtTable(role, seat === table.id, table.state);
  }
  if (participantId === null) return 'room';
  const split = await splits.open(board.workshopId);
  if (split?.boardId !== board.id) return 'room';
  return placeInPlenary(role, (await tableOf(repositories, split, participantId))?.state ?? null);
}
