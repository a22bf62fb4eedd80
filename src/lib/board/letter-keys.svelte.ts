/**
 * Whether single letters do something on the board. Somebody who dictates, or whose keyboard writes by itself, switches
 * them off for this device (WCAG 2.1.4); keys with Ctrl, arrows and Enter stay.
 */
import { browser } from '$app/environment';

const KEY = 'ashar-letter-keys';

/** Storage may be forbidden: then the choice lasts as long as the page. */
function stored(): boolean {
  try {
    return !browser || localStorage.getItem(KEY) !== 'off';
  } catch {
    return true;
  }
}

let on = $state(stored());

export const letterKeys = {
  get on() {
    return on;
  },
  set(wanted: boolean): void {
    on = wanted;
    try {
      if (wanted) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, 'off');
    } catch {
      // Kept for the open page only.
    }
  },
};
