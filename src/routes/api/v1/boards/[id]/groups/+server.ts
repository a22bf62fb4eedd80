import { answer, readBody } from '../../../answer.ts';
import { newGroup } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newGroup);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.boards.addGroup(event.locals.caller, event.params.id, body.value), 201);
};
