import * as v from 'valibot';
import { answer, readBody } from '../../../answer.ts';
import type { RequestHandler } from './$types';

const archive = v.object({ archived: v.optional(v.boolean(), true) });

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, archive);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.workshops.archive(event.locals.caller, event.params.id, body.value.archived));
};
