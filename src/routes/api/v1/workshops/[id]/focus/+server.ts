import { answer, readBody } from '../../../answer.ts';
import { focus } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, focus);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.leading.focus(event.locals.caller, event.params.id, body.value));
};
