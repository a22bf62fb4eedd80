import { answer, readBody } from '../../../../../answer.ts';
import { reply } from '../../../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, reply);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.remarks.reply(locals.caller, params.id, params.remark, body.value.body), 201);
};
