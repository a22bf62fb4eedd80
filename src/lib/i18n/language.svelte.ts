/**
 * The language of the page, for everybody who reads `m.…()`. In the browser it is a state: choosing another language
 * renders every message again where it stands, with no reload and nothing typed lost. On the server it is the request's
 * own, which hooks.server.ts puts behind the same `getLocale`.
 */
import { browser } from '$app/environment';
import { invalidate, replaceState } from '$app/navigation';
import { page } from '$app/state';
import { getLocale, isLocale, overwriteGetLocale, type Locale } from '#messages/runtime.js';

export type { Locale };

/** In the order in which they are offered. */
export const LANGUAGES: readonly Locale[] = ['ky', 'ru', 'en'];

/** Loads that answer in the person's language say `depends(LANGUAGE_DEPENDENCY)` and run again after a choice. */
export const LANGUAGE_DEPENDENCY = 'ashar:language';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

function renderedLanguage(): Locale {
  const lang = browser ? document.documentElement.lang : '';
  return isLocale(lang) ? lang : 'en';
}

let chosen = $state<Locale>(renderedLanguage());
if (browser) overwriteGetLocale(() => chosen);

/** An address that names a language keeps naming the right one: it is shared and reloaded. */
function renameInAddress(locale: Locale): void {
  const address = new URL(location.href);
  if (!address.searchParams.has('lang')) return;
  address.searchParams.set('lang', locale);
  replaceState(address, page.state);
}

export const language = {
  get current(): Locale {
    return browser ? chosen : getLocale();
  },
  choose(locale: Locale): void {
    chosen = locale;
    document.documentElement.lang = locale;
    document.cookie = `lang=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    renameInAddress(locale);
    void invalidate(LANGUAGE_DEPENDENCY);
  },
};
