/**
 * A workshop of five thousand notes goes to Word and Excel while somebody edits a board: how long the files take, and how
 * much longer the edits wait than without them. Edits are commands over HTTP (guarded, logged and durable like any other).
 * `node tests/bench/exports.ts [--notes 5000] [--edits 400]`; needs a build (`node scripts/ready.mjs`).
 */
import { parseArgs } from 'node:util';
import { accountClient, type Json } from '../e2e/client.ts';
import { startServer } from '../e2e/server.ts';

const { values } = parseArgs({
  options: { notes: { type: 'string', default: '5000' }, edits: { type: 'string', default: '400' } },
});
const server = await startServer();
const lead = accountClient(server, 'facilitator');

async function made(title: string, notes: number): Promise<Json> {
  const workshop = (await lead.post('/workshops', { title, template: 'swot', languages: ['ru'] })).body;
  const stage = workshop.stages.find((one: Json) => one.kind === 'collect');
  await lead.post(`/workshops/${workshop.id}/stage`, { stageId: stage.id });
  const [board] = workshop.boards;
  for (let from = 0; from < notes; from += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, notes - from) }, (_, at) =>
        lead.post(`/boards/${board.id}/notes`, {
          zone: board.zones[(from + at) % 4].id,
          text: `Стикер ${from + at}: доходы местных бюджетов и кадры айыл өкмөтү`,
          clientKey: `n${from + at}`,
        }),
      ),
    );
  return workshop;
}

const large = await made('Large', Number(values.notes));
const small = await made('Small', 1);
const target = small.boards[0];
const noteId: string = (await lead.get(`/boards/${target.id}`)).body.notes[0].id;

/** Milliseconds that edits took, one every 25 ms, for `count` of them or until `until` settles. */
async function edits(count: number, until?: Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  let over = false;
  void until?.finally(() => (over = true));
  for (let at = 0; until ? !over : at < count; at++) {
    const started = performance.now();
    await lead.call('PATCH', `/boards/${target.id}/notes/${noteId}`, { text: `Правка ${at}` });
    took.push(performance.now() - started);
    await new Promise((wait) => setTimeout(wait, 25));
  }
  return took.sort((a, b) => a - b);
}
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

let failed = false;
try {
  await edits(100);
  const alone = at(await edits(Number(values.edits)), 0.99);
  console.log(`edits alone: p99 ${alone.toFixed(1)} ms`);
  for (const [format, limit] of [
    ['docx', 20_000],
    ['xlsx', 5_000],
  ] as const) {
    const started = performance.now();
    let took = 0;
    const file = fetch(`${server.url}/api/v1/workshops/${large.id}/export?format=${format}&language=ru`, {
      headers: { authorization: `Bearer ${lead.token}` },
    })
      .then((response) => response.arrayBuffer())
      .then(({ byteLength }) => {
        took = performance.now() - started;
        return byteLength;
      });
    const during = await edits(0, file);
    const p99 = at(during, 0.99);
    console.log(
      `${format}: ${(await file) / 1e6} MB in ${(took / 1000).toFixed(1)} s; ${during.length} edits meanwhile, p50 ${at(during, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)} ms (${((p99 / alone - 1) * 100).toFixed(0)} %)`,
    );
    failed ||= took > limit || (during.length >= 100 && p99 > alone * 1.2);
  }
} finally {
  await server.stop();
}
console.log(failed ? 'FAIL exports' : 'PASS exports');
process.exitCode = failed ? 1 : 0;
