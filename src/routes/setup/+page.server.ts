import { redirect } from '@sveltejs/kit';
import { setSession } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => ({
  state: (await locals.app.accounts.setupOpen(url.searchParams.get('token') ?? ''))
    ? ('open' as const)
    : (await locals.app.accounts.isSetUp())
      ? ('done' as const)
      : ('wrong' as const),
});

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const input = { email: text(form, 'email'), name: text(form, 'name'), password: text(form, 'password') };
    const done = await event.locals.app.accounts.setUp(event.url.searchParams.get('token') ?? '', input);
    if (!done.ok) return failWith(event, done.refusal, { email: input.email, name: input.name });
    setSession(event.cookies, event.url, done.value.session);
    redirect(303, '/my');
  },
};
