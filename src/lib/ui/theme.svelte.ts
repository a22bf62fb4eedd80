/**
 * Light, dark, or as the device says. The choice lives in a cookie, and the server renders it into `<html data-theme>`,
 * so that no page flashes in the wrong theme.
 */
import { browser } from '$app/environment';

export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function renderedTheme(): Theme {
  const rendered = browser ? document.documentElement.dataset['theme'] : undefined;
  return THEMES.find((theme) => theme === rendered) ?? 'system';
}

let chosen = $state<Theme>(renderedTheme());

export const theme = {
  get current(): Theme {
    return chosen;
  },
  choose(next: Theme): void {
    chosen = next;
    document.documentElement.dataset['theme'] = next;
    document.cookie = `theme=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  },
};
