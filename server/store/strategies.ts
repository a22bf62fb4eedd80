/** Strategies, what was inserted into their drafts, and the named versions. The draft's text is a Y.Doc, not a row. */
import type { Language } from '#core/people/caller.ts';
import type { DraftStatus } from '#core/strategy/version.ts';
import type { Queries } from './db.ts';
import { versionStore } from './versions.ts';

export interface Strategy {
  readonly id: string;
  readonly title: string;
  /** First and last calendar year. */
  readonly periodStart: number;
  readonly periodEnd: number;
  readonly languages: readonly Language[];
  readonly createdBy: string;
  readonly createdAt: number;
  readonly archivedAt: number | null;
  /** Left out: draft. */
  readonly status?: DraftStatus;
}

export interface DraftInsert {
  readonly id: string;
  readonly strategyId: string;
  readonly snapshotId: string;
  readonly accountId: string;
  readonly insertedAt: number;
}

export function strategyStore(db: Queries) {
  // A deleted strategy is a tombstone: its row stays so that its documents are refused for good, and no query sees it.
  const rows = () => db.selectFrom('strategies').selectAll().where('deleted_at', 'is', null);
  type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;
  const toStrategy = (row: Row): Strategy => ({
    id: row.id,
    title: row.title,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    languages: JSON.parse(row.languages) as Language[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    archivedAt: row.archived_at,
    status: row.status as DraftStatus,
  });
  const byId = async (id: string): Promise<Strategy | null> => {
    const row = await rows().where('id', '=', id).executeTakeFirst();
    return row ? toStrategy(row) : null;
  };

  return {
    byId,
    ...versionStore(db),
    async insert(strategy: Strategy, titleNorm: string): Promise<void> {
      await db
        .insertInto('strategies')
        .values({
          id: strategy.id,
          title: strategy.title,
          title_norm: titleNorm,
          period_start: strategy.periodStart,
          period_end: strategy.periodEnd,
          languages: JSON.stringify(strategy.languages),
          created_by: strategy.createdBy,
          created_at: strategy.createdAt,
          archived_at: strategy.archivedAt,
          deleted_at: null,
        })
        .execute();
    },
    /** Newest first; `after` is the last of the page before, `search` is folded. */
    async list(filter: {
      search: string;
      archived: boolean;
      after: string | null;
      limit: number;
    }): Promise<Strategy[]> {
      let query = rows().where('archived_at', filter.archived ? 'is not' : 'is', null);
      if (filter.search !== '') query = query.where('title_norm', 'like', `%${filter.search.replace(/[%_\\]/g, '')}%`);
      const last = filter.after === null ? null : await byId(filter.after);
      if (last)
        query = query.where(({ or, and, eb }) =>
          or([
            eb('created_at', '<', last.createdAt),
            and([eb('created_at', '=', last.createdAt), eb('id', '<', last.id)]),
          ]),
        );
      const found = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
      return found.map(toStrategy);
    },
    async change(
      id: string,
      to: { title: string; titleNorm: string; periodStart: number; periodEnd: number; languages: readonly Language[] },
    ): Promise<void> {
      await db
        .updateTable('strategies')
        .set({
          title: to.title,
          title_norm: to.titleNorm,
          period_start: to.periodStart,
          period_end: to.periodEnd,
          languages: JSON.stringify(to.languages),
        })
        .where('id', '=', id)
        .execute();
    },
    async archive(id: string, at: number | null): Promise<void> {
      await db.updateTable('strategies').set({ archived_at: at }).where('id', '=', id).execute();
    },
    /** False where it was in another state: somebody else was faster. */
    async changeStatus(id: string, from: DraftStatus, to: DraftStatus): Promise<boolean> {
      const done = await db
        .updateTable('strategies')
        .set({ status: to })
        .where('id', '=', id)
        .where('status', '=', from)
        .executeTakeFirst();
      return Number(done.numUpdatedRows) === 1;
    },
    async remove(id: string, at: number): Promise<void> {
      await db.updateTable('strategies').set({ deleted_at: at }).where('id', '=', id).execute();
    },
    /** The living workshops that belong to a strategy. */
    async workshopIds(id: string): Promise<string[]> {
      const found = await db
        .selectFrom('workshops')
        .select('id')
        .where('strategy_id', '=', id)
        .where('deleted_at', 'is', null)
        .orderBy('created_at')
        .execute();
      return found.map((row) => row.id);
    },

    /** False where this snapshot stands in this draft already. */
    async recordInsert(insert: DraftInsert): Promise<boolean> {
      const added = await db
        .insertInto('draft_inserts')
        .values({
          id: insert.id,
          strategy_id: insert.strategyId,
          snapshot_id: insert.snapshotId,
          account_id: insert.accountId,
          inserted_at: insert.insertedAt,
        })
        .onConflict((conflict) => conflict.columns(['strategy_id', 'snapshot_id']).doNothing())
        .executeTakeFirst();
      return Number(added.numInsertedOrUpdatedRows ?? 0) === 1;
    },
    async forgetInsert(strategyId: string, snapshotId: string): Promise<void> {
      await db
        .deleteFrom('draft_inserts')
        .where('strategy_id', '=', strategyId)
        .where('snapshot_id', '=', snapshotId)
        .execute();
    },
    async inserts(strategyId: string): Promise<DraftInsert[]> {
      const found = await db
        .selectFrom('draft_inserts')
        .selectAll()
        .where('strategy_id', '=', strategyId)
        .orderBy('inserted_at')
        .orderBy('id')
        .execute();
      return found.map((row) => ({
        id: row.id,
        strategyId: row.strategy_id,
        snapshotId: row.snapshot_id,
        accountId: row.account_id,
        insertedAt: row.inserted_at,
      }));
    },
  };
}
