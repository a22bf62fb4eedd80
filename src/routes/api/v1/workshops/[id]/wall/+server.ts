import { answer, readBody } from '../../../answer.ts';
import { wall } from '../../../leading-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, wall);
  if (!body.ok) return answer(event, body);
  const { caller, app } = event.locals;
  return answer(event, await app.following.setWallLanguages(caller, event.params.id, body.value.languages));
};
