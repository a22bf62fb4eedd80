import { answer, readBody } from '../../../answer.ts';
import { minutesFields } from '../../../document-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.documents.minutes(event.locals.caller, event.params.id));

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, minutesFields);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.documents.keepMinutes(event.locals.caller, event.params.id, body.value));
};
