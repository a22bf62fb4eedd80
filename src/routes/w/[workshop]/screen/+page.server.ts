/**
 * The projector. Its link carries a key of its own and no login: the key becomes a cookie and leaves the address, which
 * stands on a wall. The page stands apart from the layout above it, which would send whoever has no cookie yet to the door.
 */
import { error, redirect } from '@sveltejs/kit';
import { setScreen } from '$lib/http/cookies.ts';
import { must } from '$lib/http/page.ts';
import { m } from '#messages/messages.js';
import { SCREEN } from './depends.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, cookies, depends } = event;
  depends(SCREEN);
  const { app } = locals;
  const key = url.searchParams.get('key');
  if (key !== null) {
    const shown = await app.identify.byToken(key);
    if (!shown?.screens.includes(params.workshop)) error(403, m.screen_key_wrong({}, { locale: locals.language }));
    setScreen(cookies, url, params.workshop, key);
    const clean = new URL(url);
    clean.searchParams.delete('key');
    redirect(303, clean.pathname + clean.search);
  }
  const view = must(event, await app.workshops.view(locals.caller, params.workshop, url.origin));
  // A participant may look at the wall as well, and is told no way in.
  const told: typeof view & { readonly joinCode?: string; readonly joinUrl?: string } = view;
  const { joinCode, joinUrl } = told;
  const ways = joinCode && joinUrl && view.doorOpen && view.status === 'open' ? { joinCode, joinUrl } : null;
  return { workshop: view, ways };
};
