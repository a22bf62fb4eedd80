/**
 * The server's clock. Timers run on it, because the clock of a phone may be a day wrong. Read from the `Date` header of a
 * small request (a second's precision), measured against when it was asked and answered.
 */
let offset = $state(0);

/** Epoch milliseconds as the server counts them. */
export function serverNow(): number {
  return Date.now() + offset;
}

/** Milliseconds to add to this device's clock. Reactive. */
export const serverClock = {
  get offset(): number {
    return offset;
  },
  async adjust(): Promise<void> {
    const asked = Date.now();
    try {
      const response = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
      const date = Date.parse(response.headers.get('date') ?? '');
      // The header is cut to the second: half a second is what it says on average.
      if (!Number.isNaN(date)) offset = date + 500 - (asked + Date.now()) / 2;
    } catch {
      // Without the server there is no better clock than our own.
    }
    if (Math.abs(offset) < 1_000) offset = 0;
  },
};
