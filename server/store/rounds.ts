/**
 * Voting rounds, their frozen options and their roll. Ballots stand beside them in ballots.ts. The key of a secret round
 * never travels with the round: whoever needs it asks for it by name, and the close destroys it.
 */
import { sql } from 'kysely';
import type { RoomRound } from '#core/room/room.ts';
import { seeRound, type KeptRound } from '#core/voting/secrecy.ts';
import type { Option, RoundResult, RoundSettings, RoundStatus } from '#core/voting/types.ts';
import { ballotRows, chunks } from './ballots.ts';
import type { Kind, Queries } from './db.ts';
import { deskRows } from './desk.ts';
import { rollRows, type Seat } from './roll.ts';
import { roundLog } from './round-log.ts';

export interface StoredRound {
  readonly id: string;
  readonly workshopId: string;
  readonly boardId: string;
  readonly settings: RoundSettings;
  /** Option ids that the facilitator picked; null: every note or group on the board at the opening. */
  readonly chosen: readonly string[] | null;
  /** As the board had them at the making; frozen from the opening on. */
  readonly options: readonly Option[];
  readonly status: RoundStatus;
  /** How many stand on the roll, those who voted on paper or by proxy among them. */
  readonly eligible: number;
  readonly cast: number;
  /** People whose ballot came after the close. */
  readonly late: number;
  readonly createdAt: number;
  readonly openedAt: number | null;
  /** End of the grace time; null where there is none. */
  readonly closesAt: number | null;
  /** When the close was called; ballots cast up to here count. */
  readonly closedAt: number | null;
  readonly result: RoundResult | null;
  /** When it ends by itself; null: when somebody closes it. */
  readonly dueAt: number | null;
  /** How often that moment was moved on. */
  readonly extensions: number;
  /** The round that this one follows: a run-off on what was tied there, or a second vote. */
  readonly origin: { readonly roundId: string; readonly kind: 'run-off' | 're-vote' } | null;
}

const COLUMNS = [
  'id',
  'workshop_id',
  'board_id',
  'settings',
  'chosen',
  'options',
  'status',
  'eligible',
  'cast_count',
  'created_at',
  'opened_at',
  'closes_at',
  'closed_at',
  'result',
  'due_at',
  'extensions',
  'parent_id',
  'parent_kind',
] as const;

/** A round as the core's visibility functions take it. */
export function keptRound({ id, settings, status, options, eligible, cast, result }: StoredRound): KeptRound {
  return { id, settings, status, options, turnout: { eligible, cast }, result };
}

function forRoom(round: StoredRound): RoomRound {
  const { id, title, status, secret, turnout, result } = seeRound(keptRound(round), { voterKey: null });
  const { ballots: _apart, ...told } = result ?? {};
  return {
    ...{ id, title, status, secret, turnout },
    boardId: round.boardId,
    result: result === null ? null : (told as RoundResult),
    closesAt: status === 'closing' ? round.closesAt : null,
    dueAt: status === 'open' ? round.dueAt : null,
    extensions: round.extensions,
  };
}

