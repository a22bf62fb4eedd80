import { answer } from '../../../../answer.ts';
import type { RequestHandler } from './$types';

/** Removes a person: their sockets end at once, and their token opens nothing any more. */
export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.joining.remove(event.locals.caller, event.params.id, event.params.person));
