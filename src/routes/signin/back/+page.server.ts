/** Back from the provider: its answer becomes a session, or a sentence. */
import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { m } from '#messages/messages.js';
import { deviceOf } from '#core/people/device.ts';
import { sessionOf, setSession } from '$lib/http/cookies.ts';
import { must, onward } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

const Kept = v.object({ state: v.string(), nonce: v.string(), verifier: v.string(), to: v.string() });

function read(text: string | undefined): v.InferOutput<typeof Kept> | null {
  try {
    const parsed = v.safeParse(Kept, JSON.parse(text ?? ''));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

export const load: PageServerLoad = async (event) => {
  const { locals, url, cookies, request } = event;
  const { provider, config, accounts } = locals.app;
  if (!provider) error(404);
  const kept = read(cookies.get('ashar_signin'));
  cookies.delete('ashar_signin', { path: '/signin', secure: url.protocol === 'https:' });
  const back = `${config.origin ?? url.origin}/signin/back`;
  const vouched = kept && (await provider.finish(url, back, kept));
  if (!kept || !vouched) error(401, m.trust_signin_failed({}, { locale: locals.language }));
  const signed = must(event, await accounts.byProvider(vouched, deviceOf(request.headers.get('user-agent'))));
  const before = sessionOf(cookies);
  if (before) await accounts.signOut(before);
  setSession(cookies, url, signed.session);
  redirect(303, onward(kept.to, '/my'));
};
