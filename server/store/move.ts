/**
 * Moves a whole store from SQLite to PostgreSQL: every table, in one transaction, and held against the source row by row
 * before anything is committed. It knows no table by name: what the migrations made on both engines is what is moved.
 */
import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import pg from 'pg';

/** Rows of one statement. */
const MOST = 200;
/** Made by the migrations themselves on both sides: the source's replace the target's. */
const MADE_WITH_THE_STORE = ['store_name', 'meta'];

export interface Moved {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over the hashes of all rows, in their order: the same on both sides. */
  readonly hash: string;
}

/** Why nothing was moved. */
export class NotMoved extends Error {}

type Row = Record<string, unknown>;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly after: readonly string[];
}

/** A value as it is the same on both engines. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString('hex')}`;
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;
}

class Fingerprint {
  readonly #rows: string[] = [];

  add(columns: readonly string[], row: Row): void {
    const text = JSON.stringify(columns.map((column) => plain(row[column] ?? null)));
    this.#rows.push(createHash('sha256').update(text).digest('hex'));
  }

  get rows(): number {
    return this.#rows.length;
  }

  get hash(): string {
    return createHash('sha256').update(this.#rows.sort().join('\n')).digest('hex');
  }
}

/** Tables so that each comes after those it points to. */
function tablesOf(db: Sqlite.Database): Table[] {
  const names = db
    .prepare(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%' order by name`,
    )
    .pluck()
    .all() as string[];
  const waiting = names.map((name) => ({
    name,
    columns: (db.pragma(`table_info(${name})`) as { name: string }[]).map((column) => column.name),
    after: (db.pragma(`foreign_key_list(${name})`) as { table: string }[]).map(({ table }) => table),
  }));
  const sorted: Table[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ name, after }) =>
      after.every((other) => other === name || sorted.some((done) => done.name === other)),
    );
    const [table] = waiting.splice(Math.max(0, next), 1);
    if (table) sorted.push(table);
  }
  return sorted;
}

async function copy(source: Sqlite.Database, target: pg.Client, { name, columns }: Table): Promise<Fingerprint> {
  const fingerprint = new Fingerprint();
  const quoted = columns.map((column) => `"${column}"`).join(', ');
  let batch: Row[] = [];
  const write = async (): Promise<void> => {
    if (batch.length === 0) return;
    const places = batch.map(
      (_, row) => `(${columns.map((_name, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
    );
    const values = batch.flatMap((row) => columns.map((column) => row[column] ?? null));
    await target.query(`insert into "${name}" (${quoted}) overriding system value values ${places.join(', ')}`, values);
    batch = [];
  };
  for (const row of source.prepare(`select ${quoted} from "${name}"`).iterate() as IterableIterator<Row>) {
    fingerprint.add(columns, row);
    batch.push(row);
    if (batch.length >= Math.min(MOST, Math.floor(60_000 / columns.length))) await write();
  }
  await write();
  return fingerprint;
}

async function read(target: pg.Client, { name, columns }: Table): Promise<Fingerprint> {
  const fingerprint = new Fingerprint();
  const quoted = columns.map((column) => `"${column}"`).join(', ');
  await target.query(`declare all_rows no scroll cursor for select ${quoted} from "${name}"`);
  for (;;) {
    const { rows } = await target.query<Row>('fetch 1000 from all_rows');
    for (const row of rows) fingerprint.add(columns, row);
    if (rows.length === 0) break;
  }
  await target.query('close all_rows');
  return fingerprint;
}

/** Numbers that were given are never given again, also those of rows that are gone. */
async function goOnCounting(source: Sqlite.Database, target: pg.Client): Promise<void> {
  const counted = source.prepare(`select name, seq from sqlite_sequence`).all() as { name: string; seq: number }[];
  for (const { name, seq } of counted) {
    const found = await target.query<{ column_name: string }>(
      `select column_name from information_schema.columns
       where table_schema = current_schema() and table_name = $1 and is_identity = 'YES'`,
      [name],
    );
    for (const { column_name: column } of found.rows)
      await target.query(`select setval(pg_get_serial_sequence($1, $2), $3)`, [name, column, Math.max(1, seq)]);
  }
}

/**
 * Both stores must have been opened (and so brought up to date) by this version, and nobody may use either meanwhile.
 * Throws NotMoved with a sentence; then the target is as it was.
 */
export async function moveStore(sqliteFile: string, url: string): Promise<readonly Moved[]> {
  const source = new Sqlite(sqliteFile, { readonly: true });
  const target = new pg.Client({ connectionString: url });
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  await target.connect();
  try {
    const tables = tablesOf(source);
    await target.query('begin');
    for (const { name } of tables) {
      if (MADE_WITH_THE_STORE.includes(name)) await target.query(`delete from "${name}"`);
      const { rows } = await target.query(`select 1 from "${name}" limit 1`);
      if (rows.length > 0) throw new NotMoved(`The target holds data already (table ${name}); nothing was moved.`);
    }
    const moved: Moved[] = [];
    for (const table of tables) {
      const before = await copy(source, target, table);
      const after = await read(target, table);
      if (before.rows !== after.rows || before.hash !== after.hash)
        throw new NotMoved(`Table ${table.name} did not arrive as it was; nothing was moved.`);
      moved.push({ table: table.name, rows: after.rows, hash: after.hash });
    }
    await goOnCounting(source, target);
    await target.query('commit');
    return moved;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await target.end();
    source.close();
  }
}
