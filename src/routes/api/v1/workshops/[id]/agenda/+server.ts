import { answer, readBody } from '../../../answer.ts';
import { agenda } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.leading.agenda(event.locals.caller, event.params.id));

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, agenda);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.leading.setAgenda(event.locals.caller, event.params.id, body.value));
};
