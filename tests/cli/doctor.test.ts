/** `doctor` finds what is wrong, says it in a sentence with how to mend it, and finds nothing where nothing is. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { initialBoardUpdate } from '#core/board/doc.ts';
import { diagnose } from '#server/cli/diagnosis.ts';
import { composeOffline, type Offline } from '#server/compose.ts';
import { readConfig } from '#server/config.ts';

let home: string;
let open: Offline;
const start = async (env: Record<string, string> = {}): Promise<void> => {
  open = await composeOffline(readConfig({ DATA_DIR: home, LOG_LEVEL: 'silent', RETENTION_DAYS: '365', ...env }));
};
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ashar-doctor-'));
  await start();
  const document = 'board/b1';
  await open.store.log.append([
    { document, update: initialBoardUpdate(), personId: null, claims: [], createdNotes: [] },
  ]);
  for (const act of ['one', 'two']) await open.store.audit.append({ ...ENTRY, act });
});
afterEach(async () => {
  await open.close();
  rmSync(home, { recursive: true, force: true });
});
const ENTRY = { at: 1, actorId: 'a', actorRole: 'admin', subject: null, detail: null };

/** With another hand than ours, as an accident or an intruder would. */
function by_hand(statements: string): void {
  const db = new Sqlite(join(home, 'ashar.sqlite'));
  db.exec(statements);
  db.close();
}

test('[O21] nothing is wrong where nothing is', async () => {
  expect(await diagnose(open, {})).toEqual({
    wrong: [],
    advice: [],
    looked: ['the store', '1 documents', '0 snapshots', 'the audit log'],
  });
});

test('[O21] a log that cannot be read, a snapshot and an audit entry that were changed are named, with how to mend it', async () => {
  by_hand(`
    update doc_log set body = x'0102030405';
    drop trigger audit_log_no_update;
    update audit_log set act = 'other' where seq = 1;
    pragma foreign_keys = off;
    insert into snapshots values ('s1', 'w1', 'T', 'h', 1, '{"hash":"wrong"}');
  `);
  const { wrong } = await diagnose(open, {});
  expect(wrong).toHaveLength(3);
  expect(wrong.join('\n')).toMatch(/log of board\/b1 cannot be read whole[^\n]*restore it from a backup/);
  expect(wrong.join('\n')).toMatch(/Snapshot s1 was changed[^\n]*backup/);
  expect(wrong.join('\n')).toMatch(/audit log was changed: entry 1/);
});

test('[O21] a clock behind the store, a bus that does not answer, settings that do not fit', async () => {
  await open.store.audit.append({ ...ENTRY, at: Date.now() + 3_600_000, act: 'later' });
  await open.close();
  await start({ REDIS_URL: 'redis://127.0.0.1:1', ORIGIN: 'https://ashar.example' });
  const { wrong, advice } = await diagnose(open, {});
  expect(wrong.join('\n')).toMatch(/clock says/);
  expect(wrong.join('\n')).toMatch(/Redis does not answer at 127\.0\.0\.1:1/);
  expect(wrong.join('\n')).toMatch(/several instances need PostgreSQL/);
  expect(advice.join('\n')).toMatch(/TRUST_PROXY is 0/);
});
