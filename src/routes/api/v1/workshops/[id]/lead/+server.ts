import { answer, readBody } from '../../../answer.ts';
import { leader } from '../../../leading-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, leader);
  if (!body.ok) return answer(event, body);
  return answer(
    event,
    await event.locals.app.leading.takeLead(event.locals.caller, event.params.id, body.value.accountId),
  );
};

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.following.leaders(event.locals.caller, event.params.id));
