import { answer, readBody } from '../../answer.ts';
import { changedWorkshop } from '../../schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.workshops.view(event.locals.caller, event.params.id, event.url.origin));

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedWorkshop);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.workshops.change(event.locals.caller, event.params.id, body.value));
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.workshops.remove(event.locals.caller, event.params.id));
