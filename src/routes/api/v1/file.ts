/** A finished document on its way to the person: its type, its name in any alphabet, and nothing kept by a cache. */
import type { RequestEvent } from '@sveltejs/kit';
import { isLanguage, type Language } from '#core/people/caller.ts';
import type { Result } from '#core/result.ts';
import { answer } from './answer.ts';

interface Sent {
  readonly body: Uint8Array | string;
  readonly type: string;
  /** As it stands in Content-Disposition. */
  readonly disposition: string;
}

export function answerFile(event: RequestEvent, file: Result<Sent>): Response {
  if (!file.ok) return answer(event, file);
  const { body, type, disposition } = file.value;
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: { 'content-type': type, 'content-disposition': disposition, 'cache-control': 'no-store' },
  });
}

/** `?language=`, else the language of the request. */
export function languageAsked(event: RequestEvent): Language {
  const asked = event.url.searchParams.get('language');
  return isLanguage(asked) ? asked : event.locals.language;
}
