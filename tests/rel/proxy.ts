/** A loopback proxy that a case puts before a store or before instances: it passes, refuses or hangs as it is told. */
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface Proxy {
  readonly port: number;
  mode: 'pass' | 'refuse' | 'hang';
  /** Ends every connection that runs through it. */
  cut(): void;
  close(): Promise<void>;
}

/** @param targets ports, taken in turn by those that answer. */
export async function proxy(targets: readonly number[]): Promise<Proxy> {
  const open = new Set<Socket>();
  let turn = 0;
  const state = { mode: 'pass' as Proxy['mode'] };
  function reach(client: Socket, tries: number): void {
    const target = targets[(turn += 1) % targets.length] ?? 0;
    const server = connect(target, '127.0.0.1');
    let isThrough = false;
    server.on('connect', () => {
      isThrough = true;
      client.pipe(server);
      server.pipe(client);
    });
    server.on('error', () => (isThrough || tries <= 1 ? client.destroy() : reach(client, tries - 1)));
    server.on('close', () => isThrough && client.destroy());
    client.on('close', () => server.destroy());
    open.add(server);
    server.once('close', () => open.delete(server));
  }
  const server: Server = createServer((client) => {
    client.on('error', () => client.destroy());
    open.add(client);
    client.once('close', () => open.delete(client));
    if (state.mode === 'refuse') return void client.destroy();
    if (state.mode === 'pass') reach(client, targets.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    get mode() {
      return state.mode;
    },
    set mode(mode) {
      state.mode = mode;
    },
    cut: () => open.forEach((socket) => socket.destroy()),
    close: () =>
      new Promise((resolve) => {
        open.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  };
}
