/** R7, R13-R16, F9: copies under load, the store's exam, native code, one Yjs, older stores, hooks that throw. */
import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../contract/redis.ts';
import { outcome, type Case, type Outcome, type Size } from './case.ts';
import { Peer, pause } from './peer.ts';
import { lostOf, sum, Typist } from './typist.ts';
import { Instance, within } from './world.ts';

const run = promisify(execFile);

/** Copies are made while people write; each is put up elsewhere and must hold all that was saved before it began. */
async function backup(size: Size): Promise<Outcome> {
  const rounds = size === 'full' ? 20 : 2;
  return within({}, async (world) => {
    const place = await world.workshop();
    const people = await place.people(6);
    const figures = { rounds, sound: 0, lost: 0, acked: 0, slowest_ms: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const writing = (await Promise.all(people.map(({ token }) => Peer.join(world.one, place.board, token)))).flatMap(
        (peer) => (peer ? [new Typist(peer, place.zone)] : []),
      );
      const typing = writing.map((typist) => typist.type(50));
      await pause(800);
      const before = writing.map(({ saved }) => new Map(saved));
      const home = mkdtempSync(join(tmpdir(), 'ashar-rel-copy-'));
      const env = { ...process.env, DATA_DIR: world.dataDir, LOG_LEVEL: 'error' };
      const started = performance.now();
      await run(process.execPath, ['server/cli/ashar.ts', 'backup', join(home, 'copy.ashar')], { env });
      for (const typist of writing) typist.stop();
      await Promise.all(typing);
      figures.acked += sum(writing);
      const there = { ...world.one.env, DATA_DIR: join(home, 'data') };
      await run(process.execPath, ['server/cli/ashar.ts', 'restore', join(home, 'copy.ashar')], {
        env: { ...process.env, ...there },
      });
      figures.slowest_ms = Math.max(figures.slowest_ms, Math.round(performance.now() - started));
      const other = new Instance(await freePort(), there);
      try {
        await other.start();
        const board = await Peer.join(other, place.board, people[0]?.token ?? '');
        if (board) figures.sound += 1;
        const remembered = before.map((saved) => ({ saved })) as unknown as readonly Typist[];
        figures.lost += board ? lostOf(board.doc, remembered) : 1;
        board?.close();
      } finally {
        await other.kill();
        rmSync(home, { recursive: true, force: true });
      }
      for (const { peer } of writing) peer.close();
    }
    return outcome(figures, { sound: figures.sound === rounds, lost: figures.lost === 0, acked: figures.acked > 0 });
  });
}

/** A suite of the unit tests as a case: what it examines cannot be reached from outside. */
function suite(...args: readonly string[]): () => Promise<Outcome> {
  return async () => {
    const done = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', ...args], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const json = JSON.parse(done.stdout.slice(done.stdout.indexOf('{'))) as Record<string, number>;
    const figures = { passed: json['numPassedTests'] ?? 0, failed: json['numFailedTests'] ?? -1 };
    return outcome(figures, { passed: figures.passed > 0, failed: figures.failed === 0 && done.status === 0 });
  };
}

async function nativeGc(size: Size): Promise<Outcome> {
  const statements = size === 'full' ? 20_000 : 4_000;
  const script = `import Sqlite from 'better-sqlite3';
    const db = new Sqlite(':memory:'); db.exec('create table t (a)');
    for (let at = 0; at < ${statements}; at += 1) { db.prepare('insert into t values (?)').run(at); if (at % 1000 === 0) globalThis.gc(); }
    globalThis.gc();`;
  const done = spawnSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', script]);
  return outcome({ statements, exit: done.status ?? `${done.signal}` }, { exit: done.status === 0 });
}

async function oneYjs(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const [person] = await place.people(1);
    // Both module graphs at work on one document: the page's and the server's own.
    await world.lead.get(`/boards/${place.boardId}`);
    (await Peer.join(world.one, place.board, person?.token ?? ''))?.close();
    const warnings = world.one.printed.split('already imported').length - 1;
    const copies = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, unknown> };
    const installed = Object.keys(copies.packages).filter((path) => /(^|\/)node_modules\/yjs$/.test(path)).length;
    return outcome({ installed, warnings }, { one: installed === 1 && warnings === 0 });
  });
}

/** A store as it was after the first migrations opens, and goes on. */
async function migrate(_size: Size): Promise<Outcome> {
  return within({}, async (world) => {
    const place = await world.workshop();
    const [person] = await place.people(1);
    await world.one.stop();
    const home = mkdtempSync(join(tmpdir(), 'ashar-rel-older-'));
    cpSync(world.dataDir, home, { recursive: true });
    const again = new Instance(await freePort(), { ...world.one.env, DATA_DIR: home });
    let opened = 0;
    try {
      for (let round = 0; round < 2; round += 1) {
        await again.start();
        const peer = await Peer.join(again, place.board, person?.token ?? '');
        if (peer) opened += 1;
        peer?.close();
        await again.stop();
      }
    } finally {
      await again.kill();
      rmSync(home, { recursive: true, force: true });
    }
    return outcome({ opened }, { opened: opened === 2 });
  });
}

const SUITE = 'it is a suite of the unit tests, whose own cases hold both outcomes';

export const upkeep: readonly Case[] = [
  {
    id: 'A2',
    name: 'sessions',
    does: 'sessions hashed, rotated, ended',
    run: suite('tests/usecases/accounts.test.ts'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'A5',
    name: 'authz',
    does: 'every cell of the table of rights, by page, API and socket',
    run: suite('tests/routes/policy'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'P1',
    name: 'erase',
    does: 'a person, a board erased, and what is kept for how long',
    run: suite('tests/usecases/privacy.test.ts'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'R7',
    name: 'backup-restore',
    does: 'copies under load, put up elsewhere',
    run: backup,
    defence: 'saved-from-memory',
  },
  {
    id: 'R12',
    name: 'converge',
    does: 'random edits, disconnects and crashes converge',
    run: suite('tests/live/fuzz.test.ts'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'R13',
    name: 'store-contract',
    does: 'the exam of the store on both engines',
    run: suite('tests/contract'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'R14',
    name: 'native-gc',
    does: 'statements of SQLite are collected',
    run: nativeGc,
    defence: null,
    unweakened: 'only another version of the driver fails',
  },
  {
    id: 'R15',
    name: 'single-yjs',
    does: 'one copy of Yjs in the server',
    run: oneYjs,
    defence: null,
    unweakened: 'it counts what is installed',
  },
  {
    id: 'R16',
    name: 'migrate',
    does: 'a store that was stopped opens again',
    run: migrate,
    defence: null,
    unweakened: 'no released version exists yet',
  },
  {
    id: 'F9',
    name: 'hook-faults',
    does: 'every hook throws',
    run: suite('tests/live/instances.test.ts', '-t', 'P13'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
  {
    id: 'W4',
    name: 'export-inject',
    does: 'formulas and markup in exports',
    run: suite('tests/render'),
    defence: null,
    unweakened: SUITE,
    isSuite: true,
  },
];
