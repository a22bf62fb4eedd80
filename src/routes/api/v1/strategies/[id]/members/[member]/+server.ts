import { answer, readBody } from '../../../../answer.ts';
import { changedDuty } from '../../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedDuty);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.members.change(locals.caller, params.id, params.member, body.value));
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.members.revoke(event.locals.caller, event.params.id, event.params.member));
