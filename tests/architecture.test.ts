/**
 * The arrows of the design, read from every import: core ← server, core ← lib ← routes; pages reach the server by
 * `import type` only. An arrow that turns back fails here, with the two files it joins.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const SOURCE = /\.(ts|js|svelte)$/;
const ALIASES: Record<string, string> = {
  '#core/': 'src/core/',
  '#messages/': 'src/messages/',
  '#server/': 'server/',
  '$lib/': 'src/lib/',
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return path === join('src', 'messages') ? [] : filesUnder(path);
    return SOURCE.test(name) ? [path] : [];
  });
}

/** A project path for relative and aliased imports, the bare name otherwise. */
function resolve(from: string, specifier: string): string {
  for (const [alias, folder] of Object.entries(ALIASES))
    if (specifier.startsWith(alias)) return folder + specifier.slice(alias.length);
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:^|[;\s>])(import|export)\s+(type\s+)?([^;'"]*?\sfrom\s*)?['"]([^'"\n]+)['"]/g))
    found.push({ from: file, to: resolve(file, match[4] ?? ''), typeOnly: match[2] !== undefined });
  for (const match of text.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    // `import('yjs').Doc` in a type position names a type; only an awaited or called import loads anything.
    const before = text.slice(Math.max(0, match.index - 12), match.index);
    const loads = /(await|=>|void|return|=)\s*$/.test(before) && !match[1];
    found.push({ from: file, to: resolve(file, match[2] ?? ''), typeOnly: !loads });
  }
  return found;
}

const imports = [...filesUnder('src'), ...filesUnder('server')].flatMap(importsOf);
const from = (folder: string) => imports.filter((one) => one.from.startsWith(folder));
const show = (faults: readonly Import[]) => faults.map((one) => `${one.from} → ${one.to}`);

describe('the arrows', () => {
  it('reads imports at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('core imports yjs, lib0 and itself', () => {
    const faults = from('src/core/').filter(({ to }) => !to.startsWith('src/core/') && !/^(yjs|lib0)(\/|$)/.test(to));
    expect(show(faults)).toEqual([]);
  });

  it('server never imports pages, screens or Kit', () => {
    const faults = from('server/').filter(
      ({ to }) =>
        /^src\/(lib|routes)\//.test(to) ||
        to.startsWith('$app') ||
        to.startsWith('@sveltejs/kit') ||
        to.startsWith('svelte'),
    );
    expect(show(faults)).toEqual([]);
  });

  it('screens and pages know the server by type only', () => {
    const faults = from('src/').filter(({ to, typeOnly }) => to.startsWith('server/') && !typeOnly);
    expect(show(faults)).toEqual([]);
  });

  it('screens do not import pages', () => {
    const faults = from('src/lib/').filter(({ to }) => to.startsWith('src/routes/'));
    expect(show(faults)).toEqual([]);
  });

  it('Lucia stays behind server/auth', () => {
    const faults = imports.filter(({ from: file, to }) => to === 'lucia' && !file.startsWith('server/auth/'));
    expect(show(faults)).toEqual([]);
  });

  it('drivers of the store stay behind server/store', () => {
    const faults = imports.filter(
      ({ from: file, to, typeOnly }) =>
        /^(kysely|pg|better-sqlite3)(\/|$)/.test(to) && !file.startsWith('server/store/') && !typeOnly,
    );
    expect(show(faults)).toEqual([]);
  });
});
