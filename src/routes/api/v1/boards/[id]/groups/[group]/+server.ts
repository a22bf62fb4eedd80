import { answer, readBody } from '../../../../answer.ts';
import { changedGroup } from '../../../../schemas.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedGroup);
  if (!body.ok) return answer(event, body);
  const { id, group } = event.params;
  return answer(event, await event.locals.app.boards.changeGroup(event.locals.caller, id, group, body.value));
};

/** Takes the group apart; `?notes=true` deletes its notes as well. */
export const DELETE: RequestHandler = async (event) => {
  const { id, group } = event.params;
  const withNotes = event.url.searchParams.get('notes') === 'true';
  return answer(event, await event.locals.app.boards.removeGroup(event.locals.caller, id, group, withNotes));
};
