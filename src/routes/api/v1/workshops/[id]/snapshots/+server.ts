import { answer, readBody } from '../../../answer.ts';
import { titled } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.snapshots.list(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, titled);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.snapshots.take(event.locals.caller, event.params.id, body.value), 201);
};
