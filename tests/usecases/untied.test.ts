/** What is left of a secret round: in backups made before and after its close, in PostgreSQL, in the memory of the process. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import Sqlite from 'better-sqlite3';
import { createEach } from '#core/board/edit.ts';
import { backupSqlite } from '#server/store/backup.ts';
import { openSqlite } from '#server/store/db.ts';
import { storeOn } from '#server/store/open.ts';
import type { Store } from '#server/store/port.ts';
import { rounds as roundsOn } from '#server/usecases/rounds.ts';
import { postgresEngine } from '../contract/stores.ts';
import { depsOn, participantCaller } from '../fixtures/deps.ts';
import { insertWorkshop } from '../fixtures/workshop.ts';
import { code, lead, value } from './voting-scene.ts';

const home = mkdtempSync(join(tmpdir(), 'ashar-untied-'));
const postgres = postgresEngine();
afterAll(async () => {
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Twelve voters of three organisations, each with a ballot that was changed once. */
async function voteOn(store: Store) {
  const deps = depsOn(store);
  const rounds = roundsOn(deps);
  const bodies = ['Дирекция', 'ГАМСУМО', 'Институт'].map((name) => ({ name }));
  const people = Array.from({ length: 12 }, (_, n) => n % 3);
  const scene = await insertWorkshop(store, bodies, people);
  const notes = ['n0', 'n1', 'n2'].map((id) => ({ id, zone: 'strengths', text: id }));
  createEach(deps.live.document(`board/${scene.boardId}`), notes, 'test');
  const method = { kind: 'dots', budget: 3, perOption: 3 };
  const made = { boardId: scene.boardId, title: 'Тайное', of: 'notes', method, secret: true };
  const roundId = value(await rounds.create(lead, scene.workshopId, made)).id;
  value(await rounds.open(lead, roundId));
  const receipts: string[] = [];
  for (const [n, id] of scene.participantIds.entries())
    for (const change of [0, 1]) {
      const body = { dots: { [`n${n % 3}`]: 1 + change } };
      // Somebody's own program may well name its commands after the person.
      const clientKey = `${id} ${change}`;
      const cast = await rounds.cast(participantCaller(scene.workshopId, id), roundId, { body, clientKey });
      receipts.push(value(cast).receipt);
    }
  const marks = (await store.rounds.ballots(roundId)).map(({ voterKey }) => voterKey);
  const key = Buffer.from((await store.rounds.key(roundId)) ?? []);
  return { ...scene, rounds, roundId, receipts: [...new Set(receipts)], marks, key };
}

function rowsOf(file: string): string[] {
  const db = new Sqlite(file, { readonly: true });
  const tables = db.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
  const rows = tables.flatMap(({ name }) =>
    db
      .prepare(`select * from "${name}"`)
      .all()
      .map((row) => `${name} ${JSON.stringify(row)}`),
  );
  db.close();
  return rows;
}

describe('after a secret round', () => {
  test('[V108] backups made before and after the close, and the store, hold together no tie between ballot and person', async () => {
    const file = join(home, 'store.sqlite');
    const [before, after] = [join(home, 'before.sqlite'), join(home, 'after.sqlite')];
    const store = storeOn(await openSqlite(file));
    const vote = await voteOn(store);
    await backupSqlite(file, before);
    value(await vote.rounds.close(lead, vote.roundId));
    await backupSqlite(file, after);
    await store.close();
    expect(vote.receipts).toHaveLength(12);

    const who = [...vote.participantIds, ...vote.organisationIds];
    for (const copy of [before, after, file]) {
      const bytes = readFileSync(copy);
      expect(bytes.includes(vote.key)).toBe(false);
      const about = rowsOf(copy).filter((row) => [...vote.receipts, ...vote.marks].some((mark) => row.includes(mark)));
      expect(about.length).toBeGreaterThan(0);
      // The result itself names organisations in its rows; what a single ballot stands beside names nobody.
      for (const row of about.filter((each) => !each.startsWith('rounds ')))
        expect(who.filter((id) => row.includes(id))).toEqual([]);
    }
    // Marks without their key are in the earlier copy alone: nothing later can be held against them.
    for (const copy of [after, file])
      for (const mark of vote.marks) expect(readFileSync(copy).includes(mark)).toBe(false);
    expect(rowsOf(before).filter((row) => row.startsWith('ballot_commands '))).toEqual([]);

    // Put back, the round can be counted, and nobody can be told apart any more.
    const again = storeOn(await openSqlite(before));
    const rounds = roundsOn(depsOn(again));
    const late = rounds.cast(participantCaller(vote.workshopId, vote.participantIds[0] ?? ''), vote.roundId, {
      body: { dots: { n0: 1 } },
    });
    expect(code(await late)).toBe('round-closed');
    expect(value(await rounds.close(lead, vote.roundId)).result?.turnout.cast).toBe(12);
    await again.close();
  });

  test.skipIf(postgres.missing !== null)(
    '[V108] in PostgreSQL no row is left, and the deleted ones are given up to be overwritten',
    async () => {
      const store = await postgres.open();
      const vote = await voteOn(store);
      value(await vote.rounds.close(lead, vote.roundId));
      expect(await store.rounds.key(vote.roundId)).toBeNull();
      expect(await store.rounds.ballots(vote.roundId)).toEqual([]);
      expect(await store.rounds.apart(vote.roundId)).toHaveLength(12);
      // Asked to clear away what was deleted; the page on secrecy says what may still lie in its files.
      await store.checkpoint();
    },
  );

  test('[V109] no object of the process holds a mark any more', { timeout: 120_000 }, () => {
    const node = ['--expose-gc', 'tests/fixtures/reachable.ts'];
    const told = JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' })) as Record<string, number>;
    expect(told).toMatchObject({ marks: 30, after: 0 });
    expect(told['before']).toBeGreaterThan(0);
  });
});
