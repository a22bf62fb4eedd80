/** Development: the same App under Vite's own server, so that pages and sockets share one port there too. */
import type { Server } from 'node:http';
import { compose, type Composed } from './compose.ts';
import { readConfig } from './config.ts';
import { attachLive } from './live/upgrade.ts';

let composed: Composed | null = null;

/** Composes the App and takes the socket upgrades for /live and /yjs; Vite keeps its own. */
export async function serveDevelopment(server: Server): Promise<void> {
  const config = readConfig(process.env);
  const made = await compose(config);
  composed = made;
  attachLive(server, made.live, { origin: config.origin, trustProxy: config.trustProxy, othersListen: true });
  const setup = await made.app.accounts.setupSecret();
  if (setup !== null) console.log(`Create the first account: http://localhost:${config.port}/setup?token=${setup}`);
}

export async function stopDevelopment(): Promise<void> {
  await composed?.close();
}