export function roundStore(db: Queries, kind: Kind) {
  const select = () =>
    db
      .selectFrom('rounds')
      .select(COLUMNS)
      // While ballots are taken nothing is counted but rows, and no row of the round changes: voters never wait for each other.
      .select(sql<number>`(select count(*) from ballots where ballots.round_id = rounds.id)`.as('ballots'))
      .select(sql<number>`(select count(*) from roll where roll.round_id = rounds.id and roll.late = 1)`.as('late'));
  type Row = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>;
  const toRound = (row: Row): StoredRound => ({
    id: row.id,
    workshopId: row.workshop_id,
    boardId: row.board_id,
    settings: JSON.parse(row.settings) as RoundSettings,
    chosen: row.chosen === null ? null : (JSON.parse(row.chosen) as string[]),
    options: JSON.parse(row.options) as Option[],
    status: row.status as RoundStatus,
    eligible: row.eligible,
    cast: row.status === 'closed' ? row.cast_count : Number(row.ballots),
    late: Number(row.late),
    createdAt: row.created_at,
    openedAt: row.opened_at,
    closesAt: row.closes_at,
    closedAt: row.closed_at,
    // What comes after the close is counted apart, beside a result that stands.
    result:
      row.result === null ? null : { ...(JSON.parse(row.result) as RoundResult), receivedAfterClose: Number(row.late) },
    dueAt: row.due_at,
    extensions: row.extensions,
    origin:
      row.parent_id === null
        ? null
        : { roundId: row.parent_id, kind: row.parent_kind === 'run-off' ? 'run-off' : 're-vote' },
  });
  const one = async (query: ReturnType<typeof select>): Promise<StoredRound | null> => {
    const row = await query.executeTakeFirst();
    return row ? toRound(row) : null;
  };
  const lockRow = async (id: string, whole: boolean): Promise<void> => {
    if (kind === 'sqlite') return;
    const row = db.selectFrom('rounds').select('id').where('id', '=', id);
    await (whole ? row.forUpdate() : row.forShare()).execute();
  };
  const inWorkshop = async (workshopId: string): Promise<StoredRound[]> => {
    const rows = await select()
      .where('workshop_id', '=', workshopId)
      .orderBy('position')
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(toRound);
  };
  const byId = (id: string) => one(select().where('id', '=', id));

  return {
    ...ballotRows(db, kind),
    ...roundLog(db),
    ...deskRows(db),
    ...rollRows(db),
    byId,
    /** The round, which nobody closes until this transaction ends; other voters pass. Its ballots are not counted. */
    async holdForBallot(id: string): Promise<StoredRound | null> {
      await lockRow(id, false);
      const row = await db.selectFrom('rounds').select(COLUMNS).where('id', '=', id).executeTakeFirst();
      return row ? toRound({ ...row, ballots: 0, late: 0 }) : null;
    },
    /** The round for this transaction alone: it waits for every ballot on its way, and those that come after it wait. */
    async lock(id: string): Promise<StoredRound | null> {
      await lockRow(id, true);
      return byId(id);
    },
    inWorkshop,
    /** As the room document tells them: no draft (it would prime the room), no list of ballots (members ask for it). */
    async forRoom(workshopId: string): Promise<RoomRound[]> {
      const rounds = await inWorkshop(workshopId);
      return rounds.filter(({ status }) => status !== 'draft').map(forRoom);
    },
    /** Rounds whose grace time runs or ran out while the server was away. */
    async closing(): Promise<StoredRound[]> {
      return (await select().where('status', '=', 'closing').execute()).map(toRound);
    },
    /** The rounds that take ballots on this board: what is voted on may not change meanwhile. */
    async openOn(boardId: string): Promise<StoredRound[]> {
      return (await select().where('board_id', '=', boardId).where('status', 'in', ['open', 'closing']).execute()).map(
        toRound,
      );
    },
    async insert(round: StoredRound): Promise<void> {
      const last = await db
        .selectFrom('rounds')
        .select(({ fn }) => fn.max('position').as('position'))
        .where('workshop_id', '=', round.workshopId)
        .executeTakeFirst();
      await db
        .insertInto('rounds')
        .values({
          id: round.id,
          workshop_id: round.workshopId,
          board_id: round.boardId,
          settings: JSON.stringify(round.settings),
          chosen: round.chosen === null ? null : JSON.stringify(round.chosen),
          options: JSON.stringify(round.options),
          status: round.status,
          position: Number(last?.position ?? 0) + 1,
          round_key: null,
          eligible: round.eligible,
          cast_count: round.cast,
          created_at: round.createdAt,
          opened_at: round.openedAt,
          closes_at: round.closesAt,
          closed_at: round.closedAt,
          result: round.result === null ? null : JSON.stringify(round.result),
          due_at: round.dueAt,
          extensions: round.extensions,
          parent_id: round.origin?.roundId ?? null,
          parent_kind: round.origin?.kind ?? null,
        })
        .execute();
    },
    /** Drops a round that was never opened. */
    async removeDraft(id: string): Promise<void> {
      const gone = await db.deleteFrom('rounds').where('id', '=', id).where('status', '=', 'draft').executeTakeFirst();
      if (gone.numDeletedRows === 0n) return;
      await db.deleteFrom('struck').where('round_id', '=', id).execute();
      await db.deleteFrom('round_log').where('round_id', '=', id).execute();
    },
    /** Other settings for a round that was never opened. Call it under `lock`. */
    async changeDraft(id: string, change: Pick<StoredRound, 'settings' | 'chosen' | 'options'>): Promise<void> {
      await db
        .updateTable('rounds')
        .set({
          settings: JSON.stringify(change.settings),
          chosen: change.chosen === null ? null : JSON.stringify(change.chosen),
          options: JSON.stringify(change.options),
        })
        .where('id', '=', id)
        .where('status', '=', 'draft')
        .execute();
    },
    /** Moves the end of an open round. Call it under `lock`. */
    async extend(id: string, dueAt: number): Promise<void> {
      await db
        .updateTable('rounds')
        .set(({ eb }) => ({ due_at: dueAt, extensions: eb('extensions', '+', 1) }))
        .where('id', '=', id)
        .execute();
    },
    /** A step of the tie-break beside the figures of a closed round. Call it under `lock`. */
    async amend(id: string, result: RoundResult): Promise<void> {
      await db
        .updateTable('rounds')
        .set({ result: JSON.stringify(result) })
        .where('id', '=', id)
        .where('status', '=', 'closed')
        .execute();
    },
    /** Open rounds that end by themselves. */
    async timed(): Promise<StoredRound[]> {
      return (await select().where('status', '=', 'open').where('due_at', 'is not', null).execute()).map(toRound);
    },
    /** Freezes options and roll. Call it under `lock`. */
    async open(
      id: string,
      with_: {
        options: readonly Option[];
        seats: readonly Seat[];
        key: Uint8Array | null;
        at: number;
        dueAt?: number | null;
      },
    ): Promise<void> {
      for (const seats of chunks(with_.seats))
        await db
          .insertInto('roll')
          .values(
            seats.map((seat) => ({
              round_id: id,
              participant_id: seat.participantId,
              organisation_id: seat.organisationId,
              admitted_late: seat.admittedLate ? 1 : 0,
              late: 0,
            })),
          )
          .execute();
      await db
        .updateTable('rounds')
        .set({
          status: 'open',
          options: JSON.stringify(with_.options),
          eligible: with_.seats.length,
          round_key: with_.key,
          opened_at: with_.at,
          due_at: with_.dueAt ?? null,
        })
        .where('id', '=', id)
        .execute();
    },
    async startClosing(id: string, closedAt: number, closesAt: number): Promise<void> {
      await db
        .updateTable('rounds')
        .set({ status: 'closing', closed_at: closedAt, closes_at: closesAt })
        .where('id', '=', id)
        .execute();
    },
    /** The key under which voters of an open secret round are hashed; null: an open ballot, or already destroyed. */
    async key(id: string): Promise<Uint8Array | null> {
      const row = await db.selectFrom('rounds').select('round_key').where('id', '=', id).executeTakeFirst();
      return row?.round_key ?? null;
    },
  };
}
