/** One's own account: where one is signed in, the second factor, the password, what is on record. */
import { redirect } from '@sveltejs/kit';
import { deviceOf } from '#core/people/device.ts';
import { sessionOf, setSession } from '$lib/http/cookies.ts';
import { failWith, text } from '$lib/http/form.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url, cookies } = event;
  const { accounts } = locals.app;
  if (!locals.caller.account) signIn(url);
  return {
    sessions: must(event, await accounts.sessions(locals.caller, sessionOf(cookies) ?? null)),
    account: locals.caller.account,
    twoStep: must(event, await accounts.hasSecondFactor(locals.caller)),
  };
};

export const actions: Actions = {
  end: async (event) => {
    const id = text(await event.request.formData(), 'id');
    const done = await event.locals.app.accounts.endSession(event.locals.caller, id);
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  endAll: async (event) => {
    const { caller, app } = event.locals;
    await app.accounts.endSessionsOf(caller, caller.account?.accountId ?? '');
    redirect(303, '/signin');
  },
  proposeSecond: async (event) => {
    const proposed = await event.locals.app.accounts.proposeSecondFactor(event.locals.caller);
    return proposed.ok ? { proposed: proposed.value } : failWith(event, proposed.refusal, {});
  },
  confirmSecond: async (event) => {
    const form = await event.request.formData();
    const { accounts } = event.locals.app;
    const secret = text(form, 'secret');
    const on = await accounts.confirmSecondFactor(event.locals.caller, secret, text(form, 'code'));
    if (on.ok) return { codes: on.value.codes };
    // The same secret again: it has been scanned already.
    const proposed = accounts.proposalFor(event.locals.caller, secret);
    return failWith(event, on.refusal, { proposed });
  },
  removeSecond: async (event) => {
    const code = text(await event.request.formData(), 'code');
    const done = await event.locals.app.accounts.removeSecondFactor(event.locals.caller, code);
    return done.ok ? {} : failWith(event, done.refusal, {});
  },
  password: async (event) => {
    const form = await event.request.formData();
    const changed = await event.locals.app.accounts.changePassword(
      event.locals.caller,
      { old: text(form, 'old'), next: text(form, 'next') },
      deviceOf(event.request.headers.get('user-agent')),
    );
    if (!changed.ok) return failWith(event, changed.refusal, {});
    setSession(event.cookies, event.url, changed.value.session);
    return { changed: true as const };
  },
};
