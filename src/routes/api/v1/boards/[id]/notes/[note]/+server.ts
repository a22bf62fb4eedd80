import { answer, readBody } from '../../../../answer.ts';
import { changedNote } from '../../../../schemas.ts';
import type { RequestHandler } from './$types';

export const PATCH: RequestHandler = async (event) => {
  const body = await readBody(event, changedNote);
  if (!body.ok) return answer(event, body);
  const { id, note } = event.params;
  return answer(event, await event.locals.app.boards.changeNote(event.locals.caller, id, note, body.value));
};

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.boards.removeNote(event.locals.caller, event.params.id, event.params.note));
