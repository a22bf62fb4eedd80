import { answer, readBody } from '../../../answer.ts';
import { revote } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, revote);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.rounds.revote(event.locals.caller, event.params.id, body.value), 201);
};
