/**
 * Part of a page that comes when it is first wanted, so that a phone does not load before its first note what it may never
 * show. Asked for without network it is tried again, with growing pauses, until it is there.
 */
export interface OnDemand<T> {
  /** Null until it came; a state. */
  readonly current: T | null;
  ask(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

export function onDemand<T>(load: () => Promise<{ default: T }>): OnDemand<T> {
  let here = $state.raw<T | null>(null);
  let asked = false;
  function attempt(pause: number): void {
    load().then(
      (part) => (here = part.default),
      () => setTimeout(() => attempt(Math.min(2 * pause, LONGEST_PAUSE_MS)), pause),
    );
  }
  return {
    get current() {
      return here;
    },
    ask() {
      if (asked || typeof document === 'undefined') return;
      asked = true;
      attempt(FIRST_PAUSE_MS);
    },
  };
}

/** Runs when the page has nothing better to do; `seconds` is the least wait. Undo it with what comes back. */
export function atLeisure(run: () => void, seconds: number): () => void {
  const wait = setTimeout(run, 1000 * seconds);
  return () => clearTimeout(wait);
}
