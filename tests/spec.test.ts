/** SPEC.md and the tests speak of the same rules: every numbered title stands in SPEC.md, every rule there has a test. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : /\.ts$/.test(name) ? [path] : [];
  });
}

const lines = [...readFileSync('tests/SPEC.md', 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*(.*)/gm)];
const rules = new Set(lines.map((match) => match[1] ?? ''));
const statements = new Set(lines.filter((match) => match[2]?.startsWith(' (no test')).map((match) => match[1] ?? ''));
const tested = new Map<string, string>();
for (const file of filesUnder('tests'))
  for (const match of readFileSync(file, 'utf8').matchAll(/['"`]\[((?:[A-Z]\d+)(?:[, ]+[A-Z]\d+)*)\]/g))
    for (const rule of (match[1] ?? '').split(/[, ]+/)) tested.set(rule, file);

test('a number names one rule', () => {
  const numbers = lines.map((match) => match[1] ?? '');
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
});

test('every rule that a test names stands in SPEC.md', () => {
  expect(rules.size).toBeGreaterThan(50);
  expect([...tested].filter(([rule]) => !rules.has(rule)).map(([rule, file]) => `${rule} (${file})`)).toEqual([]);
});

test('every rule of SPEC.md has a test that names it', () => {
  expect([...rules].filter((rule) => !tested.has(rule) && !statements.has(rule))).toEqual([]);
});
