import { redirect } from '@sveltejs/kit';
import { failWith, text } from '$lib/http/form.ts';
import { signIn } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (!locals.caller.account) signIn(url);
  return { year: new Date().getFullYear() };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const input = {
      title: text(form, 'title'),
      periodStart: Number(text(form, 'start')),
      periodEnd: Number(text(form, 'end')),
      languages: ['ky', 'ru'] as const,
    };
    const made = await event.locals.app.strategies.create(event.locals.caller, input);
    if (!made.ok) return failWith(event, made.refusal, { title: input.title });
    redirect(303, `/strategies/${made.value.id}`);
  },
};
