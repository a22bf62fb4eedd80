import { answer, readBody } from '../../../answer.ts';
import { newNote } from '../../../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newNote);
  if (!body.ok) return answer(event, body);
  const added = await event.locals.app.boards.addNote(event.locals.caller, event.params.id, body.value);
  if (!added.ok) return answer(event, added);
  return answer(event, { ok: true, value: { id: added.value.id } }, added.value.created ? 201 : 200);
};
