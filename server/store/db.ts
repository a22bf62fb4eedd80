/**
 * One query language on two engines: SQLite (default; one file, WAL, synchronous=FULL so that "saved" survives a power cut)
 * and PostgreSQL. Opens the connection, brings the tables up to date, and evens out what the engines do differently.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Transaction,
} from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import pg from 'pg';
import * as foundation from './migrations/0001-foundation.ts';
import * as roundsAndDesk from './migrations/0002-rounds-and-desk.ts';
import * as tablesAndMaterials from './migrations/0003-tables-and-materials.ts';
import * as bondsAndFindings from './migrations/0004-bonds-and-findings.ts';
import * as ledViews from './migrations/0005-led-view.ts';
import * as crew from './migrations/0006-crew.ts';
import * as documents from './migrations/0007-documents.ts';
import * as workingGroup from './migrations/0008-working-group.ts';
import * as instances from './migrations/0009-instances.ts';
import * as trust from './migrations/0010-trust.ts';
import type { Tables } from './tables.ts';
import { NewerStore, putBack, upgradeSqlite } from './upgrade.ts';

export type Kind = 'sqlite' | 'postgres';

/** The open store: `kysely` for queries, `kind` where the engines differ. */
export interface Db {
  readonly kind: Kind;
  readonly kysely: Kysely<Tables>;
  /** SQLite only: the driver's own handle, for checkpoints and backups. */
  readonly sqlite: Sqlite.Database | null;
  close(): Promise<void>;
}

/** What queries run on: the store itself, or one transaction of it. */
export type Queries = Kysely<Tables> | Transaction<Tables>;

/** Every transaction takes the write lock at once: a reader that later writes would otherwise fail with SQLITE_BUSY. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

function sqliteDialect(database: Sqlite.Database): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateDriver({ database }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** Opens SQLite at a path (or ':memory:'), migrated. */
export async function openSqlite(path: string): Promise<Db> {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const sqlite = new Sqlite(path);
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'busy_timeout = 5000',
    'foreign_keys = ON',
    'secure_delete = ON',
  ])
    sqlite.pragma(pragma);
  const kysely = new Kysely<Tables>({ dialect: sqliteDialect(sqlite) });
  const known = (await migratorOf(kysely, 'sqlite').getMigrations()).map(({ name }) => name);
  try {
    await upgradeSqlite(path, known, () => migrate(kysely, 'sqlite'));
  } catch (error) {
    await kysely.destroy();
    if (!(error instanceof NewerStore)) putBack(path, known);
    throw error;
  }
  return { kind: 'sqlite', kysely, sqlite, close: () => kysely.destroy() };
}

/** Milliseconds that one statement may take: a server that hangs is a server that is away, and people are told so. */
const STATEMENT_MS = 10_000;

/** Opens PostgreSQL by its address, migrated. `onError` hears of connections that broke; the pool replaces them. */
export async function openPostgres(url: string, onError: (error: Error) => void): Promise<Db> {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    connectionTimeoutMillis: 5_000,
    query_timeout: STATEMENT_MS,
    keepAlive: true,
  });
  pool.on('error', onError);
  // In use, a connection that breaks speaks for itself as well; without a listener it would end the process.
  pool.on('connect', (client) => void client.on('error', onError));
  // Bringing a large store up to date takes as long as it takes.
  const patient = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 1 }) }),
  });
  await migrate(patient, 'postgres').finally(() => patient.destroy());
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { kind: 'postgres', kysely, sqlite: null, close: () => kysely.destroy() };
}

function migratorOf(kysely: Kysely<Tables>, kind: Kind): Migrator {
  const step = (migration: { up(db: Kysely<unknown>, kind: Kind): Promise<void> }): Migration => ({
    up: (db) => migration.up(db, kind),
  });
  return new Migrator({
    db: kysely,
    provider: {
      getMigrations: async () => ({
        '0001-foundation': step(foundation),
        '0002-rounds-and-desk': step(roundsAndDesk),
        '0003-tables-and-materials': step(tablesAndMaterials),
        '0004-bonds-and-findings': step(bondsAndFindings),
        '0005-led-view': step(ledViews),
        '0006-crew': step(crew),
        '0007-documents': step(documents),
        '0008-working-group': step(workingGroup),
        '0009-instances': step(instances),
        '0010-trust': step(trust),
      }),
    },
    // Each stands on 0001 and 0002 alone: they may come in any order.
    allowUnorderedMigrations: true,
  });
}

async function migrate(kysely: Kysely<Tables>, kind: Kind): Promise<void> {
  const { error } = await migratorOf(kysely, kind).migrateToLatest();
  if (error)
    throw error instanceof Error ? error : new Error('the store could not be brought up to date', { cause: error });
}

/** True where an insert met an existing key, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

/** Runs `work` in one transaction (the one that is open, if any); on SQLite it holds the write lock from its start. */
export function inTransaction<T>(db: Queries, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<Tables>) : db.transaction().execute(work);
}

/** `select … for update` where the engine has row locks; SQLite's transaction already excludes other writers. */
export function locking(db: Db): boolean {
  return db.kind === 'postgres';
}
