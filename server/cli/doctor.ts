/** `doctor`: what is wrong, in sentences, each with how to mend it. Exit 0 where nothing is; advice alone is no fault. */
import { parseArgs } from 'node:util';
import type { Offline } from '../compose.ts';
import { diagnose } from './diagnosis.ts';
import { Refused } from './outcome.ts';
import { inspectFile } from './snapshot-file.ts';

export async function doctor(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({ args, options: { snapshot: { type: 'string' } } });
  if (values.snapshot !== undefined) {
    inspectFile(values.snapshot);
    return;
  }
  let open: Offline;
  try {
    open = await parts();
  } catch (error) {
    throw new Refused(
      `The store cannot be opened: ${(error as Error).message}\nCheck DATABASE_URL, or the rights on DATA_DIR and whether its disk is full.`,
    );
  }
  const { wrong, advice, looked } = await diagnose(open, process.env);
  for (const sentence of wrong) console.log(sentence);
  for (const sentence of advice) console.log(`Advice: ${sentence}`);
  if (wrong.length > 0) throw new Refused(`${wrong.length} to mend.`);
  console.log(`All in order (${looked.join(', ')}; ${open.store.kind}, Node ${process.version}).`);
}
