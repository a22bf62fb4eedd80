import { answer, readBody } from '../../../answer.ts';
import { ballot } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.ownBallot(event.locals.caller, event.params.id));

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, ballot);
  if (!body.ok) return answer(event, body);
  const { clientKey, castAt, ...sent } = body.value;
  const input = { body: sent, clientKey, castAt: castAt ?? undefined };
  return answer(event, await event.locals.app.rounds.cast(event.locals.caller, event.params.id, input));
};
