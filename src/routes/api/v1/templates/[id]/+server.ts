import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.templates.remove(event.locals.caller, event.params.id));
