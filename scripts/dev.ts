/** `npm run dev`: Vite with the live path on the same port, started again whenever server/ or src/core/ change. */
import { spawn } from 'node:child_process';
import { RESTART } from './vite-live.ts';

const port = process.env['PORT'] ?? '3000';
const host = process.env['HOST'] ?? '0.0.0.0';

function start(): void {
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'dev', '--port', port, '--strictPort', '--host', host],
    { stdio: 'inherit', env: { ...process.env, ASHAR_DEV: '1', PORT: port } },
  );
  const stop = (signal: NodeJS.Signals) => child.kill(signal);
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  child.on('exit', (code) => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    if (code === RESTART) start();
    else process.exitCode = code ?? 0;
  });
}

start();
