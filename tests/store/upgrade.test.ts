/** Stores of every released version open, with a copy put aside first; a step that fails leaves the store as it was. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import { NewerStore, putBack, stepsTaken, upgradeSqlite } from '#server/store/upgrade.ts';

const home = mkdtempSync(join(tmpdir(), 'ashar-upgrade-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function old(name: string): string {
  const path = join(home, name);
  const db = new Sqlite(path);
  db.pragma('journal_mode = WAL');
  db.exec(readFileSync('tests/fixtures/store-0002.sql', 'utf8'));
  db.close();
  return path;
}
const steps = readdirSync('server/store/migrations')
  .map((file) => file.replace('.ts', ''))
  .sort();

test('[O20] a store of the first version opens: what it held is there, and a copy of it is kept', async () => {
  const path = old('first.sqlite');
  const store = storeOn(await openSqlite(path));
  expect(await store.workshops.byId('workshop1')).toMatchObject({ title: 'Обсуждение проекта стратегии', revision: 3 });
  expect(await store.participants.inWorkshop('workshop1')).toMatchObject([{ name: 'Участник' }]);
  expect(await store.notes.authorsOf('board1')).toMatchObject([{ noteId: 'note1', personId: 'participant1' }]);
  expect(await store.rounds.inWorkshop('workshop1')).toMatchObject([{ id: 'round1', status: 'closed' }]);
  expect(await store.accounts.sessionsOf('account1')).toMatchObject([{ device: null }]);
  expect(await store.snapshots.ids()).toEqual(['snapshot1']);
  // It can be written to as well.
  await store.audit.append({ at: 1, actorId: 'a', actorRole: 'admin', act: 'x', subject: null, detail: null });
  await store.close();
  expect(stepsTaken(path)).toEqual(steps);
  expect(stepsTaken(`${path}.before-${steps.at(-1)}`)).toEqual(['0001-foundation', '0002-rounds-and-desk']);
  // The second start has nothing to do.
  const copies = (): string[] => readdirSync(home).filter((file) => /\.before-[\w-]+$/.test(file));
  const before = copies();
  await storeOn(await openSqlite(path)).close();
  expect(copies()).toEqual(before);
});

test('[O20] a step that fails leaves the store as it was', async () => {
  const path = old('failing.sqlite');
  // What 0010 wants to make is there already, made by somebody's hand.
  const db = new Sqlite(path);
  db.exec('create table audit_log (x text)');
  db.close();
  await expect(openSqlite(path)).rejects.toThrow();
  expect(stepsTaken(path)).toEqual(['0001-foundation', '0002-rounds-and-desk']);
  const after = new Sqlite(path, { readonly: true });
  expect(after.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(after.prepare('select title from workshops').get()).toEqual({ title: 'Обсуждение проекта стратегии' });
  after.close();
});

test('[O20] a store of a newer version is not touched, and the sentence says what to do', async () => {
  const path = old('newer.sqlite');
  const db = new Sqlite(path);
  db.exec(`insert into kysely_migration values ('9999-later', '2030-01-01')`);
  db.close();
  await expect(openSqlite(path)).rejects.toThrow(NewerStore);
  expect(stepsTaken(path)).toEqual(['0001-foundation', '0002-rounds-and-desk', '9999-later']);
  expect(existsSync(`${path}.before-${steps.at(-1)}`)).toBe(false);
});

test('[O20] a new store needs no copy, and there is nothing to put back', async () => {
  const path = join(home, 'new.sqlite');
  let ran = 0;
  await upgradeSqlite(path, steps, async () => void (ran += 1));
  expect(ran).toBe(1);
  expect(putBack(path, steps)).toBe(false);
});
