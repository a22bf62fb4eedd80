/** One workshop, as the person may see it: for the board, the facilitator's room and the projector alike. */
import { error, redirect } from '@sveltejs/kit';
import { isCrew, mayLead, participantIn, type Caller } from '#core/people/caller.ts';
import type { Me } from '$lib/live/workshop.svelte.ts';
import { signIn } from '$lib/http/page.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { TABLES } from './depends.ts';
import type { LayoutServerLoad } from './$types';

/** The same order as at the socket: who joined takes part as themselves, even if they could lead. */
function meIn(caller: Caller, id: string, organisations: readonly { id: string; name: string }[]): Me {
  const person = participantIn(caller, id);
  if (person) {
    const organisation = organisations.find((one) => one.id === person.organisationId)?.name ?? null;
    return { personId: person.participantId, kind: 'participant', name: person.name, organisation, role: 'member' };
  }
  if (caller.account) {
    const { accountId, name } = caller.account;
    return { personId: accountId, kind: 'account', name, organisation: null, role: mayLead(caller) ? 'lead' : 'staff' };
  }
  return { personId: null, kind: 'screen', name: null, organisation: null, role: 'screen' };
}

export const load: LayoutServerLoad = async ({ locals, params, url, depends }) => {
  depends(TABLES);
  const view = await locals.app.workshops.view(locals.caller, params.workshop, url.origin);
  if (!view.ok) {
    // Whoever is not in it yet is sent to where codes are typed, or signs in for a page of the crew.
    if (!isCrew(locals.caller) && /\/(lead|desk)$/.test(url.pathname)) signIn(url);
    if (!isCrew(locals.caller)) redirect(303, '/');
    error(404, sentence(view.refusal, locals.language));
  }
  const tables = await locals.app.tables.boards(locals.caller, params.workshop);
  return {
    workshop: view.value,
    /** Boards of tables that this person may open. */
    tables: tables.ok ? tables.value : [],
    me: meIn(locals.caller, params.workshop, view.value.organisations),
    leads: mayLead(locals.caller),
  };
};
