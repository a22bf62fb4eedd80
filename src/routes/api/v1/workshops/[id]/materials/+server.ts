import { answer, readBody } from '../../../answer.ts';
import { link, removedMaterial } from '../../../material-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, link);
  if (!body.ok) return answer(event, body);
  const { stageId, ...material } = body.value;
  const { caller, app } = event.locals;
  return answer(event, await app.materials.addLink(caller, event.params.id, stageId, material), 201);
};

export const DELETE: RequestHandler = async (event) => {
  const body = await readBody(event, removedMaterial);
  if (!body.ok) return answer(event, body);
  const { stageId, url } = body.value;
  const { caller, app } = event.locals;
  return answer(event, await app.materials.remove(caller, event.params.id, stageId, url));
};
