import { answer, readBody } from '../../../answer.ts';
import { locks } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, locks);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.leading.lock(event.locals.caller, event.params.id, body.value));
};
