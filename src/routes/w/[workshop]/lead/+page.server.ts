import { redirect } from '@sveltejs/kit';
import { isStaff, mayLead } from '#core/people/caller.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { LedWorkshop } from '$lib/facilitate/workshop.ts';
import { LEAD } from './depends.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, depends } = event;
  depends(LEAD);
  const { app, caller } = locals;
  if (!caller.account) {
    if (caller.participants.some(({ workshopId }) => workshopId === params.workshop))
      redirect(303, `/w/${params.workshop}`);
    signIn(url);
  }
  // Whoever has an account is told the ways in as well.
  const workshop = must(event, await app.workshops.view(caller, params.workshop, url.origin)) as unknown as LedWorkshop;
  const [rounds, snapshots, people, strategies] = await Promise.all([
    app.rounds.list(caller, workshop.id),
    app.snapshots.list(caller, workshop.id),
    app.joining.people(caller, workshop.id),
    isStaff(caller) ? app.strategies.list(caller, {}) : null,
  ]);
  const shown = must(event, rounds);
  const running = shown.find(({ status }) => status === 'open');
  const roll = running ? await app.rounds.roll(caller, running.id) : null;
  return {
    workshop,
    rounds: shown,
    /** Who came too late for the round that is open. */
    outside: roll?.ok ? roll.value.filter(({ voter }) => !voter).map(({ participantId }) => participantId) : [],
    snapshots: must(event, snapshots),
    people: must(event, people),
    strategies: strategies?.ok ? strategies.value.items.map(({ id, title }) => ({ id, title })) : null,
    mayLead: mayLead(caller),
  };
};
