import { answer, readBody } from '../../../answer.ts';
import { follow } from '../../../leading-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, follow);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.following.follow(event.locals.caller, event.params.id, body.value));
};
