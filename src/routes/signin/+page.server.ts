import { redirect } from '@sveltejs/kit';
import { setSession } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { onward } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.caller.account) redirect(303, onward(url.searchParams.get('to'), '/my'));
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const email = text(form, 'email');
    const signed = await event.locals.app.accounts.signIn(email, text(form, 'password'), event.getClientAddress());
    if (!signed.ok) return failWith(event, signed.refusal, { email });
    setSession(event.cookies, event.url, signed.value.session);
    redirect(303, onward(event.url.searchParams.get('to'), '/my'));
  },
};
