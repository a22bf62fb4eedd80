/**
 * In development, pages and sockets share one port as they do in production: the plugin composes the App in plain Node
 * (one copy of yjs), hands it to the pages through globalThis, and takes the socket upgrades of Vite's own server.
 * A change in server/ or src/core/ ends the process with a code by which scripts/dev.ts starts it again.
 */
import { fileURLToPath } from 'node:url';
import type { Server } from 'node:http';
import type { Plugin } from 'vite';

const href = (path: string): string => new URL(path, import.meta.url).href;

/** The exit code by which the development process asks to be started again. */
export const RESTART = 75;

export function liveServer(): Plugin {
  return {
    name: 'ashar-live',
    apply: 'serve',
    async configureServer(vite) {
      if (process.env['VITEST'] || process.env['ASHAR_DEV'] !== '1') return;
      const dev = (await import(href('../server/dev.ts'))) as typeof import('../server/dev.ts');
      await dev.serveDevelopment(vite.httpServer as Server);
      const watched = [
        fileURLToPath(new URL('../server/', import.meta.url)),
        fileURLToPath(new URL('../src/core/', import.meta.url)),
      ];
      vite.watcher.add(watched);
      vite.watcher.on('change', (file) => {
        if (watched.some((folder) => file.startsWith(folder))) {
          vite.config.logger.info(`${file} changed: starting again`);
          void dev.stopDevelopment().finally(() => process.exit(RESTART));
        }
      });
    },
  };
}
