import { redirect } from '@sveltejs/kit';
import { deviceOf } from '#core/people/device.ts';
import { setSession } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) =>
  must(event, await event.locals.app.accounts.linkOwner(event.params.secret));

export const actions: Actions = {
  default: async (event) => {
    const password = text(await event.request.formData(), 'password');
    const done = await event.locals.app.accounts.followLink(
      event.params.secret,
      password,
      deviceOf(event.request.headers.get('user-agent')),
    );
    if (!done.ok) return failWith(event, done.refusal, {});
    setSession(event.cookies, event.url, done.value.session);
    redirect(303, '/my');
  },
};
