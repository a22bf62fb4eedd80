/**
 * The one table of who may do what, asked at every door: each operation of the API, each page, each document through both
 * sockets, by everybody who may stand towards a workshop. What the table gives passes; what it does not is refused with
 * the table's own word, and changes nothing. A door that is added is in here without anybody's doing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUPS, isIn, STANDINGS, type Group, type Standing } from '#core/people/caller.ts';
import { POLICY, objection, type Action } from '#core/people/policy.ts';
import { jsonSchema } from '../../src/lib/http/json-schema.ts';
import type { Method, Operation } from '../../src/routes/api/v1/openapi.json/operation.ts';
import { OPERATIONS } from '../../src/routes/api/v1/openapi.json/operations.ts';
import { ask, pages } from './kit.ts';
import { sample } from './sample.ts';
import { run, type Running, type World } from './world.ts';

/** Words that say "not you"; any other refusal came after the table let the caller pass. */
const SHUT = ['sign-in-needed', 'join-needed', 'forbidden', 'not-found'];
let server: Running;
let cells = 0;

beforeAll(async () => {
  server = await run();
}, 60_000);
afterAll(async () => {
  await server.close();
  console.log(`cells of the policy: ${cells}`);
  expect(cells).toBeGreaterThanOrEqual(300);
});

function fill(path: string, world: World): string {
  const kind = path.split('/')[1] ?? '';
  const ids: Record<string, string> = {
    workshops: world.workshopId,
    boards: world.boardId,
    rounds: world.roundId,
    snapshots: world.snapshotId,
    strategies: world.strategyId,
  };
  const named: Record<string, string> = {
    note: world.noteId,
    group: world.groupId,
    person: world.participantId,
    version: 'current',
    other: kind === 'snapshots' ? world.snapshotId : 'current',
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? ids[kind] : named[name]) ?? 'none');
}

interface Cell {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
}
const operations: Cell[] = Object.entries(OPERATIONS).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method as Method, operation })),
);

async function call({ path, method, operation }: Cell, world: World, standing: Standing) {
  const { token } = world.shown[standing];
  const query = Object.entries(operation.query ?? {})
    .filter(([, { required }]) => required)
    .map(([name]) => `${name}=${name === 'format' ? 'json' : 'x'}`)
    .join('&');
  const response = await ask(`/api/v1${fill(path, world)}${query && `?${query}`}`, {
    method: method.toUpperCase(),
    headers: token === '' ? {} : { authorization: `Bearer ${token}` },
    ...(operation.body && { body: JSON.stringify(sample(jsonSchema(operation.body), world)) }),
  });
  const text = await response.text();
  const code =
    (text.startsWith('{"error"') ? (JSON.parse(text) as { error: { code: string } }).error.code : null) ?? null;
  return { status: response.status, code };
}

/** Given to a group, and in it only to whoever made the thing; here somebody else did. */
const MADE_BY_ANOTHER: Readonly<Record<string, Standing>> = {
  'delete /workshops/{id}': 'staff',
  'delete /strategies/{id}': 'facilitator',
};

/** Who may, of those whom the description names: a projector is a member that only looks. */
function mayCall({ path, method, operation: { who } }: Cell, standing: Standing): boolean {
  if (MADE_BY_ANOTHER[`${method} ${path}`] === standing) return false;
  // Whoever joined any workshop has notes of their own there.
  if (path === '/me/notes' && standing === 'outsider') return true;
  const writes = who === 'members' && (method !== 'get' || path.endsWith('/duplicates'));
  return isIn(writes ? 'writers' : (who as Group), standing);
}

/** Resources in the path that this test has none of: to those who may, they are not found. */
const ABSENT =
  /\/tables|\/files|\/slide|\/sheets|\/inbox|\/seed|\/ballot$|\{version\}\/|\{(receipt|entry|remark|member|section|table|option|finding|key|language)\}|\/templates\/\{id\}|\/rehearsal|\/reply|duplicates/;

