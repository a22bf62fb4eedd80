/**
 * The two engines behind the store port, as the contract suites open them: each `open` is a new, empty store; `again`
 * opens the same one a second time, as a second instance of the server would. SQLite belongs to one server (a second
 * connection in the same process would wait, blocked, for a transaction that cannot go on): there it is the same store.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPostgres, openSqlite, type Db } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { postgresMissing, startCluster, type Cluster } from './postgres.ts';

export interface Engine {
  readonly name: string;
  /** Why it cannot run here; null: it can. */
  readonly missing: string | null;
  open(): Promise<Store>;
  again(store: Store): Promise<Store>;
  /** Closes everything it opened. */
  stop(): Promise<void>;
}

function engine(
  name: string,
  missing: string | null,
  fresh: () => Promise<string>,
  openAt: (place: string) => Promise<Db>,
  done: () => Promise<void>,
  shared: boolean,
): Engine {
  const opened: Store[] = [];
  const places = new WeakMap<Store, string>();
  const at = async (place: string): Promise<Store> => {
    const store = storeOn(await openAt(place));
    opened.push(store);
    places.set(store, place);
    return store;
  };
  return {
    name,
    missing,
    open: async () => at(await fresh()),
    again: async (store) => (shared ? at(places.get(store) ?? '') : store),
    stop: async () => {
      for (const store of opened.splice(0)) await store.close();
      await done();
    },
  };
}

export function sqliteEngine(): Engine {
  const home = mkdtempSync(join(tmpdir(), 'ashar-sqlite-'));
  let files = 0;
  return engine(
    'SQLite',
    null,
    async () => join(home, `suite-${++files}.sqlite`),
    openSqlite,
    async () => rmSync(home, { recursive: true, force: true }),
    false,
  );
}

export function postgresEngine(): Engine {
  let cluster: Cluster | null = null;
  const fresh = async (): Promise<string> => {
    cluster ??= await startCluster();
    return cluster.newDatabase();
  };
  const ignoreIdleErrors = () => undefined;
  return engine(
    'PostgreSQL',
    postgresMissing(),
    fresh,
    (url) => openPostgres(url, ignoreIdleErrors),
    async () => cluster?.stop(),
    true,
  );
}
