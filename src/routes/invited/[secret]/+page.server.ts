import { redirect } from '@sveltejs/kit';
import { setDraftLink } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'x-robots-tag': 'noindex' });
  return must(event, await event.locals.app.members.door(event.params.secret));
};

export const actions: Actions = {
  /** Only a press comes in: a messenger that looks at the link must not. */
  default: async (event) => {
    const { params, locals, cookies, url } = event;
    const name = text(await event.request.formData(), 'name');
    const entered = await locals.app.members.enter(params.secret, name);
    if (!entered.ok) return failWith(event, entered.refusal, { name });
    setDraftLink(cookies, url, entered.value.strategyId, params.secret);
    redirect(303, `/strategies/${entered.value.strategyId}`);
  },
};
