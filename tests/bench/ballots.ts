/**
 * Five hundred voters send their ballots within one second, over HTTP, to the real process, on SQLite and on a PostgreSQL
 * of the run's own that waits for the disk. Prints p50 and p99 of the answers, and fails where one takes longer than two
 * seconds or is not counted.
 * `node tests/bench/ballots.ts [--voters 500] [--runs 3] [--store sqlite|postgres]`; needs a build (`node scripts/ready.mjs`).
 */
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { postgresMissing, startCluster } from '../contract/postgres.ts';
import { accountClient, clientOf, type Json } from '../e2e/client.ts';
import { startServer, type RunningServer } from '../e2e/server.ts';

const { values } = parseArgs({
  options: {
    voters: { type: 'string', default: '500' },
    runs: { type: 'string', default: '3' },
    store: { type: 'string' },
  },
});
const voters = Number(values.voters);
/** One connection a voter, as phones have; opened before, because they are there already when a round opens. */
const agent = new Agent({ keepAlive: true, maxSockets: voters });
let failed = false;

function put(
  server: RunningServer,
  path: string,
  token: string,
  body: unknown,
): Promise<{ status: number; took: number }> {
  const text = JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  };
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/api/v1${path}`, { method: 'PUT', headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, took: performance.now() - start }));
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

async function measure(store: string, server: RunningServer): Promise<void> {
  const lead = accountClient(server, 'facilitator');
  const workshop: Json = (await lead.post('/workshops', { title: 'Bench', template: 'swot', languages: ['ru'] })).body;
  const board = workshop.boards[0];
  await lead.post(`/workshops/${workshop.id}/stage`, {
    stageId: workshop.stages.find((stage: Json) => stage.kind === 'collect').id,
  });
  for (let note = 0; note < 20; note += 1)
    await lead.post(`/boards/${board.id}/notes`, {
      zone: board.zones[0].id,
      text: `option ${note}`,
      clientKey: `n${note}`,
    });
  const tokens: string[] = [];
  for (let from = 0; from < voters; from += 50) {
    const joins = Array.from({ length: Math.min(50, voters - from) }, () =>
      clientOf(server.url).post('/join', { code: workshop.joinCode }),
    );
    tokens.push(...(await Promise.all(joins)).map(({ body }) => body.token as string));
  }

  for (let run = 1; run <= Number(values.runs); run += 1) {
    const method = { kind: 'dots', budget: 5, perOption: 3 };
    const round: Json = (
      await lead.post(`/workshops/${workshop.id}/rounds`, {
        boardId: board.id,
        title: `Run ${run}`,
        of: 'notes',
        method,
        secret: true,
      })
    ).body;
    await lead.post(`/rounds/${round.id}/open`);
    const ids: string[] = round.options.map((option: Json) => option.id);
    const answers = await Promise.all(
      tokens.map(async (token, n) => {
        await new Promise((wait) => setTimeout(wait, (n * 1000) / voters));
        return put(server, `/rounds/${round.id}/ballot`, token, {
          dots: { [ids[n % ids.length] ?? '']: 3, [ids[(n + 7) % ids.length] ?? '']: 2 },
          clientKey: `run${run}`,
        });
      }),
    );
    const took = answers.map((answer) => answer.took).sort((a, b) => a - b);
    const refused = answers.filter(({ status }) => status !== 200).length;
    const closed: Json = (await lead.post(`/rounds/${round.id}/close`)).body;
    const lost = voters - closed.result.turnout.cast;
    console.log(
      `ballots store=${store} run=${run} voters=${voters} p50=${at(took, 0.5).toFixed(0)}ms p99=${at(took, 0.99).toFixed(0)}ms max=${(took.at(-1) ?? 0).toFixed(0)}ms refused=${refused} lost=${lost}`,
    );
    failed ||= refused > 0 || lost !== 0 || (took.at(-1) ?? 0) > 2000;
  }
}

async function onSqlite(): Promise<void> {
  const server = await startServer();
  await measure('sqlite', server).finally(() => server.stop());
}

async function onPostgres(): Promise<void> {
  const missing = postgresMissing();
  if (missing) return console.log(missing);
  const cluster = await startCluster(true);
  // The administration command, which makes the account, reads it from here as the server does.
  process.env['DATABASE_URL'] = await cluster.newDatabase();
  const server = await startServer();
  await measure('postgres', server).finally(() => server.stop());
  await cluster.stop();
}

if (values.store !== 'postgres') await onSqlite();
if (values.store !== 'sqlite') await onPostgres();
agent.destroy();
console.log(failed ? 'FAIL ballots: every ballot is to be answered within 2000 ms' : 'PASS ballots');
process.exitCode = failed ? 1 : 0;
