/** Named versions of drafts: append-only. The text never changes; whether a version is public may. */
import type { Adoption, DraftStatus } from '#core/strategy/version.ts';
import type { Queries } from './db.ts';

export interface VersionHead {
  readonly id: string;
  readonly strategyId: string;
  readonly title: string;
  readonly accountId: string;
  readonly createdAt: number;
  /** Left out: draft. */
  readonly status?: DraftStatus;
  /** SHA-256 of the canonical JSON of the content; null for those kept before there were hashes. */
  readonly hash?: string | null;
  readonly adoption?: Adoption | null;
  /** The secret of its public address; null: not published. */
  readonly publicKey?: string | null;
}

export interface StoredVersion extends VersionHead {
  /** The draft as JSON (core/strategy/draft). */
  readonly content: string;
}

const HEAD = [
  ...(['id', 'strategy_id', 'title', 'account_id', 'created_at'] as const),
  ...(['status', 'hash', 'adoption', 'public_key'] as const),
] as const;

interface VersionRow {
  id: string;
  strategy_id: string;
  title: string;
  account_id: string;
  created_at: number;
  status: string;
  hash: string | null;
  adoption: string | null;
  public_key: string | null;
}

const toVersion = (row: VersionRow): VersionHead => ({
  id: row.id,
  strategyId: row.strategy_id,
  title: row.title,
  accountId: row.account_id,
  createdAt: row.created_at,
  status: row.status as DraftStatus,
  hash: row.hash,
  adoption: row.adoption === null ? null : (JSON.parse(row.adoption) as Adoption),
  publicKey: row.public_key,
});

export function versionStore(db: Queries) {
  return {
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
          status: version.status ?? 'draft',
          hash: version.hash ?? null,
          adoption: version.adoption ? JSON.stringify(version.adoption) : null,
          public_key: version.publicKey ?? null,
        })
        .execute();
    },
    /** Newest first, without their content. */
    async versions(strategyId: string): Promise<VersionHead[]> {
      const found = await db
        .selectFrom('draft_versions')
        .select(HEAD)
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
    async publicVersion(key: string): Promise<StoredVersion | null> {
      const row = await db.selectFrom('draft_versions').selectAll().where('public_key', '=', key).executeTakeFirst();
      return row ? { ...toVersion(row), content: row.content } : null;
    },
    /** null takes the public page away. */
    async publishVersion(id: string, key: string | null): Promise<void> {
      await db.updateTable('draft_versions').set({ public_key: key }).where('id', '=', id).execute();
    },
  };
}
