/**
 * Bringing a SQLite store of an older version up to date: a whole copy is put aside first, and where a step fails the store
 * is what it was before. SQLite's own transactions do not reach over the steps of a migration.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';

/** Names of the steps that were taken; null: the file is new, or no store of ours. */
export function stepsTaken(path: string): readonly string[] | null {
  if (path === ':memory:' || !existsSync(path)) return null;
  const db = new Sqlite(path, { readonly: true });
  try {
    const table = db.prepare(`select 1 from sqlite_master where name = 'kysely_migration'`).get();
    if (table === undefined) return null;
    return (db.prepare('select name from kysely_migration order by name').all() as { name: string }[]).map(
      ({ name }) => name,
    );
  } finally {
    db.close();
  }
}

/** A store that a newer version made: this one does not know what stands in it. */
export class NewerStore extends Error {
  constructor(steps: readonly string[]) {
    super(
      `The store was brought up to date by a newer version (${steps.join(', ')}): start that version, or restore a backup.`,
    );
  }
}

/**
 * Runs `migrate` on the store at `path`; with steps to take, after a copy `<path>.before-<last step>`, which stays.
 * @param known names of all steps of this version, in order
 */
export async function upgradeSqlite(
  path: string,
  known: readonly string[],
  migrate: () => Promise<void>,
): Promise<void> {
  const taken = stepsTaken(path);
  if (taken === null) return migrate();
  const newer = taken.filter((name) => !known.includes(name));
  if (newer.length > 0) throw new NewerStore(newer);
  if (known.every((name) => taken.includes(name))) return migrate();
  const copy = `${path}.before-${known.at(-1) ?? ''}`;
  if (!existsSync(copy)) {
    const db = new Sqlite(path, { readonly: true });
    try {
      await db.backup(`${copy}.part`);
    } finally {
      db.close();
    }
    for (const rest of ['-wal', '-shm']) rmSync(`${copy}.part${rest}`, { force: true });
    renameSync(`${copy}.part`, copy);
  }
  await migrate();
}

/** Puts the copy back in the place of a store that could not be brought up to date. */
export function putBack(path: string, known: readonly string[]): boolean {
  const copy = `${path}.before-${known.at(-1) ?? ''}`;
  if (path === ':memory:' || !existsSync(copy)) return false;
  for (const rest of ['-wal', '-shm']) rmSync(path + rest, { force: true });
  copyFileSync(copy, path);
  rmSync(copy, { force: true });
  return true;
}
