import { answer, readBody } from '../../../answer.ts';
import { invitation } from '../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.members.list(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, invitation);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.members.invite(locals.caller, params.id, body.value), 201);
};
