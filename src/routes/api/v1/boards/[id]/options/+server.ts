import { answer, readBody } from '../../../answer.ts';
import { newOption } from '../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

/** An option of the TOWS matrix, bound to its factors. */
export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newOption);
  if (!body.ok) return answer(event, body);
  const made = await event.locals.app.pairing.addOption(event.locals.caller, event.params.id, body.value);
  if (!made.ok) return answer(event, made);
  const { id, pair, created } = made.value;
  return answer(event, { ok: true, value: { id, pair } }, created ? 201 : 200);
};
