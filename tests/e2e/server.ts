/**
 * The product as a person starts it: the built server as its own process, on a free port, with an empty store in a temporary
 * folder. Every worker of the browser tests has its own; `kill` is SIGKILL, for the bad day.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SETUP_TOKEN = 'setup-token-for-tests';

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** Ends it at once, as a power cut would; the store stays. */
  kill(): Promise<void>;
  /** Starts again on the same store and port. */
  restart(): Promise<void>;
  /** Asks it to stop and removes the store; the exit code. */
  stop(): Promise<number | null>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'ashar-e2e-'));
  let child: ChildProcess;
  let printed = '';

  async function start(): Promise<void> {
    const env = {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      SETUP_TOKEN,
      LOG_LEVEL: 'warn',
      ...settings,
    };
    child = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const deadline = Date.now() + 30_000;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${printed}`);
      const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ready) return;
      if (Date.now() > deadline) throw new Error(`the server did not become ready:\n${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  function ended(): Promise<number | null> {
    return new Promise((resolve) =>
      child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
    );
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataDir,
    output: () => printed,
    async kill() {
      child.kill('SIGKILL');
      await ended();
    },
    restart: start,
    async stop() {
      child.kill('SIGTERM');
      const code = await ended();
      rmSync(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}
