/**
 * Every request passes here: cookies and bearer token → caller, language, origin check for everything that changes state,
 * security headers, and an incident number for every error that nobody expected.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { isLanguage, NOBODY, type Caller, type Language } from '#core/people/caller.ts';
import { newId } from '#core/ids.ts';
import { refuse } from '#core/result.ts';
import { overwriteGetLocale } from '#messages/runtime.js';
import type { App as AsharApp } from '#server/app.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { placeStyles, styleNonce } from '$lib/http/served-styles.ts';
import { answerRefusal } from './routes/api/v1/answer.ts';

const languageOfRequest = new AsyncLocalStorage<Language>();
overwriteGetLocale(() => languageOfRequest.getStore() ?? 'ru');

function app(): AsharApp {
  const running = (globalThis as { [key: symbol]: AsharApp | undefined })[Symbol.for('ashar.app')];
  if (!running) throw new Error('the App is composed by server/main.ts; start it with npm start or npm run dev');
  return running;
}

/** `?lang=`, then the cookie, then what the browser prefers, then Russian, which most of the room reads. */
function languageOf(url: URL, cookie: string | undefined, accepted: string | null): Language {
  const asked = url.searchParams.get('lang');
  if (isLanguage(asked)) return asked;
  if (isLanguage(cookie)) return cookie;
  for (const part of (accepted ?? '').split(',').slice(0, 20)) {
    const tag = part.trim().slice(0, 2).toLowerCase();
    if (isLanguage(tag)) return tag;
  }
  return 'ru';
}

/**
 * Whether the page that sent this request is ours. A missing Origin is a script or tool: let through where no cookie speaks
 * (bearer token, join, session), refused where a cookie would act for somebody.
 */
function ownOrigin(request: Request, url: URL, bearer: boolean): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null) return origin === url.origin;
  if (request.headers.get('sec-fetch-site') === 'cross-site') return false;
  const open = /^\/api\/v1\/(join|session)$/.test(url.pathname);
  return bearer || open || !/ashar_/.test(request.headers.get('cookie') ?? '');
}

async function callerOf(running: AsharApp, bearer: string | null, cookies: string | null): Promise<Caller> {
  if (bearer !== null) return (await running.identify.byToken(bearer)) ?? NOBODY;
  return cookies ? running.identify.byCookies(cookies) : NOBODY;
}

/**
 * A page, or a page's data, gzipped for the phone's network. Never the API: the size of a ballot must not tell by how
 * well it compresses what is in it.
 */
function smaller(request: Request, response: Response): Response {
  const text = /^(text\/html|application\/json|text\/sveltekit-data)/.test(response.headers.get('content-type') ?? '');
  const accepted = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  if (!text || !accepted || !response.body || response.headers.has('content-encoding')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-encoding', 'gzip');
  headers.append('vary', 'accept-encoding');
  for (const stale of ['content-length', 'etag']) headers.delete(stale);
  const body = response.body.pipeThrough(new CompressionStream('gzip'));
  return new Response(body, { status: response.status, statusText: response.statusText, headers });
}

/** The store cannot be reached: a sentence in the reader's language, and when to come back. A page asks again by itself. */
function storeAway(event: RequestEvent): Response {
  const { refusal } = refuse('store-unavailable');
  const headers = { 'cache-control': 'no-store', 'retry-after': '5', 'x-content-type-options': 'nosniff' };
  if (event.url.pathname.startsWith('/api/') || event.request.method !== 'GET') {
    const response = answerRefusal(event, refusal);
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  }
  const words = sentence(refusal, event.locals.language);
  const page = `<!doctype html><html lang="${event.locals.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="5"><title>Ashar</title></head><body><main><p>${words}</p></main></body></html>`;
  return new Response(page, { status: 503, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } });
}

export const handle: Handle = async (input) => {
  const { event } = input;
  try {
    const response = await answerRequest(input);
    return response.status === 500 && event.locals.isStoreAway === true ? storeAway(event) : response;
  } catch (error) {
    if (event.locals.app?.isStoreAway(error) !== true) throw error;
    event.locals.app.log.warn({ err: error, request: event.locals.requestId }, 'the store does not answer');
    return storeAway(event);
  }
};

const answerRequest: Handle = async ({ event, resolve }) => {
  const { request, url, locals, cookies } = event;
  locals.requestId = newId(10);
  locals.language = languageOf(url, cookies.get('lang'), request.headers.get('accept-language'));
  const theme = cookies.get('theme');
  locals.theme = theme === 'light' || theme === 'dark' ? theme : 'system';
  const isApi = url.pathname.startsWith('/api/');
  // What the page asks of the API later is answered in the language of the page. The page's own switch writes it too.
  if (!isApi && isLanguage(url.searchParams.get('lang')))
    cookies.set('lang', locals.language, {
      path: '/',
      maxAge: 365 * 24 * 3600,
      sameSite: 'lax',
      httpOnly: false,
      secure: false,
    });
  const bearer = /^Bearer (.{1,300})$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? null;

  const started = performance.now();
  return languageOfRequest.run(locals.language, async () => {
    // The gallery of components needs no server; it opens under plain Vite as well.
    if (!url.pathname.startsWith('/gallery')) {
      locals.app = app();
      const caller = await callerOf(locals.app, bearer, request.headers.get('cookie'));
      locals.caller = { ...caller, language: locals.language };
    } else locals.caller = NOBODY;

    if (
      request.method !== 'GET' &&
      request.method !== 'HEAD' &&
      request.method !== 'OPTIONS' &&
      !ownOrigin(request, url, bearer !== null)
    ) {
      const refused = refuse('foreign-origin');
      return answerRefusal(event, refused.refusal);
    }
    if (
      isApi &&
      bearer !== null &&
      !locals.caller.account &&
      locals.caller.participants.length === 0 &&
      locals.caller.screens.length === 0 &&
      !locals.caller.guests?.length
    )
      return answerRefusal(event, refuse('sign-in-needed').refusal);

    const response = await resolve(event, {
      transformPageChunk: ({ html }) =>
        placeStyles(html.replace('%lang%', locals.language).replace('%theme%', locals.theme)),
      preload: ({ type, path }) =>
        type === 'js' || type === 'css' || (type === 'font' && /shown-(latin|cyrillic|kyrgyz)/.test(path)),
    });
    const route = event.route.id ?? 'other';
    const took = performance.now() - started;
    locals.app?.metrics.answered(route, request.method, response.status, took);
    // Patterns and figures only: no address, no person, nothing that was sent. Off unless LOG_LEVEL says debug.
    locals.app?.log.debug(
      { request: locals.requestId, route, method: request.method, status: response.status, ms: Math.round(took) },
      'answered',
    );
    const { headers } = response;
    const policy = headers.get('content-security-policy');
    if (policy !== null) headers.set('content-security-policy', styleNonce(policy));
    headers.set('x-content-type-options', 'nosniff');
    headers.set('x-frame-options', 'DENY');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-opener-policy', 'same-origin');
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
    headers.set('x-request-id', locals.requestId);
    if (url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000');
    if (headers.get('content-type')?.startsWith('text/html')) headers.set('cache-control', 'private, no-store');
    return isApi ? response : smaller(request, response);
  });
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (status === 404) return { message };
  if (event.locals.app?.isStoreAway(error) === true) event.locals.isStoreAway = true;
  const incident = newId(8);
  const log = event.locals.app?.log;
  if (log) log.error({ err: error, incident, path: event.route.id, request: event.locals.requestId }, 'unexpected');
  else console.error(incident, error);
  return { message, incident };
};
