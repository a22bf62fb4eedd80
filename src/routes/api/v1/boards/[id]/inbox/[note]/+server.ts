import { answer, readBody } from '../../../../answer.ts';
import { aside } from '../../../../schemas.ts';
import type { RequestHandler } from './$types';

/** Set aside, for a reason that its writer sees. */
export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, aside);
  if (!body.ok) return answer(event, body);
  const { id, note } = event.params;
  return answer(event, await event.locals.app.revealing.setAside(event.locals.caller, id, note, body.value.reason));
};
