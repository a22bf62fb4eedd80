/**
 * The language of the page, for everybody who reads `m.…()`. In the browser it is a state: choosing another language
 * renders every message again where it stands, with no reload and nothing typed lost. On the server it is the request's
 * own, which hooks.server.ts puts behind the same `getLocale`.
 */
import { browser } from '$app/environment';
import { invalidate, replaceState } from '$app/navigation';
import { page } from '$app/state';
import { getLocale, isLocale, overwriteGetLocale, type Locale } from '#messages/runtime.js';
import { m } from '#messages/messages.js';
import { toast } from '$lib/ui/toast.ts';
import { fetchWords, whenWordsArrive } from './words-loading.ts';

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
/** Words of another language that came later are a reason to render again. */
let tables = $state(0);
if (browser) {
  overwriteGetLocale(() => (tables >= 0 ? chosen : 'en'));
  whenWordsArrive(() => tables++);
}

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
  /** Stays as it is and says so where the other language's words cannot be had: the network is away. */
  async choose(locale: Locale): Promise<void> {
    try {
      await fetchWords(locale);
    } catch {
      toast(m.ui_language_away(), { key: 'language', tone: 'warn' });
      return;
    }
    chosen = locale;
    document.documentElement.lang = locale;
    document.cookie = `lang=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    renameInAddress(locale);
    await invalidate(LANGUAGE_DEPENDENCY);
  },
};
