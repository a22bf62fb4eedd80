import { answer, readBody } from '../../../answer.ts';
import { unlike } from '../../../carrying-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.grouping.duplicates(event.locals.caller, event.params.id));

/** Notes that a person says are not alike. */
export const DELETE: RequestHandler = async (event) => {
  const body = await readBody(event, unlike);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.grouping.deny(event.locals.caller, event.params.id, body.value.noteIds));
};
