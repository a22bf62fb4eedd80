/** What is kept of this workshop: for how long, about whom, and how it is erased. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { may } from '#core/people/policy.ts';
import type { Result } from '#core/result.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url } = event;
  const { caller, app } = locals;
  if (!caller.account) signIn(url);
  return {
    retention: must(event, await app.privacy.retention(caller, params.workshop)),
    people: must(event, await app.joining.people(caller, params.workshop)).map(({ id, name }) => ({ id, name })),
    mayErase: may(caller, 'workshop.erase', params.workshop),
  };
};

type Act = (event: RequestEvent<{ workshop: string }>, form: FormData) => Promise<Result<null>>;
const action = (act: Act) => async (event: RequestEvent<{ workshop: string }>) => {
  const done = await act(event, await event.request.formData());
  return done.ok ? {} : failWith(event, done.refusal, {});
};

export const actions: Actions = {
  retention: action(({ locals, params }, form) => {
    const days = text(form, 'days').trim();
    return locals.app.privacy.setRetention(locals.caller, params.workshop, days === '' ? null : Number(days));
  }),
  person: action(({ locals, params }, form) =>
    locals.app.privacy.erasePerson(locals.caller, params.workshop, text(form, 'id'), {
      notes: text(form, 'notes') === 'on',
    }),
  ),
  board: action(({ locals, params }, form) =>
    locals.app.privacy.eraseBoard(locals.caller, params.workshop, text(form, 'id')),
  ),
  workshop: async (event) => {
    const done = await event.locals.app.privacy.eraseWorkshop(event.locals.caller, event.params.workshop);
    if (!done.ok) return failWith(event, done.refusal, {});
    redirect(303, '/my');
  },
};
