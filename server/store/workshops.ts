/** Workshops with their organisations, stages and boards. What a workshop is like now (stage, lock, time) is truth here. */
import type { Language } from '#core/people/caller.ts';
import type { Locks } from '#core/board/change.ts';
import type { Material, RoomFocus, StageKind, StageView } from '#core/room/room.ts';
import type { Permissions } from '#core/stage/permissions.ts';
import { inTransaction, type Queries } from './db.ts';

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
}

/** What the leader set last; `revision` grows with every change, so that of two leaders one wins and the other is told. */
export interface StageState {
  readonly stageId: string | null;
  readonly startedAt: number | null;
  readonly endsAt: number | null;
  readonly locked: boolean;
  readonly private: boolean;
  readonly anonymous: boolean;
  readonly revision: number;
  /** Milliseconds left while the time stands still. */
  readonly pausedLeft?: number | null;
  readonly focus?: RoomFocus | null;
}

export interface Workshop extends StageState {
  readonly id: string;
  readonly strategyId: string | null;
  readonly title: string;
  readonly titles: Titles;
  /** A remark for whoever opens the file it came from. */
  readonly about: string | null;
  readonly template: string;
  readonly languages: readonly Language[];
  readonly timeZone: string;
  /** The day of the meeting, YYYY-MM-DD. */
  readonly heldOn: string | null;
  readonly joinCode: string;
  readonly linkToken: string;
  readonly screenKey: string;
  readonly status: 'open' | 'closed';
  readonly doorOpen: boolean;
  readonly namesNeeded: boolean;
  readonly organisationNeeded: boolean;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly archivedAt: number | null;
  readonly ledBy?: string | null;
}

export interface WorkshopParts {
  readonly organisations: readonly (Organisation & { readonly nameNorm: string })[];
  readonly boards: readonly StoredBoard[];
  readonly stages: readonly StoredStage[];
}

const bit = (value: boolean): number => (value ? 1 : 0);
const json = (value: unknown): string | null => (value == null ? null : JSON.stringify(value));
const parsed = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

