import { redirect } from '@sveltejs/kit';
import { isStaff } from '#core/people/caller.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, depends } = event;
  depends('ashar:desk');
  if (!locals.caller.account) signIn(url);
  if (!isStaff(locals.caller)) redirect(303, `/w/${params.workshop}/lead`);
  const rounds = must(event, await locals.app.rounds.list(locals.caller, params.workshop));
  return { rounds: rounds.filter(({ status }) => status === 'open' || status === 'closing') };
};
