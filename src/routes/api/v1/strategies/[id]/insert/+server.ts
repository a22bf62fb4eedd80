import { answer, readBody } from '../../../answer.ts';
import { insertion } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, insertion);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.drafts.insert(event.locals.caller, event.params.id, body.value));
};
