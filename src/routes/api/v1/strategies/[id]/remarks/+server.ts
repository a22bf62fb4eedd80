import { answer, readBody } from '../../../answer.ts';
import { newRemark } from '../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.remarks.list(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newRemark);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.remarks.add(locals.caller, params.id, body.value), 201);
};
