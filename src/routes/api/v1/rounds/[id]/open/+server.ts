import { answer, readBody } from '../../../answer.ts';
import { opening } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, opening);
  if (!body.ok) return answer(event, body);
  const { id } = event.params;
  return answer(event, await event.locals.app.rounds.open(event.locals.caller, id, body.value.seconds ?? null));
};
