import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ROLES } from '#core/people/caller.ts';
import type { Offline } from '../compose.ts';
import { must, needed, Usage } from './outcome.ts';

/** `account create`: with a password from standard input (its line end is dropped), or with a link to choose one. */
export async function accountCreate(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
    },
  });
  const role = ROLES.find((known) => known === values.role);
  if (!role) throw new Usage('--role must be admin, facilitator or staff.');
  const input = { email: needed(values.email, '--email'), name: needed(values.name, '--name'), role };
  const password = values['password-stdin'] ? readFileSync(0, 'utf8').replace(/\r?\n$/, '') : null;
  const { app } = await parts();
  const account = must(await app.accounts.createByOperator({ ...input, password }));
  console.log(`Created ${account.role} ${account.email}.`);
  if (password === null) console.log(`Choose a password: /invite/${await app.accounts.linkByOperator(account.id)}`);
}

/** `account role`: takes effect at once, also on what is open: the person's sessions end, their sockets are asked again. */
export async function accountRole(args: string[], parts: () => Promise<Offline>): Promise<void> {
  const { values } = parseArgs({ args, options: { email: { type: 'string' }, role: { type: 'string' } } });
  const role = ROLES.find((known) => known === values.role);
  if (!role) throw new Usage('--role must be admin, facilitator or staff.');
  const email = needed(values.email, '--email');
  must(await (await parts()).app.accounts.roleByOperator(email, role));
  console.log(`${email} is ${role} now.`);
}
