/** Whether an error says that the store cannot be reached or cannot be written, rather than that something is wrong with us. */
import { StoreUnavailable } from '../live/guard.ts';

/** PostgreSQL: connection exceptions, shutting down or starting up, too many connections, out of disk or memory, read only. */
const POSTGRES = /^(08\w{3}|57P0[123]|53\w{3}|25006)$/;
const SQLITE = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN)/;
const NETWORK = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH', 'EAI_AGAIN'];
/** What the driver says without a code. */
const WORDS =
  /^(timeout exceeded when trying to connect|query read timeout|connection terminated|client has encountered)/i;

export function isStoreAway(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && (NETWORK.includes(code) || POSTGRES.test(code) || SQLITE.test(code))) return true;
  return WORDS.test(error.message) || (error.cause !== undefined && isStoreAway(error.cause));
}
