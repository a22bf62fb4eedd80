import { answer, readBody } from '../../../../answer.ts';
import { changedSection } from '../../../../draft-schemas.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedSection);
  if (!body.ok) return answer(event, body);
  const { locals, params } = event;
  return answer(event, await locals.app.sections.change(locals.caller, params.id, params.section, body.value));
};
