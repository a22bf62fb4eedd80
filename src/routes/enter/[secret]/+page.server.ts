import { redirect } from '@sveltejs/kit';
import { deviceOf } from '#core/people/device.ts';
import { setSession } from '$lib/http/cookies.ts';
import { must, onward } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

/** A link that signs in, made by the operator (the demo's links). */
export const load: PageServerLoad = async (event) => {
  const entered = must(
    event,
    await event.locals.app.accounts.enter(event.params.secret, deviceOf(event.request.headers.get('user-agent'))),
  );
  setSession(event.cookies, event.url, entered.session);
  redirect(303, onward(event.url.searchParams.get('to'), '/my'));
};
