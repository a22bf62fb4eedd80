import { must } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.setHeaders({ 'x-robots-tag': 'noindex' });
  return { workshops: must(event, await event.locals.app.tracing.byLink(event.params.key)) };
};
