import { answer } from '../../../../../answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { id, version } = event.params;
  return answer(event, await event.locals.app.versions.restore(event.locals.caller, id, version), 201);
};
