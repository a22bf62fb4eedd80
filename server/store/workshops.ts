/** Workshops with their organisations, stages and boards. What a workshop is like now (stage, lock, time) is truth here. */
import type { Language } from '#core/people/caller.ts';
import type { RoomFocus } from '#core/room/room.ts';
import { inTransaction, type Queries } from './db.ts';
import {
  bit,
  json,
  parsed,
  stageValues,
  workshopParts,
  type Organisation,
  type StoredBoard,
  type StoredStage,
  type Titles,
} from './workshop-parts.ts';

export type { Organisation, StageRun, StoredBoard, StoredStage, Titles } from './workshop-parts.ts';

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
  /** The workshop that is rehearsed here with simulated people. */
  readonly rehearsalOf?: string | null;
}

export interface WorkshopParts {
  readonly organisations: readonly (Organisation & { readonly nameNorm: string })[];
  readonly boards: readonly StoredBoard[];
  readonly stages: readonly StoredStage[];
}

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
    rehearsalOf: row.rehearsal_of,
  });
  const one = async (query: ReturnType<typeof rows>): Promise<Workshop | null> => {
    const row = await query.executeTakeFirst();
    return row ? toWorkshop(row) : null;
  };
  return {
    ...workshopParts(db),
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
            rehearsal_of: workshop.rehearsalOf ?? null,
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
    async list(filter: {
      search: string;
      archived: boolean;
      after: string | null;
      limit: number;
    }): Promise<Workshop[]> {
      let query = rows()
        .where('archived_at', filter.archived ? 'is not' : 'is', null)
        .where('rehearsal_of', 'is', null);
      if (filter.search !== '') query = query.where('title_norm', 'like', `%${filter.search.replace(/[%_\\]/g, '')}%`);
      const last = filter.after === null ? null : await this.byId(filter.after);
      if (last)
        query = query.where(({ or, and, eb }) =>
          or([
            eb('created_at', '<', last.createdAt),
            and([eb('created_at', '=', last.createdAt), eb('id', '<', last.id)]),
          ]),
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
      to: Partial<{
        title: string;
        titleNorm: string;
        timeZone: string;
        status: 'open' | 'closed';
        doorOpen: boolean;
        namesNeeded: boolean;
        organisationNeeded: boolean;
        strategyId: string | null;
      }>,
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
    /** Open workshops in which people write anonymously and not in private now. */
    async anonymousNow(): Promise<Workshop[]> {
      const found = await rows()
        .where('anonymous', '=', 1)
        .where('private', '=', 0)
        .where('status', '=', 'open')
        .execute();
      return found.map(toWorkshop);
    },
    async setLeader(id: string, accountId: string): Promise<void> {
      await db.updateTable('workshops').set({ led_by: accountId }).where('id', '=', id).execute();
    },
  };
}
