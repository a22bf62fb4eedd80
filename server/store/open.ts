/** Opens the store that the settings name and puts the repositories on it. */
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { accountStore } from './accounts.ts';
import { auditStore } from './audit.ts';
import { inTransaction, openPostgres, openSqlite, type Db, type Queries } from './db.ts';
import { documentStore } from './documents.ts';
import { findingStore } from './findings.ts';
import { updateLog } from './log.ts';
import { materialStore } from './materials.ts';
import { noteStore } from './notes.ts';
import { participantStore } from './participants.ts';
import type { Repositories, Store } from './port.ts';
import { practiceStore } from './practice.ts';
import { privacyStore } from './privacy.ts';
import { revocationStore } from './revocations.ts';
import { roundStore } from './rounds.ts';
import { signalStore } from './signals.ts';
import { documentsIn, integrityOf, sizeOf } from './size.ts';
import { snapshotStore } from './snapshots.ts';
import { splitStore } from './splits.ts';
import { strategyStore } from './strategies.ts';
import { templateStore } from './templates.ts';
import { translationStore } from './translations.ts';
import { workingGroupStore } from './working-group.ts';
import { workshopStore } from './workshops.ts';

/** The file of the SQLite store inside DATA_DIR. */
export const STORE_FILE = 'ashar.sqlite';

function repositories(queries: Queries, kind: Db['kind']): Repositories {
  return {
    accounts: accountStore(queries),
    audit: auditStore(queries, kind),
    practice: practiceStore(queries, kind),
    privacy: privacyStore(queries),
    revocations: revocationStore(queries),
    workshops: workshopStore(queries),
    participants: participantStore(queries),
    materials: materialStore(queries),
    notes: noteStore(queries),
    papers: documentStore(queries),
    findings: findingStore(queries),
    rounds: roundStore(queries, kind),
    signals: signalStore(queries),
    snapshots: snapshotStore(queries),
    splits: splitStore(queries),
    strategies: strategyStore(queries),
    templates: templateStore(queries),
    translations: translationStore(queries),
    workingGroup: workingGroupStore(queries),
  };
}

/**
 * PostgreSQL keeps deleted rows in its files until their place is needed. Asked to clear them it does so soon, and cuts off
 * the empty end of a table; it promises no more (the page on secrecy says so). Where it may not, autovacuum comes later.
 */
async function clearDeadRows({ kysely }: Db): Promise<void> {
  await sql`vacuum (skip_locked) rounds, ballots, ballot_commands, desk_entries`.execute(kysely);
}

/** First number of the advisory locks under which one instance works for all. */
const ALONE = 0x616c6f6e;

async function aloneOn(db: Db, name: string, work: () => Promise<void>): Promise<boolean> {
  if (db.kind === 'sqlite') return work().then(() => true);
  return db.kysely.transaction().execute(async (trx) => {
    const lock = sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${ALONE}, hashtext(${name})) as got`;
    const isMine = (await lock.execute(trx)).rows[0]?.got === true;
    if (isMine) await work();
    return isMine;
  });
}

/** A store over an open connection. */
export function storeOn(db: Db): Store {
  return {
    ...repositories(db.kysely, db.kind),
    kind: db.kind,
    log: updateLog(db),
    transaction: (work) => inTransaction(db.kysely, (trx) => work(repositories(trx, db.kind))),
    documents: () => documentsIn(db),
    size: () => sizeOf(db),
    integrity: () => integrityOf(db),
    ready: async () => {
      await sql`select 1`.execute(db.kysely);
    },
    name: async () => (await db.kysely.selectFrom('store_name').select('name').executeTakeFirstOrThrow()).name,
    alone: (name, work) => aloneOn(db, name, work),
    checkpoint: async () => {
      if (db.sqlite) db.sqlite.pragma('wal_checkpoint(TRUNCATE)');
      else await clearDeadRows(db).catch(() => undefined);
    },
    close: () => db.close(),
  };
}

export async function openStore(config: Config, onError: (error: Error) => void): Promise<Store> {
  const db = config.databaseUrl
    ? await openPostgres(config.databaseUrl, onError)
    : await openSqlite(join(config.dataDir, STORE_FILE));
  return storeOn(db);
}
