/**
 * A compiled message holds its words in all three languages. A phone needs one: in the browser's build every message is
 * a call of `say`, and the words come as a table per language and group, of which the page loads the language it shows.
 * The room's group is what a participant sees; the office's is the rest. Pages on the server, development and tests use
 * the compiled messages as they are.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';

const LOCALES = ['ky', 'ru', 'en'] as const;
const MESSAGES = 'src/messages/messages';
/** Where a participant's pages and what they show are written. */
const ROOM = [
  'src/lib/board',
  'src/lib/http',
  'src/lib/i18n',
  'src/lib/live',
  'src/lib/ui',
  'src/lib/voting',
  'src/routes/join',
  'src/routes/+error.svelte',
  'src/routes/w/[workshop]/+layout.svelte',
  'src/routes/w/[workshop]/+page.svelte',
];

function sourcesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'utf8')];
  return readdirSync(path).flatMap((name) => sourcesIn(join(path, name)));
}

const used = (path: string): string[] =>
  sourcesIn(path).flatMap((source) => [...source.matchAll(/\bm\.([a-z]\w+)/g)].map(([, key]) => key ?? ''));
let room: Set<string> | undefined;

/** A message in the wrong group is said all the same: it only brings the other table along. */
export function groupOf(key: string): 'room' | 'office' {
  room ??= new Set(ROOM.flatMap(used));
  return key.startsWith('refusal_') || room.has(key) ? 'room' : 'office';
}

/** The function that says a message in one language, as the compiler wrote it. */
function saidIn(locale: string, source: string, file: string): string {
  const start = source.indexOf(`\nconst ${locale}_`);
  const from = source.indexOf('=', start) + 1;
  const rest = source.slice(from);
  const end = /\n(?=const |\/\*\*)/.exec(rest)?.index;
  if (start < 0 || end === undefined) throw new Error(`${file} is not as the message compiler writes it`);
  return rest.slice(0, end).trim().replace(/;$/, '');
}

/** `virtual:words/ru/room`: every message of a group in one language. */
function table(locale: string, group: string): string {
  const entries = readdirSync(MESSAGES)
    .filter((file) => file.endsWith('.js') && file !== '_index.js' && groupOf(basename(file, '.js')) === group)
    .map((file) => {
      const source = readFileSync(join(MESSAGES, file), 'utf8');
      const key = /^export const (\w+)/m.exec(source)?.[1];
      if (key === undefined) throw new Error(`${file} exports no message`);
      return `  ${key}: ${saidIn(locale, source, file)},`;
    });
  return `import * as registry from '/src/messages/registry.js';\nexport default {\n${entries.join('\n')}\n};`;
}

/** `virtual:say/room`: says a message of the group; waits for the page's language before anything uses it. */
const say = (group: string): string => `
import { wordsFrom } from '/src/lib/i18n/words-loading.ts';
export const say = await wordsFrom({
${LOCALES.map((locale) => `  ${locale}: () => import('virtual:words/${locale}/${group}'),`).join('\n')}
});`;

export function wordsByLanguage(): Plugin {
  return {
    name: 'ashar-words',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    resolveId: (id) => (/^virtual:(words|say)\//.test(id) ? { id: `\0${id}`, moduleSideEffects: false } : undefined),
    load(id) {
      const [, kind, ...path] = /^\0virtual:(words|say)\/(\w+)(?:\/(\w+))?$/.exec(id) ?? [];
      if (kind === 'say') return say(path[0] ?? '');
      if (kind === 'words') return table(path[0] ?? '', path[1] ?? '');
      return undefined;
    },
    transform(code, id) {
      const path = id.split('?')[0] ?? '';
      if (!path.includes(`/${MESSAGES}/`) || path.endsWith('/_index.js')) return undefined;
      const key = /^export const (\w+)/m.exec(code)?.[1];
      if (key === undefined) return undefined;
      return {
        code: `import { say } from 'virtual:say/${groupOf(key)}';
export const ${key} = (inputs = {}, options = {}) => say('${key}', inputs, options.locale);`,
        map: null,
        moduleSideEffects: false,
      };
    },
  };
}
