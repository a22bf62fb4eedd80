import { answer } from '../../../../../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { id, version, other } = event.params;
  return answer(event, await event.locals.app.drafts.diff(event.locals.caller, id, version, other));
};
