import { answer, readBody } from '../../../answer.ts';
import { stage } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, stage);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.stages.set(event.locals.caller, event.params.id, body.value));
};
