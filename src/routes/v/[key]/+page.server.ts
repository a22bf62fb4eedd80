import { must } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) =>
  must(event, await event.locals.app.versions.publicPage(event.params.key));
