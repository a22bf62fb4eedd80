/**
 * `npm run ashar -- <command>`: administration with the operator's rights, also while the server runs. Exit codes: 0 done,
 * 1 refused (one sentence says why), 2 wrong usage.
 */
import { readConfig, SettingError } from '../config.ts';
import { composeOffline, type Offline } from '../compose.ts';
import { accountCreate, accountRole } from './account.ts';
import { backup, restore } from './backup.ts';
import { doctor } from './doctor.ts';
import { migrateStore } from './migrate-store.ts';
import { Refused, Usage } from './outcome.ts';
import { tokenCreate } from './token.ts';
import { workshopExport, workshopImport } from './workshop.ts';

interface Command {
  readonly usage: string;
  readonly does: string;
  /** `parts` opens the store on first use: restore must not. */
  run(args: string[], parts: () => Promise<Offline>): Promise<void>;
}

const COMMANDS: Record<string, Command> = {
  'account create': {
    usage: 'account create --email ADDRESS --name NAME --role admin|facilitator|staff [--password-stdin]',
    does: 'makes an account; without a password it prints a link by which the person chooses one',
    run: accountCreate,
  },
  'account role': {
    usage: 'account role --email ADDRESS --role admin|facilitator|staff',
    does: 'gives an account another role, at once; it signs in again',
    run: accountRole,
  },
  'token create': {
    usage: 'token create --email ADDRESS',
    does: 'makes an API token of an account and prints it on the last line',
    run: tokenCreate,
  },
  'workshop import': {
    usage: 'workshop import FILE',
    does: 'makes a workshop from an ashar.workshop/1 file',
    run: workshopImport,
  },
  'workshop export': {
    usage: 'workshop export ID --format ashar|docx|csv|json|md --out FILE [--language ky|ru|en]',
    does: 'writes a workshop into a file',
    run: workshopExport,
  },
  backup: {
    usage: 'backup FILE',
    does: 'copies the SQLite store into a file, consistently, while the server runs',
    run: backup,
  },
  restore: {
    usage: 'restore FILE',
    does: 'puts a backup in the place of the store; the server must be stopped',
    run: restore,
  },
  'migrate-store': {
    usage: 'migrate-store --to postgres://…',
    does: 'moves the SQLite store into an empty PostgreSQL database and verifies every row; the server must be stopped',
    run: migrateStore,
  },
  doctor: {
    usage: 'doctor [--snapshot FILE]',
    does: 'looks at the store and the settings, or at a snapshot in a file, and says what is wrong and how to mend it',
    run: doctor,
  },
};

function help(command?: Command): string {
  if (command) return `usage: npm run ashar -- ${command.usage}\n  ${command.does}`;
  const lines = Object.values(COMMANDS).map(({ usage, does }) => `  ${usage}\n      ${does}`);
  return `usage: npm run ashar -- COMMAND\n\n${lines.join('\n')}\n\nEvery command takes --help. Settings come from the environment, as for npm start.`;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((known) => known in COMMANDS);
  const command = name === undefined ? undefined : COMMANDS[name];
  if (args.includes('--help') || args.length === 0) {
    console.log(help(command));
    return args.length === 0 ? 2 : 0;
  }
  if (!command || name === undefined) {
    console.error(`There is no command "${args.slice(0, 2).join(' ')}".\n\n${help()}`);
    return 2;
  }
  let open: Offline | null = null;
  try {
    const config = readConfig({ LOG_LEVEL: 'error', ...process.env });
    await command.run(args.slice(name.split(' ').length), async () => (open ??= await composeOffline(config)));
    return 0;
  } catch (error) {
    if (error instanceof Usage || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS')) {
      console.error(`${(error as Error).message}\n${help(command)}`);
      return 2;
    }
    if (error instanceof Refused || error instanceof SettingError) {
      console.error(error.message);
      return 1;
    }
    throw error;
  } finally {
    await (open as Offline | null)?.close();
  }
}

process.exitCode = await main();
