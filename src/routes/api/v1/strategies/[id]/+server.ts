import { answer, readBody } from '../../answer.ts';
import { changedStrategy } from '../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.strategies.view(event.locals.caller, event.params.id));

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedStrategy);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.strategies.change(event.locals.caller, event.params.id, body.value));
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.strategies.remove(event.locals.caller, event.params.id));
