/** The list of reliability cases itself: nothing in it is there twice, and every switch still finds its line. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cases } from './cases.ts';
import { WEAKNESSES } from './weaken.ts';

test('[P68] every case has one name, and a defence that it shows itself to need, or says why none can be switched off', () => {
  for (const key of ['id', 'name'] as const) expect(new Set(cases.map((each) => each[key])).size).toBe(cases.length);
  expect(cases.length).toBeGreaterThan(40);
  for (const { defence, unweakened } of cases) expect(defence !== null || (unweakened ?? '') !== '').toBe(true);
  const used = new Set(cases.map(({ defence }) => defence));
  expect(Object.keys(WEAKNESSES).filter((name) => !used.has(name as keyof typeof WEAKNESSES))).toEqual([]);
});

test('[P68] every line that a switch changes stands exactly once in the source', () => {
  const missing = Object.entries(WEAKNESSES).flatMap(([name, changes]) =>
    changes.flatMap(({ file, from }) =>
      readFileSync(file, 'utf8').split(from).length === 2 ? [] : [`${name}: ${file}`],
    ),
  );
  expect(missing).toEqual([]);
});
