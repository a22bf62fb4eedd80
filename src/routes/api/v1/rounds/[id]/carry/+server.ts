import { answer, readBody } from '../../../answer.ts';
import { carried } from '../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, carried);
  if (!body.ok) return answer(event, body);
  const { caller, app } = event.locals;
  return answer(event, await app.carrying.carryVerdicts(caller, event.params.id, body.value), 201);
};
