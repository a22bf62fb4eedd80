import { answer, readBody } from '../../../answer.ts';
import { reveal } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, reveal);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.revealing.reveal(event.locals.caller, event.params.id, body.value));
};
