import { redirect } from '@sveltejs/kit';
import { deviceOf } from '#core/people/device.ts';
import { sessionOf, setSession } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { onward } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.caller.account) redirect(303, onward(url.searchParams.get('to'), '/my'));
  return { provider: locals.app.provider?.name ?? null, to: onward(url.searchParams.get('to'), '/my') };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const email = text(form, 'email');
    const { accounts } = event.locals.app;
    const signed = await accounts.signIn(email, text(form, 'password'), event.getClientAddress(), {
      code: text(form, 'code'),
      device: deviceOf(event.request.headers.get('user-agent')),
    });
    if (!signed.ok) return failWith(event, signed.refusal, { email });
    // The session that this browser had before ends: nobody goes on under an id that was known before the sign-in.
    const before = sessionOf(event.cookies);
    if (before) await accounts.signOut(before);
    setSession(event.cookies, event.url, signed.value.session);
    redirect(303, onward(event.url.searchParams.get('to'), '/my'));
  },
};
