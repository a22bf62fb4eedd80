import { redirect } from '@sveltejs/kit';
import { dropSession, sessionOf } from '$lib/http/cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ cookies, url, locals }) => {
    const id = sessionOf(cookies);
    if (id) await locals.app.accounts.signOut(id);
    dropSession(cookies, url);
    redirect(303, '/');
  },
};