const stageValues = (stage: StoredStage) => ({
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

export function workshopStore(db: Queries) {
  const rows = () => db.selectFrom('workshops').selectAll().where('deleted_at', 'is', null);
  type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;
  const toWorkshop = (row: Row): Workshop => ({
    id: row.id,
    strategyId: row.strategy_id,
    title: row.title,
    titles: JSON.parse(row.titles) as Titles,
    about: row.about,
    template: row.template,
    languages: JSON.parse(row.languages) as Language[],
    timeZone: row.time_zone,
    heldOn: row.held_on,
    joinCode: row.join_code,
    linkToken: row.link_token,
    screenKey: row.screen_key,
    status: row.status === 'closed' ? 'closed' : 'open',
    doorOpen: row.door_open === 1,
    namesNeeded: row.names_needed === 1,
    organisationNeeded: row.organisation_needed === 1,
    stageId: row.stage_id,
    startedAt: row.stage_started_at,
    endsAt: row.stage_ends_at,
    locked: row.locked === 1,
    private: row.private === 1,
    anonymous: row.anonymous === 1,
    revision: row.revision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    pausedLeft: row.paused_left === null ? null : Number(row.paused_left),
    focus: parsed<RoomFocus>(row.focus),
    ledBy: row.led_by,
  });
  const one = async (query: ReturnType<typeof rows>): Promise<Workshop | null> => {
    const row = await query.executeTakeFirst();
    return row ? toWorkshop(row) : null;
  };
  const boardRows = () => db.selectFrom('boards').selectAll();
  const toBoard = (row: Awaited<ReturnType<ReturnType<typeof boardRows>['executeTakeFirstOrThrow']>>): StoredBoard => ({
    id: row.id,
    workshopId: row.workshop_id,
    template: row.template,
    title: JSON.parse(row.title) as Titles,
    zones: JSON.parse(row.zones) as StoredBoard['zones'],
    locks: parsed<Locks>(row.locks),
  });

  return {
    /** Throws a unique violation where the join code is taken: draw another and try again. */
    async insert(workshop: Workshop, titleNorm: string, parts: WorkshopParts): Promise<void> {
      await inTransaction(db, async (trx) => {
        await trx
          .insertInto('workshops')
          .values({
            id: workshop.id,
            strategy_id: workshop.strategyId,
            title: workshop.title,
            title_norm: titleNorm,
            titles: JSON.stringify(workshop.titles),
            about: workshop.about,
            template: workshop.template,
            languages: JSON.stringify(workshop.languages),
            time_zone: workshop.timeZone,
            held_on: workshop.heldOn,
            join_code: workshop.joinCode,
            link_token: workshop.linkToken,
            screen_key: workshop.screenKey,
            status: workshop.status,
            door_open: bit(workshop.doorOpen),
            names_needed: bit(workshop.namesNeeded),
            organisation_needed: bit(workshop.organisationNeeded),
            stage_id: workshop.stageId,
            stage_started_at: workshop.startedAt,
            stage_ends_at: workshop.endsAt,
            locked: bit(workshop.locked),
            private: bit(workshop.private),
            anonymous: bit(workshop.anonymous),
            revision: workshop.revision,
            created_by: workshop.createdBy,
            created_at: workshop.createdAt,
            archived_at: null,
            deleted_at: null,
            paused_left: null,
            focus: null,
            led_by: workshop.ledBy ?? null,
          })
          .execute();
        const inner = workshopStore(trx);
        for (const [position, organisation] of parts.organisations.entries())
          await inner.insertOrganisation(workshop.id, organisation, organisation.nameNorm, position);
        for (const [position, board] of parts.boards.entries())
          await trx
            .insertInto('boards')
            .values({
              id: board.id,
              workshop_id: workshop.id,
              template: board.template,
              title: JSON.stringify(board.title),
              zones: JSON.stringify(board.zones),
              position,
              locks: null,
            })
            .execute();
        for (const [position, stage] of parts.stages.entries())
          await trx
            .insertInto('stages')
            .values({ id: stage.id, workshop_id: workshop.id, position, ...stageValues(stage) })
            .execute();
      });
    },
    byId: (id: string) => one(rows().where('id', '=', id)),
    byCode: (code: string) => one(rows().where('join_code', '=', code)),
    byLink: (token: string) => one(rows().where('link_token', '=', token)),
    byScreenKey: (key: string) => one(rows().where('screen_key', '=', key)),

    /** Newest first; `after` is the last of the page before. */
    async list(filter: { search: string; archived: boolean; after: string | null; limit: number }): Promise<Workshop[]> {
      let query = rows().where('archived_at', filter.archived ? 'is not' : 'is', null);
      if (filter.search !== '') query = query.where('title_norm', 'like', `%${filter.search.replace(/[%_\\]/g, '')}%`);
      const last = filter.after === null ? null : await this.byId(filter.after);
      if (last)
        query = query.where(({ or, and, eb }) =>
          or([eb('created_at', '<', last.createdAt), and([eb('created_at', '=', last.createdAt), eb('id', '<', last.id)])]),
        );
      const found = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
      return found.map(toWorkshop);
    },
    async setStage(id: string, state: StageState, ifRevision: number): Promise<boolean> {
      const changed = await db
        .updateTable('workshops')
        .set({
          stage_id: state.stageId,
          stage_started_at: state.startedAt,
          stage_ends_at: state.endsAt,
          locked: bit(state.locked),
          private: bit(state.private),
          anonymous: bit(state.anonymous),
          revision: ifRevision + 1,
          paused_left: state.pausedLeft ?? null,
          focus: json(state.focus),
        })
        .where('id', '=', id)
        .where('revision', '=', ifRevision)
        .executeTakeFirst();
      return changed.numUpdatedRows === 1n;
    },
    async change(
      id: string,
      to: Partial<{ title: string; titleNorm: string; timeZone: string; status: 'open' | 'closed'; doorOpen: boolean; namesNeeded: boolean; organisationNeeded: boolean; strategyId: string | null }>,
    ): Promise<void> {
      const values = {
        ...(to.title !== undefined && { title: to.title, titles: JSON.stringify({}) }),
        ...(to.titleNorm !== undefined && { title_norm: to.titleNorm }),
        ...(to.timeZone !== undefined && { time_zone: to.timeZone }),
        ...(to.status !== undefined && { status: to.status }),
        ...(to.doorOpen !== undefined && { door_open: bit(to.doorOpen) }),
        ...(to.namesNeeded !== undefined && { names_needed: bit(to.namesNeeded) }),
        ...(to.organisationNeeded !== undefined && { organisation_needed: bit(to.organisationNeeded) }),
        ...(to.strategyId !== undefined && { strategy_id: to.strategyId }),
      };
      if (Object.keys(values).length > 0) await db.updateTable('workshops').set(values).where('id', '=', id).execute();
    },
    async archive(id: string, at: number | null): Promise<void> {
      await db.updateTable('workshops').set({ archived_at: at }).where('id', '=', id).execute();
    },
    /** Leaves a tombstone: the row stays, invisible to every query here, and its documents are refused for good. */
    async remove(id: string, at: number): Promise<void> {
      await db.updateTable('workshops').set({ deleted_at: at }).where('id', '=', id).execute();
    },

    async organisations(workshopId: string): Promise<Organisation[]> {
      const found = await db.selectFrom('organisations').selectAll().where('workshop_id', '=', workshopId).orderBy('position').orderBy('id').execute();
      return found.map(({ id, name, seats }) => ({ id, name, seats }));
    },
    async organisationByName(workshopId: string, nameNorm: string): Promise<Organisation | null> {
      const row = await db.selectFrom('organisations').selectAll().where('workshop_id', '=', workshopId).where('name_norm', '=', nameNorm).executeTakeFirst();
      return row ? { id: row.id, name: row.name, seats: row.seats } : null;
    },
    /** Does nothing where the name exists already (two people of one new body joining at once). */
    async insertOrganisation(workshopId: string, organisation: Organisation, nameNorm: string, position: number): Promise<void> {
      await db
        .insertInto('organisations')
        .values({ id: organisation.id, name: organisation.name, seats: organisation.seats, workshop_id: workshopId, name_norm: nameNorm, position })
        .onConflict((conflict) => conflict.columns(['workshop_id', 'name_norm']).doNothing())
        .execute();
    },
    async stages(workshopId: string): Promise<StoredStage[]> {
      const found = await db.selectFrom('stages').selectAll().where('workshop_id', '=', workshopId).orderBy('position').execute();
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
          await trx.insertInto('stages').values({ id: stage.id, workshop_id: workshopId, position, ...stageValues(stage) }).execute();
      });
    },
    /** Ends what runs and begins the next; `id` names the new row. */
    async beginStage(workshopId: string, id: string, stageId: string, at: number): Promise<void> {
      await this.endStage(workshopId, at);
      await db.insertInto('stage_log').values({ id, workshop_id: workshopId, stage_id: stageId, started_at: at, ended_at: null }).execute();
    },
    async endStage(workshopId: string, at: number): Promise<void> {
      await db.updateTable('stage_log').set({ ended_at: at }).where('workshop_id', '=', workshopId).where('ended_at', 'is', null).execute();
    },
    async stageRuns(workshopId: string): Promise<StageRun[]> {
      const found = await db.selectFrom('stage_log').selectAll().where('workshop_id', '=', workshopId).orderBy('started_at').execute();
      return found.map((row) => ({ stageId: row.stage_id, startedAt: row.started_at, endedAt: row.ended_at }));
    },
    /** Open workshops in which people write anonymously and not in private now. */
    async anonymousNow(): Promise<Workshop[]> {
      const found = await rows().where('anonymous', '=', 1).where('private', '=', 0).where('status', '=', 'open').execute();
      return found.map(toWorkshop);
    },
    async lockParts(boardId: string, locks: Locks): Promise<void> {
      await db.updateTable('boards').set({ locks: JSON.stringify(locks) }).where('id', '=', boardId).execute();
    },
    async setLeader(id: string, accountId: string): Promise<void> {
      await db.updateTable('workshops').set({ led_by: accountId }).where('id', '=', id).execute();
    },
    async boards(workshopId: string): Promise<StoredBoard[]> {
      return (await boardRows().where('workshop_id', '=', workshopId).orderBy('position').execute()).map(toBoard);
    },
    async board(id: string): Promise<StoredBoard | null> {
      const row = await boardRows().where('id', '=', id).executeTakeFirst();
      return row ? toBoard(row) : null;
    },
  };
}
