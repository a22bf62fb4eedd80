/** One account as an administrator manages it: role, places where it is signed in, second factor, erasing. */
import { error, redirect } from '@sveltejs/kit';
import { ROLES } from '#core/people/caller.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must, signIn } from '$lib/http/page.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url, params } = event;
  const { caller, app } = locals;
  if (!caller.account) signIn(url);
  const all = must(event, await app.accounts.list(caller));
  const found = all.find(({ id }) => id === params.account);
  if (!found) error(404, sentence({ code: 'not-found' }, locals.language));
  const sessions = must(event, await app.accounts.sessions(caller, null, found.id));
  return { found, sessions, isMe: found.id === caller.account.accountId };
};

export const actions: Actions = {
  role: async (event) => {
    const asked = text(await event.request.formData(), 'role');
    const role = ROLES.find((known) => known === asked);
    const { caller, app } = event.locals;
    const done = role
      ? await app.accounts.changeRole(caller, event.params.account, role)
      : { ok: false as const, refusal: { code: 'malformed' as const } };
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  endAll: async (event) => {
    const done = await event.locals.app.accounts.endSessionsOf(event.locals.caller, event.params.account);
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  dropSecond: async (event) => {
    const done = await event.locals.app.accounts.dropSecondFactor(event.locals.caller, event.params.account);
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  erase: async (event) => {
    const done = await event.locals.app.privacy.eraseAccount(event.locals.caller, event.params.account);
    if (!done.ok) return failWith(event, done.refusal, {});
    redirect(303, '/admin');
  },
};
