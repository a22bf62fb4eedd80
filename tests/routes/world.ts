/** A running App with one workshop in it, and everybody who may stand towards it, each with what they would show. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STANDINGS, type Caller, type Standing } from '#core/people/caller.ts';
import { SESSION_COOKIE } from '#core/people/cookies.ts';
import type { Result } from '#core/result.ts';
import { compose, type Composed } from '#server/compose.ts';
import { readConfig } from '#server/config.ts';
import { attachLive } from '#server/live/upgrade.ts';

export interface Shown {
  readonly token: string;
  readonly cookie: string;
}

export interface World {
  readonly workshopId: string;
  readonly boardId: string;
  readonly noteId: string;
  readonly groupId: string;
  readonly stages: Readonly<Record<string, string>>;
  readonly roundId: string;
  readonly optionIds: readonly string[];
  readonly snapshotId: string;
  readonly strategyId: string;
  readonly participantId: string;
  /** What each standing shows; nobody shows nothing. */
  readonly shown: Readonly<Record<Standing, Shown>>;
}

export interface Running extends Composed {
  readonly port: number;
  readonly admin: Caller;
  world(): Promise<World>;
}

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

const ORIGIN = 'http://localhost';
const PASSWORD = 'a long enough password';

export async function run(settings: Record<string, string> = {}): Promise<Running> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ashar-policy-'));
  const composed = await compose(readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...settings }));
  const { app, live } = composed;
  const server: Server = createServer((_request, response) => response.writeHead(404).end());
  attachLive(server, live, { origin: null, trustProxy: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const accounts: Partial<Record<Standing, Shown>> = {};
  const callers: Partial<Record<Standing, Caller>> = {};
  for (const role of ['admin', 'facilitator', 'staff'] as const) {
    const email = `${role}@ashar.test`;
    const account = must(await app.accounts.createByOperator({ email, name: role, role, password: PASSWORD }));
    const { token } = must(await app.accounts.tokenByOperator(email));
    const { session } = must(await app.accounts.signIn(email, PASSWORD, 'here'));
    accounts[role] = { token, cookie: `${SESSION_COOKIE}=${session}` };
    callers[role] = (await app.identify.byToken(token)) ?? { ...(await app.identify.byCookies(null)) };
    if (account.role !== role) throw new Error('another role');
  }
  const admin = callers.admin;
  const staff = callers.staff;
  if (!admin || !staff) throw new Error('no accounts');

  async function joined(workshopId: string, joinCode: string) {
    const { participantId, token } = must(
      await app.joining.join({ code: joinCode, name: 'P', organisation: 'O' }, 'here'),
    );
    return { participantId, token, cookie: `ashar_p_${workshopId}=${token}` };
  }

  async function world(): Promise<World> {
    const input = { title: 'SWOT', languages: ['ky', 'ru'] as const };
    const made = must(await app.workshops.create(admin as Caller, { ...input, template: 'swot' }, ORIGIN));
    const other = must(await app.workshops.create(admin as Caller, { ...input, template: 'blank' }, ORIGIN));
    const strategy = must(
      await app.strategies.create(staff as Caller, {
        title: 'S',
        periodStart: 2020,
        periodEnd: 2025,
        languages: ['ru'],
      }),
    );
    const member = await joined(made.id, made.joinCode);
    const second = await joined(made.id, made.joinCode);
    const outsider = await joined(other.id, other.joinCode);
    const boardId = made.boards[0]?.id ?? '';
    const stages = Object.fromEntries(made.stages.map(({ kind, id }) => [kind, id]));
    must(await app.stages.set(admin as Caller, made.id, { stageId: stages['collect'] ?? '' }));
    const zone = made.boards[0]?.zones[0]?.id ?? '';
    const note = (n: number) =>
      app.boards.addNote(admin as Caller, boardId, { zone, text: `note ${n}`, clientKey: `k${n}` });
    const noteIds = [];
    for (let n = 0; n < 4; n += 1) noteIds.push(must(await note(n)).id);
    const group = must(
      await app.boards.addGroup(admin as Caller, boardId, {
        title: 'G',
        noteIds: noteIds.slice(0, 2),
        clientKey: 'g',
      } as never),
    );
    const round = must(
      await app.rounds.create(admin as Caller, made.id, {
        ...{ boardId, title: 'R', of: 'notes', method: { kind: 'dots', budget: 3 }, secret: false },
      } as never),
    );
    must(await app.rounds.open(admin as Caller, round.id));
    const snapshot = must(await app.snapshots.take(admin as Caller, made.id, { title: 'Shot' }));
    const key = new URL(made.screenUrl).searchParams.get('key') ?? '';
    if (second.token === member.token) throw new Error('one token for two people');
    return {
      workshopId: made.id,
      ...{ boardId, noteId: noteIds[0] ?? '', groupId: (group as { id: string }).id, stages },
      roundId: round.id,
      optionIds: round.options.map(({ id }) => id),
      snapshotId: snapshot.id,
      strategyId: strategy.id,
      participantId: second.participantId,
      shown: {
        ...(accounts as Record<'admin' | 'facilitator' | 'staff', Shown>),
        member,
        outsider,
        screen: { token: key, cookie: `ashar_s_${made.id}=${key}` },
        nobody: { token: '', cookie: '' },
      },
    };
  }

  return {
    ...composed,
    port: (server.address() as AddressInfo).port,
    admin,
    world,
    async close() {
      server.closeAllConnections();
      server.close();
      await composed.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export { STANDINGS };
