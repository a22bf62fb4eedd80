import { answer, readBody } from '../../../answer.ts';
import { sheets } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, sheets);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.rounds.issueSheets(event.locals.caller, event.params.id, body.value.count), 201);
};
