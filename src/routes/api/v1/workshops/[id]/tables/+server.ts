import { answer, readBody } from '../../../answer.ts';
import { split } from '../../../table-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.tables.view(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, split);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.tables.split(event.locals.caller, event.params.id, body.value), 201);
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.tables.end(event.locals.caller, event.params.id));
