/** Backups of the SQLite store: whole while it is in use, without what ties a ballot of an open secret round to anybody. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { backupSqlite, isSoundSqlite, serverHolds } from '#server/store/backup.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const home = mkdtempSync(join(tmpdir(), 'ashar-backup-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

test('[O3] a backup made during writing is a whole store, and restores to a state in between', async () => {
  const db = await openSqlite(join(home, 'live.sqlite'));
  const store = storeOn(db);
  const writing = (async () => {
    for (let made = 0; made < 40; made++) await insertWorkshop(store);
  })();
  await backupSqlite(join(home, 'live.sqlite'), join(home, 'copy.sqlite'));
  await writing;
  expect(isSoundSqlite(join(home, 'copy.sqlite'))).toBe(true);
  expect(serverHolds(join(home, 'live.sqlite'))).toBe(true);
  await store.close();
  expect(serverHolds(join(home, 'live.sqlite'))).toBe(false);
  const restored = storeOn(await openSqlite(join(home, 'copy.sqlite')));
  const found = await restored.workshops.list({ search: '', archived: false, after: null, limit: 100 });
  expect(found.length).toBeLessThanOrEqual(40);
  await restored.close();
});

test('[O4] a backup holds neither the key of an open secret round nor the organisation of its ballots', async () => {
  const path = join(home, 'round.sqlite');
  const db = await openSqlite(path);
  const { workshopId, boardId } = await insertWorkshop(storeOn(db), [{ name: 'ГАМСУМО' }]);
  const round = {
    id: 'r',
    workshop_id: workshopId,
    board_id: boardId,
    settings: '{}',
    options: '[]',
    status: 'open',
    position: 0,
  };
  const key = Buffer.from('a key that must stay here, 32 by');
  db.sqlite?.exec(`pragma foreign_keys = off`);
  db.sqlite
    ?.prepare(
      `insert into rounds (id, workshop_id, board_id, settings, options, status, position, round_key, eligible, cast_count, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, 1, 1, 1)`,
    )
    .run(...Object.values(round), key);
  db.sqlite
    ?.prepare(
      `insert into ballots (round_id, voter_key, organisation_id, content, spent, budget, receipt, source) values ('r', 'v', 'organisation-of-one', '{}', 0, 1, 'x', 'device')`,
    )
    .run();
  await backupSqlite(path, join(home, 'round-copy.sqlite'));
  await db.close();
  const copy = await openSqlite(join(home, 'round-copy.sqlite'));
  expect(await copy.kysely.selectFrom('rounds').select('round_key').execute()).toEqual([{ round_key: null }]);
  expect(await copy.kysely.selectFrom('ballots').select('organisation_id').execute()).toEqual([
    { organisation_id: null },
  ]);
  await copy.close();
  const bytes = readFileSync(join(home, 'round-copy.sqlite'));
  expect(bytes.includes(key)).toBe(false);
  expect(bytes.includes('organisation-of-one')).toBe(false);
});

test('[O5] what is no store of ours is not taken for a backup', () => {
  writeFileSync(join(home, 'other.sqlite'), 'something else');
  expect(isSoundSqlite(join(home, 'other.sqlite'))).toBe(false);
  expect(isSoundSqlite(join(home, 'missing.sqlite'))).toBe(false);
});
