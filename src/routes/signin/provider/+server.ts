/** Off to the provider of OpenID Connect; what must come back with the answer stays in this browser for ten minutes. */
import { error, redirect } from '@sveltejs/kit';
import { m } from '#messages/messages.js';
import { onward } from '$lib/http/page.ts';
import type { RequestHandler } from './$types';

const MINUTES = 10;

export const GET: RequestHandler = async ({ locals, url, cookies }) => {
  const { provider, config, log } = locals.app;
  if (!provider) error(404);
  const back = `${config.origin ?? url.origin}/signin/back`;
  const begun = await provider.begin(back).catch((failure: unknown) => {
    log.warn({ err: failure, request: locals.requestId }, 'the provider of sign-in does not answer');
    return null;
  });
  if (!begun) error(503, m.trust_signin_failed({}, { locale: locals.language }));
  const kept = JSON.stringify({ ...begun.pending, to: onward(url.searchParams.get('to'), '/my') });
  cookies.set('ashar_signin', kept, {
    path: '/signin',
    httpOnly: true,
    // It must come along when the provider sends the browser back.
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: MINUTES * 60,
  });
  redirect(303, begun.url);
};
