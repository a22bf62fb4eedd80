import { participantIn } from '#core/people/caller.ts';
import { may } from '#core/people/policy.ts';
import { must } from '$lib/http/page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, params, depends } = event;
  depends('ashar:results');
  const [rounds, snapshots] = await Promise.all([
    locals.app.rounds.list(locals.caller, params.workshop),
    locals.app.snapshots.list(locals.caller, params.workshop),
  ]);
  return {
    isMember: participantIn(locals.caller, params.workshop) !== null,
    crew: may(locals.caller, 'snapshot.take'),
    rounds: must(event, rounds),
    snapshots: must(event, snapshots),
  };
};
