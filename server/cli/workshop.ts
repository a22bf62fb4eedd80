/** `workshop import` and `workshop export`, with the operator's rights. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isLanguage, type Caller } from '#core/people/caller.ts';
import type { Offline } from '../compose.ts';
import { must, needed, Refused, Usage } from './outcome.ts';
import { parseWorkshopFile } from '../usecases/workshop-format.ts';

const MiB = 1024 * 1024;
const MOST = 10 * MiB;

/** Whoever may start the process may do all of it. */
export const OPERATOR: Caller = {
  account: { accountId: 'operator', role: 'admin', name: 'operator' },
  participants: [],
  screens: [],
  language: 'en',
};

function readText(path: string): string {
  try {
    if (statSync(path).size > MOST)
      throw new Refused(`${path} is larger than ${MOST / MiB} MiB; nothing was imported.`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(`${path} cannot be read.`);
  }
}

export async function workshopImport(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const file = must(parseWorkshopFile(readText(needed(positionals[0], 'FILE'))));
  const { app, origin } = await parts();
  const made = must(await app.transfer.bringIn(OPERATOR, file, origin));
  console.log(`Imported "${made.title}".`);
  console.log(`Join code: ${made.joinCode}`);
  console.log(`Join link: ${made.joinUrl}`);
  console.log(made.id);
}

export async function workshopExport(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'ashar' },
      out: { type: 'string' },
      language: { type: 'string', default: 'ru' },
    },
  });
  const id = needed(positionals[0], 'ID');
  const out = needed(values.out, '--out');
  const { language } = values;
  if (!isLanguage(language)) throw new Usage('--language must be ky, ru or en.');
  const { app } = await parts();
  if (values.format === 'ashar') writeFileSync(out, must(await app.transfer.file(OPERATOR, id, language)).body);
  else
    writeFileSync(
      out,
      must(await app.exports.workshop(OPERATOR, id, { format: values.format, language, kind: 'results' })).body,
    );
  console.log(`Wrote ${out}.`);
}
