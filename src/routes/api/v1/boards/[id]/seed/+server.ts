import { answer, readBody } from '../../../answer.ts';
import { seeding } from '../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, seeding);
  if (!body.ok) return answer(event, body);
  const { caller, app } = event.locals;
  return answer(event, await app.carrying.seed(caller, event.params.id, body.value), 201);
};
