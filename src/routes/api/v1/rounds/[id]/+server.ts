import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.view(event.locals.caller, event.params.id));

/** Only a draft can be dropped. */
export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.discard(event.locals.caller, event.params.id));
