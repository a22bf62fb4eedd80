import { text } from '$lib/http/form.ts';
import { failWith } from '$lib/http/form.ts';
import { must, signIn } from '$lib/http/page.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Result } from '#core/result.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  if (!locals.caller.account) signIn(url);
  const query = {
    q: url.searchParams.get('q')?.slice(0, 200) ?? '',
    archived: url.searchParams.get('archived') === 'true',
    ...(url.searchParams.get('cursor') && { cursor: url.searchParams.get('cursor') ?? '' }),
  };
  const [workshops, strategies] = await Promise.all([
    locals.app.workshops.list(locals.caller, query),
    locals.app.strategies.list(locals.caller, { q: query.q, archived: query.archived }),
  ]);
  return {
    query,
    workshops: must(event, workshops),
    // A facilitator has workshops but no strategies.
    strategies: strategies.ok ? strategies.value.items : null,
  };
};

type Act = (event: RequestEvent, id: string) => Promise<Result<unknown>>;

function action(act: Act) {
  return async (event: RequestEvent) => {
    const id = text(await event.request.formData(), 'id');
    const done = await act(event, id);
    return done.ok ? { done: true as const } : failWith(event, done.refusal, {});
  };
}

export const actions: Actions = {
  duplicateWorkshop: action(({ locals, url }, id) => locals.app.workshops.duplicate(locals.caller, id, url.origin)),
  archiveWorkshop: action(({ locals }, id) => locals.app.workshops.archive(locals.caller, id, true)),
  unarchiveWorkshop: action(({ locals }, id) => locals.app.workshops.archive(locals.caller, id, false)),
  deleteWorkshop: action(({ locals }, id) => locals.app.workshops.remove(locals.caller, id)),
  duplicateStrategy: action(({ locals }, id) => locals.app.strategies.duplicate(locals.caller, id)),
  archiveStrategy: action(({ locals }, id) => locals.app.strategies.archive(locals.caller, id, true)),
  unarchiveStrategy: action(({ locals }, id) => locals.app.strategies.archive(locals.caller, id, false)),
  deleteStrategy: action(({ locals }, id) => locals.app.strategies.remove(locals.caller, id)),
};
