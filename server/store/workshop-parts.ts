/**
 * What a workshop is made of: organisations, the agenda with the time it really took, boards. They live and die with
 * their workshop, whose repository carries these functions.
 */
import type { Locks } from '#core/board/change.ts';
import type { Language } from '#core/people/caller.ts';
import type { Material, StageKind, StageView } from '#core/room/room.ts';
import type { Permissions } from '#core/stage/permissions.ts';
import { inTransaction, type Queries } from './db.ts';
import { ledViews } from './led-views.ts';

/** A text in up to three languages, or in one that nobody named. */
export type Titles = Readonly<Partial<Record<Language, string>>>;

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly seats: number | null;
}

export interface StoredStage {
  readonly id: string;
  readonly kind: StageKind;
  readonly title: Titles;
  readonly boardId: string | null;
  readonly minutes: number | null;
  readonly instruction?: Titles | null;
  /** What differs from the defaults of the kind. */
  readonly permissions?: Partial<Permissions> | null;
  readonly materials?: readonly Material[] | null;
  readonly view?: StageView | null;
  readonly skipped?: boolean;
  readonly moderated?: boolean;
}

/** One stretch of time that a stage really took. */
export interface StageRun {
  readonly stageId: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

export interface StoredBoard {
  readonly id: string;
  readonly workshopId: string;
  readonly template: string;
  readonly title: Titles;
  readonly zones: readonly { readonly id: string; readonly name: Titles }[];
  readonly locks?: Locks | null;
  /** The board that a table's own board was made from; left out or null: a board of the whole room. */
  readonly tableOf?: string | null;
}

export const bit = (value: boolean): number => (value ? 1 : 0);
export const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));
export const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

export const stageValues = (stage: StoredStage) => ({
  kind: stage.kind,
  title: JSON.stringify(stage.title),
  board_id: stage.boardId,
  minutes: stage.minutes,
  instruction: json(stage.instruction),
  permissions: json(stage.permissions),
  materials: json(stage.materials),
  view: stage.view ?? null,
  skipped: bit(stage.skipped ?? false),
  moderated: bit(stage.moderated ?? false),
});

export function workshopParts(db: Queries) {
  const boardRows = () => db.selectFrom('boards').selectAll();
  const toBoard = (row: Awaited<ReturnType<ReturnType<typeof boardRows>['executeTakeFirstOrThrow']>>): StoredBoard => ({
    id: row.id,
    workshopId: row.workshop_id,
    template: row.template,
    title: JSON.parse(row.title) as Titles,
    zones: JSON.parse(row.zones) as StoredBoard['zones'],
    locks: parsed<Locks>(row.locks),
    tableOf: row.table_of,
  });

  return {
    ...ledViews(db),
    async organisations(workshopId: string): Promise<Organisation[]> {
      const found = await db
        .selectFrom('organisations')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .orderBy('position')
        .orderBy('id')
        .execute();
      return found.map(({ id, name, seats }) => ({ id, name, seats }));
    },
    async organisationByName(workshopId: string, nameNorm: string): Promise<Organisation | null> {
      const row = await db
        .selectFrom('organisations')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .where('name_norm', '=', nameNorm)
        .executeTakeFirst();
      return row ? { id: row.id, name: row.name, seats: row.seats } : null;
    },
    /** Does nothing where the name exists already (two people of one new body joining at once). */
    async insertOrganisation(
      workshopId: string,
      organisation: Organisation,
      nameNorm: string,
      position: number,
    ): Promise<void> {
      await db
        .insertInto('organisations')
        .values({
          id: organisation.id,
          name: organisation.name,
          seats: organisation.seats,
          workshop_id: workshopId,
          name_norm: nameNorm,
          position,
        })
        .onConflict((conflict) => conflict.columns(['workshop_id', 'name_norm']).doNothing())
        .execute();
    },
    async stages(workshopId: string): Promise<StoredStage[]> {
      const found = await db
        .selectFrom('stages')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .orderBy('position')
        .execute();
      return found.map((row) => ({
        id: row.id,
        kind: row.kind as StageKind,
        title: JSON.parse(row.title) as Titles,
        boardId: row.board_id,
        minutes: row.minutes,
        instruction: parsed<Titles>(row.instruction),
        permissions: parsed<Partial<Permissions>>(row.permissions),
        materials: parsed<Material[]>(row.materials),
        view: row.view as StageView | null,
        skipped: row.skipped === 1,
        moderated: row.moderated === 1,
      }));
    },
    /** The whole agenda at once, in its new order: what is not named goes. */
    async replaceStages(workshopId: string, stages: readonly StoredStage[]): Promise<void> {
      await inTransaction(db, async (trx) => {
        await trx.deleteFrom('stages').where('workshop_id', '=', workshopId).execute();
        for (const [position, stage] of stages.entries())
          await trx
            .insertInto('stages')
            .values({ id: stage.id, workshop_id: workshopId, position, ...stageValues(stage) })
            .execute();
      });
    },
    /** Ends what runs and begins the next; `id` names the new row. */
    async beginStage(workshopId: string, id: string, stageId: string, at: number): Promise<void> {
      await this.endStage(workshopId, at);
      await db
        .insertInto('stage_log')
        .values({ id, workshop_id: workshopId, stage_id: stageId, started_at: at, ended_at: null })
        .execute();
    },
    async endStage(workshopId: string, at: number): Promise<void> {
      await db
        .updateTable('stage_log')
        .set({ ended_at: at })
        .where('workshop_id', '=', workshopId)
        .where('ended_at', 'is', null)
        .execute();
    },
    async stageRuns(workshopId: string): Promise<StageRun[]> {
      const found = await db
        .selectFrom('stage_log')
        .selectAll()
        .where('workshop_id', '=', workshopId)
        .orderBy('started_at')
        .execute();
      return found.map((row) => ({ stageId: row.stage_id, startedAt: row.started_at, endedAt: row.ended_at }));
    },
    async lockParts(boardId: string, locks: Locks): Promise<void> {
      await db
        .updateTable('boards')
        .set({ locks: JSON.stringify(locks) })
        .where('id', '=', boardId)
        .execute();
    },
    /** Those of the whole room, in their order. */
    async boards(workshopId: string): Promise<StoredBoard[]> {
      const found = boardRows().where('workshop_id', '=', workshopId).where('table_of', 'is', null);
      return (await found.orderBy('position').execute()).map(toBoard);
    },
    /** Those of tables too: whatever concerns rights, waiting notes or the end of a workshop. */
    async boardsAndTables(workshopId: string): Promise<StoredBoard[]> {
      return (await boardRows().where('workshop_id', '=', workshopId).orderBy('position').execute()).map(toBoard);
    },
    /** A further board, after those that are there. */
    async addBoard(board: StoredBoard): Promise<void> {
      const last = await db
        .selectFrom('boards')
        .select(({ fn }) => fn.max('position').as('position'))
        .where('workshop_id', '=', board.workshopId)
        .executeTakeFirst();
      await db
        .insertInto('boards')
        .values({
          ...{ id: board.id, workshop_id: board.workshopId, template: board.template, locks: null },
          ...{ title: JSON.stringify(board.title), zones: JSON.stringify(board.zones) },
          position: Number(last?.position ?? -1) + 1,
        })
        .execute();
    },
    async board(id: string): Promise<StoredBoard | null> {
      const row = await boardRows().where('id', '=', id).executeTakeFirst();
      return row ? toBoard(row) : null;
    },
  };
}
