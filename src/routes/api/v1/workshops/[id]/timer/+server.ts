import { answer, readBody } from '../../../answer.ts';
import { timer } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, timer);
  if (!body.ok) return answer(event, body);
  const { act, seconds } = body.value;
  return answer(event, await event.locals.app.leading.timer(event.locals.caller, event.params.id, act, seconds));
};
