import { answer, readBody } from '../../../../../answer.ts';
import { factors } from '../../../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, factors);
  if (!body.ok) return answer(event, body);
  const { id, note } = event.params;
  return answer(event, await event.locals.app.pairing.bind(event.locals.caller, id, note, body.value.factors));
};
