import { answer, readBody } from '../../../../../answer.ts';
import { finding } from '../../../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, finding);
  if (!body.ok) return answer(event, body);
  const { id, note } = event.params;
  return answer(event, await event.locals.app.reviewing.find(event.locals.caller, id, note, body.value));
};
