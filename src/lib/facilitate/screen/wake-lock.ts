/** Keeps the projector's screen on where the browser can (not on plain http); returns how to stop. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let ended = false;
  async function hold(): Promise<void> {
    if (ended || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    // Refused on a low battery, for instance: the screen then sleeps as it would have.
    lock = await navigator.wakeLock.request('screen').catch(() => null);
    if (ended) void lock?.release();
  }
  // A hidden page loses its lock.
  const seen = () => void hold();
  document.addEventListener('visibilitychange', seen);
  seen();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', seen);
    void lock?.release();
  };
}
