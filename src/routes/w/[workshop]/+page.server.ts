import { redirect } from '@sveltejs/kit';
import { dropParticipant, participantTokenOf } from '$lib/http/cookies.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  /** This device forgets the person; their notes and votes stay, and other devices of theirs go on. */
  leave: async ({ locals, params, cookies, url }) => {
    const token = participantTokenOf(cookies, params.workshop);
    if (token) await locals.app.joining.leave(token);
    dropParticipant(cookies, url, params.workshop);
    redirect(303, '/');
  },
};
