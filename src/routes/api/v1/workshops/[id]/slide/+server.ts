import { answer, readBody } from '../../../answer.ts';
import { slide } from '../../../material-schemas.ts';
import type { RequestHandler } from './$types';

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, slide);
  if (!body.ok) return answer(event, body);
  const { stageId, position } = body.value;
  const { caller, app } = event.locals;
  return answer(event, await app.materials.show(caller, event.params.id, stageId, position));
};
