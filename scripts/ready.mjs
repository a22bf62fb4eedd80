// Runs before every npm script, on any Node from 20 on, with nothing installed yet: installs the packages where they
// are missing or were left half-way, then (unless --dev) builds where the sources changed. A second process that
// starts meanwhile waits for the first; nothing is done twice and nothing is done when nothing changed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const dev = process.argv.includes('--dev');

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Ashar needs Node 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}

const digest = (text) => createHash('sha256').update(text).digest('hex').slice(0, 16);
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Holds `.lock` beside the project while `work` runs; a lock whose owner died is taken over. */
function locked(work) {
  const lock = join(root, '.ready.lock');
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      break;
    } catch {
      const owner = Number(read(join(lock, 'pid')));
      const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
      if ((owner && !alive(owner)) || (!owner && age > 5_000)) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(command, args) {
  const result = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error(`\n"${command} ${args.join(' ')}" did not finish; nothing was started.`);
    process.exit(result.status ?? 1);
  }
}

const stamp = join('node_modules', '.ashar-installed');
const wanted = () => digest(read('package-lock.json'));
const installed = () => read(stamp) === wanted();

function install() {
  if (installed()) return;
  console.log('Installing packages …');
  // `npm ci` starts from an empty node_modules, so an interrupted install is repaired by the next.
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']);
  writeFileSync(stamp, wanted());
}

/** A digest of every file that the build reads. */
function sources() {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      if (path === join('src', 'messages')) return;
      for (const name of readdirSync(path).sort()) visit(join(path, name));
    } else {
      hash.update(path).update('\0').update(readFileSync(path));
    }
  };
  for (const path of ['src', 'static', 'messages', 'project.inlang/settings.json']) visit(path);
  for (const path of [
    'package-lock.json',
    'vite.config.ts',
    'svelte.config.js',
    'scripts/messages.ts',
    'scripts/vite-words.ts',
  ])
    visit(path);
  return hash.digest('hex').slice(0, 16);
}

const node = join('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
// Beside what it vouches for: a copied or cleaned tree compiles anew.
const messagesStamp = join('src', 'messages', '.ashar-compiled');
const messagesWanted = () =>
  digest(['ky', 'ru', 'en'].map((l) => read(`messages/${l}.json`)).join() + read('scripts/messages.ts'));

function messages() {
  if (existsSync('src/messages/messages.js') && read(messagesStamp) === messagesWanted()) return;
  run(node, ['scripts/messages.ts']);
  writeFileSync(messagesStamp, messagesWanted());
}

function build() {
  const made = join('build', '.ashar-built');
  const want = sources();
  if (existsSync('build/handler.js') && read(made) === want) return;
  console.log('Building …');
  rmSync(made, { force: true });
  run(node, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']);
  writeFileSync(made, want);
  utimesSync(made, new Date(), new Date());
}

locked(() => {
  install();
  messages();
  if (!dev) build();
});
