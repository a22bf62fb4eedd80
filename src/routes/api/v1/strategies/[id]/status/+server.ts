import { answer, readBody } from '../../../answer.ts';
import { statusStep } from '../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, statusStep);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.versions.step(event.locals.caller, event.params.id, body.value));
};
