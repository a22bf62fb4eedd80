import { must, signIn } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, depends } = event;
  depends('ashar:strategy');
  const me = locals.app.members.me(locals.caller, params.strategy);
  if (!me) signIn(event.url);
  return {
    strategy: must(event, await locals.app.strategies.view(locals.caller, params.strategy)),
    me,
    isGuest: locals.caller.account === null,
  };
};
