import { parseArgs } from 'node:util';
import type { Offline } from '../compose.ts';
import { must, needed } from './outcome.ts';

/** `token create`: the token stands alone on the last line, for scripts; it is stored as a hash and never shown again. */
export async function tokenCreate(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' } } });
  const email = needed(values.email, '--email');
  const { token } = must(await (await parts()).app.accounts.tokenByOperator(email));
  console.log(token);
}
