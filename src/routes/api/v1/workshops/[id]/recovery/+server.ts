import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

/** A code by which a second device becomes the person who asks. */
export const POST: RequestHandler = async (event) =>
  answer(event, await event.locals.app.joining.recoveryCode(event.locals.caller, event.params.id), 201);
