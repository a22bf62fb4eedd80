/**
 * `npm run demo`: the product on a throw-away store with the sample workshop in it, and one link each for the facilitator,
 * a participant, the projector and the secretariat. The store goes when the process ends.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '#core/ids.ts';
import { readConfig } from '../config.ts';
import { explain, serve } from '../serve.ts';
import { must } from './outcome.ts';
import { OPERATOR } from './workshop.ts';
import { parseWorkshopFile } from '../usecases/workshop-format.ts';

const SAMPLE = new URL('../../static/samples/union-2020.json', import.meta.url);

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ashar-demo-'));
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const config = { ...readConfig({ LOG_LEVEL: 'warn', ...process.env }), dataDir, databaseUrl: null };
  const { app, address } = await serve(config);
  const file = must(parseWorkshopFile(readFileSync(SAMPLE, 'utf8')));
  const made = must(await app.transfer.bringIn(OPERATOR, file, address));
  // The room is in the middle of its SWOT: a participant who comes in can write at once.
  const swot = made.boards.find((board) => board.template === 'swot');
  const stage = made.stages.find((one) => one.kind === 'collect' && one.boardId === swot?.id);
  if (stage) must(await app.stages.set(OPERATOR, made.id, { stageId: stage.id }));

  const enter = async (role: 'facilitator' | 'staff' | 'admin', to: string): Promise<string> => {
    const email = `${role}@ashar.test`;
    const account = must(await app.accounts.createByOperator({ email, name: role, role, password: newSecret() }));
    return `${address}/enter/${await app.accounts.entryByOperator(account.id)}?to=${encodeURIComponent(to)}`;
  };
  const draft = made.strategyId === null ? '/my' : `/strategies/${made.strategyId}`;
  console.log(`Ashar is ready: ${address}   (everything here is gone when you stop it)

Facilitator   ${await enter('facilitator', `/w/${made.id}/lead`)}
Participant   ${made.joinUrl}   or the code ${made.joinCode} on ${address}
Projector     ${made.screenUrl}
Staff         ${await enter('staff', draft)}
`);
}

main().catch(explain);
