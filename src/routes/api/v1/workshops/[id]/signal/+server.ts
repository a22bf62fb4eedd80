import { answer, readBody } from '../../../answer.ts';
import { signal } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, signal);
  if (!body.ok) return answer(event, body);
  const { kind, on } = body.value;
  return answer(event, await event.locals.app.leading.signal(event.locals.caller, event.params.id, kind, on));
};
