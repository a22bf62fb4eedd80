/** The log of actions, a page at a time; each time it is opened the chain is counted again. */
import { must, signIn } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  if (!locals.caller.account) signIn(url);
  const before = /^\d{1,15}$/.exec(url.searchParams.get('before') ?? '')?.[0];
  const actorId = url.searchParams.get('actor')?.slice(0, 64) ?? '';
  const query = { ...(before !== undefined && { before: Number(before) }), ...(actorId !== '' && { actorId }) };
  return {
    page: must(event, await locals.app.audit.page(locals.caller, query)),
    broken: must(event, await locals.app.audit.verify(locals.caller)).broken,
    actorId,
  };
};