describe('the API', () => {
  let shared: World;
  beforeAll(async () => {
    shared = await server.world();
  });
  test.each(operations.map((cell) => [`${cell.method.toUpperCase()} ${cell.path}`, cell] as const))(
    '[A70] %s',
    async (_, cell) => {
      const { who } = cell.operation;
      let own: World | null = null;
      const wrong: string[] = [];
      for (const standing of STANDINGS) {
        cells += 1;
        const may = mayCall(cell, standing);
        const world =
          !may || cell.method === 'get'
            ? shared
            : cell.method === 'delete'
              ? await server.world()
              : (own ??= await server.world());
        const { status, code } = await call(cell, world, standing);
        const isShut = code !== null && SHUT.includes(code);
        const fits = may
          ? status < 500 && (!isShut || (code === 'not-found' && ABSENT.test(cell.path)))
          : isShut && status >= 401 && status <= 404;
        if (!fits) wrong.push(`${standing}: ${status} ${code ?? ''}, ${may ? 'may' : 'may not'} (${who})`);
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );
});

/** Pages by the action that they stand for; those not named are for anyone. */
const PAGES: Readonly<Record<string, Action>> = {
  '/admin': 'account.manage',
  '/admin/[account]': 'account.manage',
  '/admin/audit': 'audit.read',
  '/account': 'account.own',
  '/w/[workshop]/data': 'workshop.change',
  '/my': 'workshop.list',
  '/workshops/new': 'workshop.create',
  '/strategies/new': 'strategy.see',
  '/strategies/[strategy]': 'strategy.see',
  '/w/[workshop]': 'workshop.see',
  '/w/[workshop]/results': 'workshop.see',
  '/w/[workshop]/compare': 'workshop.see',
  '/w/[workshop]/trace/[board]/[note]': 'board.see',
  '/w/[workshop]/screen': 'workshop.see',
  '/w/[workshop]/lead': 'agenda.read',
  '/w/[workshop]/desk': 'ballot.paper',
};

describe('pages', () => {
  test.each(Object.entries(PAGES))('[A71] %s', async (route, action) => {
    const world = await server.world();
    const path = route
      .replace('[workshop]', world.workshopId)
      .replace('[strategy]', world.strategyId)
      .replace('[board]', world.boardId)
      .replace('[note]', world.noteId)
      .replace('[account]', server.admin.account?.accountId ?? '');
    const wrong: string[] = [];
    for (const standing of STANDINGS) {
      cells += 1;
      const { cookie } = world.shown[standing];
      const { status } = await ask(path, { headers: cookie === '' ? {} : { cookie } });
      const refused = objection([standing], action) !== null;
      // Refused is an error page, or the way to where one may.
      if (refused ? status === 200 : status !== 200) wrong.push(`${standing}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  test('[A71] every page that reads anything is in the table or open to anyone', () => {
    const open = [
      '/',
      '/enter/[secret]',
      '/invite/[secret]',
      '/invited/[secret]',
      '/mine/[key]',
      '/join/[code]',
      '/setup',
      '/signin',
      '/signin/back',
      '/signout',
      '/help/privacy',
      '/v/[key]',
    ];
    const routes = pages().map(({ route }) => route);
    expect(routes.filter((route) => !(route in PAGES) && !open.includes(route))).toEqual([]);
  });
});

test('[A70] every group of the table is somebody, and every action is given to one', () => {
  for (const { who } of Object.values(POLICY)) expect(GROUPS[who].length).toBeGreaterThan(0);
  for (const action of Object.keys(POLICY) as Action[]) {
    cells += STANDINGS.length;
    for (const standing of STANDINGS) {
      const word = objection([standing], action);
      expect(word === null).toBe(isIn(POLICY[action].who, standing));
      if (word === null) expect(objection([standing], action, 'deleted')).toBe('not-found');
    }
  }
});
