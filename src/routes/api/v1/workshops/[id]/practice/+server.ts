import { answer, readBody } from '../../../answer.ts';
import { practice } from '../../../material-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.practice.own(event.locals.caller, event.params.id));

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, practice);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.practice.put(event.locals.caller, event.params.id, body.value));
};
