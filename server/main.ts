/** The process that `npm start` runs, on the Node that the project brings along: settings, App, pages, sockets, one port. */
import { readConfig } from './config.ts';
import { explain, serve } from './serve.ts';

async function main(): Promise<void> {
  const { app, address } = await serve(readConfig(process.env));
  console.log(`Ashar is ready: ${address}`);
  const setup = await app.accounts.setupSecret();
  if (setup !== null) console.log(`Create the first account: ${address}/setup?token=${setup}`);
}

main().catch(explain);
