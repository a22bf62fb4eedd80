/**
 * The world of one case: stores of its own, server processes that it starts and kills by their id, a workshop with people.
 * Everything is reached over the loopback, as anybody would reach it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { composeOffline } from '#server/compose.ts';
import { readConfig } from '#server/config.ts';
import { startCluster, type Cluster } from '../contract/postgres.ts';
import { freePort, startRedis, type RedisProcess } from '../contract/redis.ts';
import { clientOf, type Client, type Json } from '../e2e/client.ts';
import { proxy, type Proxy } from './proxy.ts';

/** Set by the runner for self-check: every server of the case is started without this defence. */
export const self: { weakness: string | null } = { weakness: null };

export class Instance {
  readonly port: number;
  readonly env: Readonly<Record<string, string>>;
  printed = '';
  #child: ChildProcess | null = null;

  constructor(port: number, env: Readonly<Record<string, string>>) {
    this.port = port;
    this.env = env;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  get pid(): number {
    return this.#child?.pid ?? 0;
  }
  get isRunning(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async start(): Promise<this> {
    const weak = self.weakness === null ? [] : ['--import', new URL('./weaken.ts', import.meta.url).href];
    const more = self.weakness === null ? {} : { ASHAR_REL_WEAKNESS: self.weakness, NODE_ENV: 'test' };
    const child = spawn(process.execPath, [...weak, 'server/main.ts'], {
      env: { ...process.env, ...this.env, ...more, PORT: String(this.port), HOST: '127.0.0.1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        this.printed = (this.printed + chunk.toString()).slice(-200_000);
      });
    for (let tries = 0; ; tries += 1) {
      if (!this.isRunning) throw new Error(`the server ended with ${child.exitCode}:\n${this.printed}`);
      if (await this.isHealthy()) return this;
      if (tries > 600) throw new Error(`the server did not become ready:\n${this.printed}`);
      await pause(50);
    }
  }

  isHealthy(path = '/healthz'): Promise<boolean> {
    return fetch(this.url + path, { signal: AbortSignal.timeout(3_000) }).then(
      (response) => response.ok,
      () => false,
    );
  }

  async #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || !this.isRunning) return child?.exitCode ?? null;
    const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill(signal);
    return gone;
  }
  kill(): Promise<number | null> {
    return this.#end('SIGKILL');
  }
  /** The exit code of an orderly stop. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Megabytes of resident memory, as the system counts them. */
  get memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  }
}

export interface World {
  readonly instances: readonly Instance[];
  readonly one: Instance;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly redis: RedisProcess | null;
  /** Stands between the servers and PostgreSQL where a case wants to cut them off. */
  readonly wire: Proxy | null;
  readonly cluster: Cluster | null;
  readonly lead: Client;
  readonly staff: Client;
  /** A workshop on a SWOT board where people may write. */
  workshop(template?: string): Promise<Place>;
  end(): Promise<void>;
}

export interface Place {
  readonly id: string;
  readonly code: string;
  readonly board: string;
  readonly boardId: string;
  readonly zone: string;
  readonly stageId: string;
  readonly body: Json;
  /** Tokens of so many people who joined. */
  people(count: number, over?: Record<string, unknown>): Promise<Person[]>;
}

export interface Person {
  readonly token: string;
  readonly participantId: string;
}

export interface Wishes {
  readonly db?: 'sqlite' | 'postgres';
  readonly instances?: number;
  readonly redis?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Put a proxy before PostgreSQL. */
  readonly wire?: boolean;
}

export const SETUP_TOKEN = 'setup-token-for-rel';

async function accounts(env: Record<string, string>): Promise<{ lead: string; staff: string }> {
  const offline = await composeOffline(readConfig({ ...env, LOG_LEVEL: 'silent' }));
  try {
    const tokens: string[] = [];
    for (const role of ['facilitator', 'admin'] as const) {
      const email = `${role}@ashar.test`;
      await offline.app.accounts.createByOperator({ email, name: role, role, password: 'a long enough password' });
      const made = await offline.app.accounts.tokenByOperator(email);
      if (!made.ok) throw new Error(made.refusal.code);
      tokens.push(made.value.token);
    }
    return { lead: tokens[0] ?? '', staff: tokens[1] ?? '' };
  } finally {
    await offline.close();
  }
}

export async function world(wishes: Wishes = {}): Promise<World> {
  const { db = 'sqlite', instances: count = 1, redis: wantsRedis = count > 1, env: more = {} } = wishes;
  const dataDir = mkdtempSync(join(tmpdir(), 'ashar-rel-'));
  const cluster = db === 'postgres' ? await startCluster() : null;
  const direct = cluster ? await cluster.newDatabase() : null;
  const wire = direct && wishes.wire ? await proxy([Number(new URL(direct).port)]) : null;
  const databaseUrl = direct && wire ? direct.replace(`:${new URL(direct).port}/`, `:${wire.port}/`) : direct;
  const redis = wantsRedis ? await startRedis() : null;
  const env: Record<string, string> = {
    DATA_DIR: dataDir,
    SETUP_TOKEN,
    LOG_LEVEL: 'warn',
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...(redis && { REDIS_URL: redis.url }),
    ...more,
  };
  const tokens = await accounts(env);
  const instances = await Promise.all(Array.from({ length: count }, async () => new Instance(await freePort(), env)));
  const [one] = instances;
  if (!one) throw new Error('no instance');
  await Promise.all(instances.map((each) => each.start()));
  const lead = clientOf(one.url, tokens.lead);
  return {
    ...{ instances, one, dataDir, databaseUrl, redis, wire, cluster, lead },
    staff: clientOf(one.url, tokens.staff),
    async workshop(template = 'swot') {
      const made = await lead.post('/workshops', { title: 'Reliability', template, languages: ['ru'] });
      const { body } = made;
      const stage = body.stages.find((each: Json) => each.kind === 'collect');
      await lead.post(`/workshops/${body.id}/stage`, { stageId: stage.id });
      const [board] = body.boards;
      return {
        ...{ id: body.id, code: body.joinCode, board: board.document, boardId: board.id, stageId: stage.id, body },
        zone: board.zones[0].id,
        people: (many, over = {}) =>
          Promise.all(
            Array.from({ length: many }, async () => {
              const joined = await clientOf(one.url).post('/join', { code: body.joinCode, ...over });
              if (joined.status !== 201) throw new Error(`join: ${joined.status} ${JSON.stringify(joined.body)}`);
              return { token: joined.body.token, participantId: joined.body.participantId };
            }),
          ),
      };
    },
    async end() {
      await Promise.all(instances.map((each) => each.kill()));
      await redis?.stop();
      await wire?.close();
      await cluster?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A case in a world of its own, which is gone afterwards whatever happens. */
export async function within<T>(wishes: Wishes, work: (world: World) => Promise<T>): Promise<T> {
  const made = await world(wishes);
  try {
    return await work(made);
  } finally {
    await made.end();
  }
}
