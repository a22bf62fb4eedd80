/**
 * `npm test`: everything that says whether Ashar works, in the order in which it fails fastest. Installs what the tests need
 * where it may (Chromium, PostgreSQL, Redis from the system's packages), says plainly what it skipped and why, and skips
 * nothing when CI=true. `--quick`: without the browser. `--only types,lint`: some steps.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faults } from './messages.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
const only = values.only?.split(',');
const ci = process.env['CI'] === 'true';
const wanted = (step: string): boolean =>
  only ? only.includes(step) : !(values.quick && ['browser', 'reliability', 'build'].includes(step));

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}
const count: Count = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];
const skipped: string[] = [];

function run(step: string, args: readonly string[], env: Record<string, string> = {}): boolean {
  const started = Date.now();
  console.log(`\n── ${step}`);
  const result = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  console.log(`── ${step}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  if (result.status !== 0) broken.push(step);
  return result.status === 0;
}

const found = (names: readonly string[]): string | undefined => names.find((name) => existsSync(name));
const postgresBin = (): string | undefined =>
  existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
        .find((bin) => existsSync(`${bin}/initdb`))
    : undefined;

/** Programs that the tests drive and npm does not bring: name, how to tell, the system's package. */
const PROGRAMS = [
  {
    name: 'Chromium',
    package: 'chromium',
    here: () => found([process.env['CHROMIUM'] ?? '/usr/bin/chromium']) !== undefined,
    for: 'browser',
  },
  { name: 'PostgreSQL', package: 'postgresql', here: () => postgresBin() !== undefined, for: 'tests' },
  {
    name: 'Redis',
    package: 'redis-server',
    here: () => found(['/usr/bin/redis-server', '/usr/local/bin/redis-server']) !== undefined,
    for: 'tests',
  },
  {
    name: 'Poppler',
    package: 'poppler-utils',
    here: () => found(['/usr/bin/pdftotext', '/usr/local/bin/pdftotext']) !== undefined,
    for: 'tests',
  },
  {
    name: 'LibreOffice',
    package: 'libreoffice-writer-nogui',
    here: () => found(['/usr/bin/soffice', '/usr/bin/libreoffice']) !== undefined,
    for: 'tests',
  },
] as const;

function installPrograms(): void {
  const missing = PROGRAMS.filter((program) => wanted(program.for) && !program.here());
  if (missing.length === 0) return;
  const names = missing.map((program) => program.name).join(', ');
  const mayInstall = process.getuid?.() === 0 && found(['/usr/bin/apt-get']) !== undefined;
  if (mayInstall) {
    console.log(`Installing for the tests: ${names} …`);
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', ...missing.map((program) => program.package));
  }
  for (const program of PROGRAMS.filter((one) => wanted(one.for) && !one.here())) {
    if (ci) broken.push(`${program.name} is missing`);
    else skipped.push(`${program.name} is not installed (package ${program.package}): what needs it was left out`);
  }
}

function add(report: string, read: (json: never) => Count): void {
  if (!existsSync(report)) return;
  const counted = read(JSON.parse(readFileSync(report, 'utf8')) as never);
  count.passed += counted.passed;
  count.failed += counted.failed;
  count.skipped += counted.skipped;
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

if (wanted('messages')) {
  const wrong = faults();
  for (const fault of wrong) console.error(`messages: ${fault}`);
  if (wrong.length > 0) broken.push('messages');
}
if (wanted('tests') || wanted('browser')) installPrograms();
if (wanted('types')) {
  run('generated types', ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']);
  run('types', [
    'node_modules/svelte-check/bin/svelte-check',
    '--tsconfig',
    './tsconfig.json',
    '--threshold',
    'error',
    '--output',
    'human',
  ]);
}
if (wanted('lint')) {
  run('lint', [
    'node_modules/eslint/bin/eslint.js',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ]);
  run('format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '--cache', '.']);
}
if (wanted('tests')) {
  run('unit and integration tests', [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/unit.json',
  ]);
  add(
    'test-results/unit.json',
    (json: { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }) => ({
      passed: json.numPassedTests,
      failed: json.numFailedTests,
      skipped: json.numPendingTests + json.numTodoTests,
    }),
  );
}
if (wanted('build') || wanted('reliability') || wanted('browser')) run('build', ['scripts/ready.mjs']);
if (wanted('reliability')) run('reliability', ['tests/rel/rel.ts', 'all']);
if (wanted('browser') && PROGRAMS[0].here()) {
  run('browser tests', ['node_modules/@playwright/test/cli.js', 'test']);
  add(
    'test-results/e2e.json',
    ({ stats }: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }) => {
      if (stats.flaky > 0) console.log(`Flaky: ${stats.flaky} browser tests passed only when tried again.`);
      return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
    },
  );
}

for (const sentence of skipped) console.log(`Skipped: ${sentence}.`);
if (ci && count.skipped > 0) broken.push(`${count.skipped} skipped tests although CI=true`);
if (broken.length > 0) console.error(`\nNot in order: ${broken.join('; ')}.`);
console.log(
  `\ntests: ${count.passed} passed, ${count.failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`,
);
process.exitCode = broken.length > 0 || count.failed > 0 ? 1 : 0;
