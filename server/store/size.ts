/** How much stands in the store, for metrics and `doctor`: figures only. */
import { sql } from 'kysely';
import type { Db } from './db.ts';

export interface StoreSize {
  /** Edits that no compaction has folded yet. */
  readonly edits: number;
  readonly bytes: number;
  /** Time of the latest thing in it, epoch milliseconds; a clock that runs behind it is wrong. */
  readonly latest: number;
}

export async function sizeOf({ kysely, kind, sqlite }: Db): Promise<StoreSize> {
  const { n } = await kysely
    .selectFrom('doc_log')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const latest = await kysely
    .selectFrom('audit_log')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst();
  let bytes = 0;
  if (kind === 'postgres') {
    const size = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(kysely);
    bytes = Number(size.rows[0]?.bytes ?? 0);
  } else if (sqlite)
    bytes =
      Number(sqlite.pragma('page_count', { simple: true })) * Number(sqlite.pragma('page_size', { simple: true }));
  return { edits: Number(n), bytes, latest: Number(latest?.at ?? 0) };
}

/** Names of documents that have anything in the log. */
export async function documentsIn({ kysely }: Db): Promise<string[]> {
  const logged = await kysely.selectFrom('doc_log').select('document').distinct().execute();
  const folded = await kysely.selectFrom('doc_states').select('document').execute();
  return [...new Set([...logged, ...folded].map(({ document }) => document))].sort();
}

/** What SQLite itself says of its file; null: nothing wrong. PostgreSQL looks after itself. */
export function integrityOf({ sqlite }: Db): string | null {
  const verdict = sqlite?.pragma('quick_check', { simple: true }) ?? 'ok';
  return verdict === 'ok' ? null : String(verdict);
}
