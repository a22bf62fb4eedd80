import { answer } from '../../../../answer.ts';
import type { RequestHandler } from './$types';

/** Takes a step of the trail back. */
export const DELETE: RequestHandler = async (event) => {
  const { id, step } = event.params;
  return answer(event, await event.locals.app.grouping.undo(event.locals.caller, id, step));
};
