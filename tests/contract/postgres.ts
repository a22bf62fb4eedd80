/**
 * A PostgreSQL of the test run's own: a new cluster in a temporary folder, on the loopback and a free port, gone at the
 * end. Where none is installed the suites say so and skip; with CI=true they fail instead, because nothing may be skipped there.
 */
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const HOMES = '/usr/lib/postgresql';

/** The folder with initdb and postgres; null: not installed. */
export function postgresBinaries(): string | null {
  if (!existsSync(HOMES)) return null;
  const found = readdirSync(HOMES)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(HOMES, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
  return found ?? null;
}

/** Why the PostgreSQL suites cannot run here; null: they can. */
export function postgresMissing(): string | null {
  if (postgresBinaries()) return null;
  if (process.env['CI'] === 'true')
    throw new Error('PostgreSQL is not installed, and with CI=true no suite may be skipped.');
  return 'PostgreSQL is not installed on this machine: its suites are skipped (apt-get install postgresql).';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** postgres refuses to run as root: then it runs as the system's own postgres user. */
function runAs(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const ids = ['-u', '-g'].map((flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout));
  const [uid, gid] = ids;
  if (!uid || !gid) throw new Error('There is no user "postgres" to run PostgreSQL as.');
  return { uid, gid };
}

export interface Cluster {
  /** Address of a new, empty database. */
  newDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** @param durable waits for the disk at every commit, as a real one does; a test's own need not. */
export async function startCluster(durable = false): Promise<Cluster> {
  const bin = postgresBinaries();
  if (!bin) throw new Error('PostgreSQL is not installed.');
  const user = runAs();
  const home = mkdtempSync(join(tmpdir(), 'ashar-postgres-'));
  if (user.uid && user.gid) chownSync(home, user.uid, user.gid);
  const options: SpawnOptions = {
    ...user,
    cwd: home,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  };
  const data = join(home, 'data');
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'ashar', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    options,
  );
  if (made.status !== 0) throw new Error('initdb failed.');
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: durable ? 'on' : 'off',
    // Each store of a test keeps a pool of its own for ten seconds.
    max_connections: 300,
    logging_collector: 'off',
  };
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    options,
  );
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const end = () => server.kill('SIGQUIT');
  process.once('exit', end);

  const address = (database: string) => `postgres://ashar@127.0.0.1:${port}/${database}`;
  const ask = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: address('postgres') });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  for (let tries = 0; ; tries++) {
    try {
      await ask('select 1');
      break;
    } catch (error) {
      if (tries > 200 || server.exitCode !== null) throw error;
      await pause(50);
    }
  }
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `suite_${++databases}`;
      await ask(`create database ${name}`);
      return address(name);
    },
    stop: async () => {
      process.off('exit', end);
      end();
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}
