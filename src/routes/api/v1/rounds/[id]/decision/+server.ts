import { answer, readBody } from '../../../answer.ts';
import { decision } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, decision);
  if (!body.ok) return answer(event, body);
  const { optionIds, reason } = body.value;
  return answer(event, await event.locals.app.rounds.decide(event.locals.caller, event.params.id, optionIds, reason));
};
