/**
 * When a round ends by itself. The time may be set at the opening and moved on while the round is open; every move is
 * recorded and told in the room. A round whose time has passed is closed from that moment on, whenever a machine gets
 * round to counting it.
 */
import { ok, refuse, type Result } from '../result.ts';
import type { RoundStatus } from './types.ts';

/** A day: a round that is to stay open longer has no end of its own. */
export const DURATION_LIMIT = 86_400;
const SHORTEST = 10;

export interface Timed {
  readonly status: RoundStatus;
  /** When it ends by itself; null: when somebody closes it. Epoch milliseconds, like all times here. */
  readonly dueAt: number | null;
  readonly closedAt: number | null;
  readonly graceSeconds: number;
}

/** The round as its own clock has it: open, but past its time, is closing or closed since that time. */
export function standingAt(round: Timed, now: number): Pick<Timed, 'status' | 'closedAt'> {
  const { status, dueAt, closedAt, graceSeconds } = round;
  if (status !== 'open' || dueAt === null || now < dueAt) return { status, closedAt };
  return { status: graceSeconds > 0 ? 'closing' : 'closed', closedAt: dueAt };
}

const isDuration = (seconds: unknown): seconds is number =>
  typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= SHORTEST && seconds <= DURATION_LIMIT;

/** The end of a round that opens now. `seconds` null: no end of its own; else 10 seconds to a day. */
export function dueAfter(seconds: number | null, now: number): Result<number | null> {
  if (seconds === null) return ok(null);
  return isDuration(seconds) ? ok(now + seconds * 1000) : refuse('settings-invalid');
}

/** The end, moved on. A round without an end of its own gets one, counted from now; it is never brought nearer. */
export function extended(round: Timed, seconds: number, now: number): Result<number> {
  const { status } = standingAt(round, now);
  if (status !== 'open') return refuse(status === 'draft' ? 'round-not-open' : 'round-closed');
  if (!isDuration(seconds)) return refuse('settings-invalid');
  const until = (round.dueAt ?? now) + seconds * 1000;
  return until > now + DURATION_LIMIT * 1000 ? refuse('settings-invalid') : ok(until);
}
