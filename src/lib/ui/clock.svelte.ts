/**
 * One clock for all that shows time: it ticks at the turn of each second while somebody looks at it. `now` is this
 * device's; who shows the room's time adds the offset that the live connection measured.
 */
import { createSubscriber } from 'svelte/reactivity';

const subscribe = createSubscriber((tick) => {
  let timer: ReturnType<typeof setTimeout>;
  const next = () => {
    timer = setTimeout(
      () => {
        tick();
        next();
      },
      1000 - (Date.now() % 1000),
    );
  };
  next();
  return () => clearTimeout(timer);
});

export const clock = {
  /** Epoch milliseconds; reading it in a template or an effect renders again each second. */
  get now(): number {
    subscribe();
    return Date.now();
  },
};
