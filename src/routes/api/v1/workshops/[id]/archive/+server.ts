import { answer, readBody } from '../../../answer.ts';
import { archive } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, archive);
  if (!body.ok) return answer(event, body);
  return answer(
    event,
    await event.locals.app.workshops.archive(event.locals.caller, event.params.id, body.value.archived),
  );
};
