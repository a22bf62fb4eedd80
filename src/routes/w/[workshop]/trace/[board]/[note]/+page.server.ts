import { must } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params } = event;
  return { note: must(event, await locals.app.tracing.note(locals.caller, params.board, params.note)) };
};
