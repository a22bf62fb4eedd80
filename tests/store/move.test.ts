/** A store moved from SQLite to PostgreSQL by the command, and looked at with the product's own repositories. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openPostgres, openSqlite } from '#server/store/db.ts';
import { STORE_FILE, storeOn } from '#server/store/open.ts';
import { mergeLog } from '#server/live/restore.ts';
import { postgresMissing, startCluster, type Cluster } from '../contract/postgres.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';

const missing = postgresMissing();
if (missing) console.warn(missing);

describe.skipIf(missing !== null)('moving a store', () => {
  let cluster: Cluster;
  const home = mkdtempSync(join(tmpdir(), 'ashar-move-'));
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(async () => {
    await cluster.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const command = (to: string) =>
    spawnSync(process.execPath, ['server/cli/ashar.ts', 'migrate-store', '--to', to], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: home, DATABASE_URL: '', REDIS_URL: '' },
    });

  test('[O10] every row arrives as it was, numbers go on, and a target that holds something is left alone', async () => {
    const source = storeOn(await openSqlite(join(home, STORE_FILE)));
    const { workshopId, boardId } = await insertWorkshop(source, [{ name: 'Өнүктүрүү институту' }], [0, 0]);
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const letter of 'Кыргызча ң ө ү') doc.getText('t').insert(doc.getText('t').length, letter);
    const edits = updates.map((update) => ({
      document: `board/${boardId}`,
      update,
      personId: 'p',
      claims: [],
      createdNotes: [],
    }));
    const seqs = await source.log.append(edits);
    await source.log.compact(`board/${boardId}`, mergeLog);
    const name = await source.name();
    await source.close();

    const to = await cluster.newDatabase();
    const done = command(to);
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(/Moved and verified \d+ rows/);
    const target = storeOn(await openPostgres(to, () => undefined));
    expect((await target.workshops.byId(workshopId))?.id).toBe(workshopId);
    expect((await target.workshops.organisations(workshopId)).map((each) => each.name)).toEqual([
      'Өнүктүрүү институту',
    ]);
    expect(await target.name()).toBe(name);
    const { state } = await target.log.load(`board/${boardId}`);
    const read = new Y.Doc();
    if (state) Y.applyUpdateV2(read, state);
    expect(read.getText('t').toJSON()).toBe('Кыргызча ң ө ү');
    const next = await target.log.append(edits.slice(0, 1));
    expect(next[0]).toBeGreaterThan(seqs.at(-1) ?? 0);
    await target.close();

    const again = command(to);
    expect([again.status, again.stderr]).toEqual([1, expect.stringContaining('holds data already')]);
  });

  test('[O10] a store that a server holds is not moved', async () => {
    const held = await openSqlite(join(home, STORE_FILE));
    await held.kysely.selectFrom('store_name').selectAll().execute();
    const refused = command(await cluster.newDatabase());
    await held.close();
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
  });
});
