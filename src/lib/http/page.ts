/** What pages do with a refusal: ask to sign in where that would help, show the error page otherwise. */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { statusOf, type Result } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';

/** The value, or the page that a refusal leads to. */
export function must<T>(event: Pick<RequestEvent, 'locals' | 'url'>, result: Result<T>): T {
  if (result.ok) return result.value;
  event.locals.app.metrics.refusedByHttp(result.refusal.code);
  if (result.refusal.code === 'sign-in-needed') signIn(event.url);
  error(statusOf(result.refusal.code), sentence(result.refusal, event.locals.language));
}

/** To the sign-in page and back. */
export function signIn(url: URL): never {
  redirect(303, `/signin?to=${encodeURIComponent(url.pathname + url.search)}`);
}

/** An address of ours to go on to; anything else would send people to a stranger's site. */
export function onward(target: string | null, otherwise: string): string {
  return target !== null && /^\/(?![/\\])/.test(target) ? target : otherwise;
}
