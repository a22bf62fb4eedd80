/**
 * The three catalogues messages/{ky,ru,en}.json become src/messages (plain JavaScript that pages and documents share).
 * `add` puts strings in all three languages at once; `check` fails where a language lacks a string or a parameter, and
 * a compilation without messages fails too (offline, the compiler's own defaults would "succeed" with none).
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCALES = ['ky', 'ru', 'en'] as const;
type Catalogue = Record<string, unknown>;
const file = (locale: string) => `messages/${locale}.json`;
const read = (locale: string): Catalogue =>
  existsSync(file(locale)) ? (JSON.parse(readFileSync(file(locale), 'utf8')) as Catalogue) : {};

/** The `{parameters}` that a message mentions anywhere in it. */
function parametersOf(message: unknown): string {
  const text = typeof message === 'string' ? message : JSON.stringify(message);
  const names = [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].sort().join(',');
}

/** Sentences about what is wrong with the catalogues; empty when all three agree. */
export function faults(): string[] {
  const all = Object.fromEntries(LOCALES.map((locale) => [locale, read(locale)])) as Record<string, Catalogue>;
  const keys = new Set(LOCALES.flatMap((locale) => Object.keys(all[locale] ?? {})));
  keys.delete('$schema');
  const found: string[] = [];
  for (const key of keys) {
    const missing = LOCALES.filter((locale) => {
      const value = all[locale]?.[key];
      return value === undefined || value === '';
    });
    if (missing.length > 0) found.push(`${key}: missing in ${missing.join(', ')}`);
    else if (new Set(LOCALES.map((locale) => parametersOf(all[locale]?.[key]))).size > 1)
      found.push(`${key}: the languages use different parameters`);
  }
  if (keys.size === 0) found.push('no messages at all');
  return found;
}

/** Compiles the catalogues into src/messages. Throws when nothing came out. */
export async function compileMessages(): Promise<void> {
  const { compile } = await import('@inlang/paraglide-js');
  await compile({
    project: './project.inlang',
    outdir: './src/messages',
    strategy: ['globalVariable', 'baseLocale'],
    outputStructure: 'message-modules',
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
    isServer: "typeof window === 'undefined'",
    disableAsyncLocalStorage: true,
  });
  const compiled = 'src/messages/messages/_index.js';
  if (!existsSync(compiled) || !readFileSync(compiled, 'utf8').includes('export *'))
    throw new Error('the messages compiled to nothing');
}

async function withLock(work: () => Promise<void>): Promise<void> {
  const lock = 'node_modules/.messages.lock';
  for (let tries = 0; ; tries++) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (tries > 600) throw error;
      await sleep(100);
    }
  }
  try {
    await work();
  } finally {
    rmdirSync(lock);
  }
}

async function add(text: string): Promise<void> {
  const entries = JSON.parse(text) as Record<string, Record<string, unknown>>;
  for (const [key, value] of Object.entries(entries)) {
    if (!/^[a-z][a-z0-9_]*$/.test(key)) throw new Error(`${key}: keys are snake_case`);
    for (const locale of LOCALES) if (!value[locale]) throw new Error(`${key}: ${locale} is missing`);
    if (new Set(LOCALES.map((locale) => parametersOf(value[locale]))).size > 1)
      throw new Error(`${key}: the languages use different parameters`);
  }
  await withLock(async () => {
    for (const locale of LOCALES) {
      const merged = read(locale);
      for (const [key, value] of Object.entries(entries)) merged[key] = value[locale];
      const sorted = Object.fromEntries(Object.entries(merged).sort(([a], [b]) => (a < b ? -1 : 1)));
      writeFileSync(`${file(locale)}.new`, JSON.stringify(sorted, null, 2) + '\n');
      renameSync(`${file(locale)}.new`, file(locale));
    }
    await compileMessages();
  });
}

async function main(): Promise<void> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const command = positionals[0] ?? 'compile';
  if (command === 'add') return add(readFileSync(0, 'utf8'));
  if (command === 'compile') return withLock(compileMessages);
  if (command === 'check') {
    const found = faults();
    for (const fault of found) console.error(fault);
    process.exitCode = found.length > 0 ? 1 : 0;
    return;
  }
  console.error('usage: messages [compile | check | add < strings.json]');
  process.exitCode = 2;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
