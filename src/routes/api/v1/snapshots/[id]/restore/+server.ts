import { answer, readBody } from '../../../answer.ts';
import { restoring } from '../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, restoring);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.snapshots.restore(locals.caller, params.id, body.value.boardId), 201);
};
