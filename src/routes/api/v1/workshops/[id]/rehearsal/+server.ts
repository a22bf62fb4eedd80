import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

/** A copy with simulated people. */
export const POST: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rehearsal.start(event.locals.caller, event.params.id, event.url.origin), 201);

/** They do what the stage asks. */
export const PUT: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rehearsal.act(event.locals.caller, event.params.id));

/** Wipes the copy. */
export const DELETE: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rehearsal.wipe(event.locals.caller, event.params.id));
