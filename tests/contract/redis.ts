/**
 * A Redis of the test run's own: nothing on disk, on the loopback and a port that the test may keep when it is away for a
 * while. Where none is installed the suites say so and skip; with CI=true they fail instead.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const PROGRAMS = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'];

/** Why Redis cannot run here; null: it can. */
export function redisMissing(): string | null {
  if (PROGRAMS.some((program) => existsSync(program))) return null;
  if (process.env['CI'] === 'true')
    throw new Error('Redis is not installed, and with CI=true no suite may be skipped.');
  return 'Redis is not installed on this machine: its suites are skipped (apt-get install redis-server).';
}

export interface RedisProcess {
  readonly url: string;
  /** It goes away; `resume` brings it back, empty, on the same port. */
  away(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

/** A port that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => (resolve(data.toString().startsWith('+PONG')), socket.destroy()));
    socket.once('error', () => resolve(false));
  });
}

export async function startRedis(): Promise<RedisProcess> {
  const port = await freePort();
  const program = PROGRAMS.find((one) => existsSync(one)) ?? 'redis-server';
  let child: ChildProcess | null = null;
  const end = (): void => void child?.kill('SIGKILL');
  async function resume(): Promise<void> {
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', tmpdir()];
    child = spawn(program, args, { stdio: 'ignore' });
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 200 || child.exitCode !== null) throw new Error('Redis did not start.');
      await pause(25);
    }
  }
  async function away(): Promise<void> {
    const going = child;
    if (!going || going.exitCode !== null || going.signalCode !== null) return;
    const gone = new Promise((resolve) => going.once('exit', resolve));
    going.kill('SIGKILL');
    await gone;
  }
  process.once('exit', end);
  await resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    away,
    resume,
    stop: async () => {
      process.off('exit', end);
      await away();
    },
  };
}
