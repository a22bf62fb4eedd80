/** Strategies, what was inserted into their drafts, and the named versions. The draft's text is a Y.Doc, not a row. */
import type { Language } from '#core/people/caller.ts';
import type { Queries } from './db.ts';

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
}

export interface DraftInsert {
  readonly id: string;
  readonly strategyId: string;
  readonly snapshotId: string;
  readonly accountId: string;
  readonly insertedAt: number;
}

export interface VersionHead {
  readonly id: string;
  readonly strategyId: string;
  readonly title: string;
  readonly accountId: string;
  readonly createdAt: number;
}

export interface StoredVersion extends VersionHead {
  /** The draft as JSON (core/strategy/draft). */
  readonly content: string;
}

interface VersionRow {
  id: string;
  strategy_id: string;
  title: string;
  account_id: string;
  created_at: number;
}

const toVersion = (row: VersionRow): VersionHead => ({
  id: row.id,
  strategyId: row.strategy_id,
  title: row.title,
  accountId: row.account_id,
  createdAt: row.created_at,
});

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
  });
  const byId = async (id: string): Promise<Strategy | null> => {
    const row = await rows().where('id', '=', id).executeTakeFirst();
    return row ? toStrategy(row) : null;
  };

  return {
    byId,
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

    async insertVersion(version: StoredVersion): Promise<void> {
      await db
        .insertInto('draft_versions')
        .values({
          id: version.id,
          strategy_id: version.strategyId,
          title: version.title,
          content: version.content,
          account_id: version.accountId,
          created_at: version.createdAt,
        })
        .execute();
    },
    /** Newest first, without their content. */
    async versions(strategyId: string): Promise<VersionHead[]> {
      const found = await db
        .selectFrom('draft_versions')
        .select(['id', 'strategy_id', 'title', 'account_id', 'created_at'])
        .where('strategy_id', '=', strategyId)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return found.map(toVersion);
    },
    async version(strategyId: string, id: string): Promise<StoredVersion | null> {
      const row = await db
        .selectFrom('draft_versions')
        .selectAll()
        .where('strategy_id', '=', strategyId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? { ...toVersion(row), content: row.content } : null;
    },
  };
}
