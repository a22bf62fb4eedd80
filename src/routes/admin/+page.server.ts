import { ROLES } from '#core/people/caller.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  if (!locals.caller.account) signIn(url);
  return { accounts: must(event, await locals.app.accounts.list(locals.caller)), me: locals.caller.account.accountId };
};

export const actions: Actions = {
  invite: async (event) => {
    const form = await event.request.formData();
    const role = ROLES.find((known) => known === text(form, 'role')) ?? 'facilitator';
    const input = { email: text(form, 'email'), name: text(form, 'name'), role };
    const made = await event.locals.app.accounts.invite(event.locals.caller, input);
    if (!made.ok) return failWith(event, made.refusal, { ...input, inviting: true });
    return {
      link: `${event.locals.app.config.origin ?? event.url.origin}/invite/${made.value.secret}`,
      name: made.value.account.name,
    };
  },
  link: async (event) => {
    const form = await event.request.formData();
    const made = await event.locals.app.accounts.resetLink(event.locals.caller, text(form, 'id'));
    if (!made.ok) return failWith(event, made.refusal, {});
    return {
      link: `${event.locals.app.config.origin ?? event.url.origin}/invite/${made.value.secret}`,
      name: text(form, 'name'),
    };
  },
  deactivate: async (event) => {
    const done = await event.locals.app.accounts.deactivate(
      event.locals.caller,
      text(await event.request.formData(), 'id'),
    );
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  reactivate: async (event) => {
    const done = await event.locals.app.accounts.reactivate(
      event.locals.caller,
      text(await event.request.formData(), 'id'),
    );
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
};
