/** Copies of the SQLite file: made while it is in use, and judged before one is trusted. */
import Sqlite from 'better-sqlite3';

export async function backupSqlite(source: string, target: string): Promise<void> {
  const db = new Sqlite(source, { readonly: true });
  try {
    await db.backup(target);
  } finally {
    db.close();
  }
  const copy = new Sqlite(target);
  try {
    copy.pragma('secure_delete = ON');
    // A ballot with its organisation points to the person where an organisation sent one, and the key of a command is the
    // caller's own word: all ties stay behind.
    copy.exec(
      `update ballots set organisation_id = null where round_id in (select id from rounds where round_key is not null);
       update desk_entries set organisation_id = null where round_id in (select id from rounds where round_key is not null);
       delete from ballot_commands where round_id in (select id from rounds where round_key is not null);
       update rounds set round_key = null; vacuum;`,
    );
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** Whether a file is a whole store of ours. */
export function isSoundSqlite(file: string): boolean {
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(file, { readonly: true, fileMustExist: true });
    const sound = db.pragma('integrity_check', { simple: true }) === 'ok';
    return sound && db.prepare(`select 1 from sqlite_master where name = 'workshops'`).get() !== undefined;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/** Whether another process has the store open: in WAL mode nobody else may then leave it. */
export function serverHolds(file: string): boolean {
  let db: Sqlite.Database | null = null;
  try {
    db = new Sqlite(file, { timeout: 200 });
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('begin exclusive; rollback;');
    return false;
  } catch {
    return true;
  } finally {
    db?.close();
  }
}
