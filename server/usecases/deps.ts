/** What every use case is given: ports, never the pages and never a driver. */
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Live } from '../live/ports.ts';
import type { Store } from '../store/port.ts';

/** Writes the room document of a workshop anew from the store (idempotent; safe to call as often as one likes). */
export interface RoomProjector {
  project(workshopId: string): Promise<void>;
  /** The same within a moment, once for many changes (turnout while five hundred vote). */
  soon(workshopId: string): void;
}

export interface Deps {
  readonly config: Config;
  readonly store: Store;
  readonly live: Live;
  readonly room: RoomProjector;
  readonly log: Logger;
  /** Epoch milliseconds on the server's clock. */
  readonly now: () => number;
}
