import { answer, readBody } from '../../answer.ts';
import { changedRound } from '../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.view(event.locals.caller, event.params.id));

/** Only a draft can be changed. */
export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedRound);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.rounds.change(event.locals.caller, event.params.id, body.value));
};

/** Only a draft can be dropped. */
export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.discard(event.locals.caller, event.params.id));
