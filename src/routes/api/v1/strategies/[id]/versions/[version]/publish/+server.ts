import { answer, readBody } from '../../../../../answer.ts';
import { publishing } from '../../../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, publishing);
  if (!body.ok) return answer(event, body);
  const { id, version } = event.params;
  return answer(event, await event.locals.app.versions.publish(event.locals.caller, id, version, body.value.published));
};
