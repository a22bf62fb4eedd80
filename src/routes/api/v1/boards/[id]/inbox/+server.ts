import { answer, readBody } from '../../../answer.ts';
import { inbox } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.revealing.inbox(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, inbox);
  if (!body.ok) return answer(event, body);
  const { caller, app } = event.locals;
  return answer(event, await app.revealing.approve(caller, event.params.id, body.value.noteIds, body.value.onto));
};
