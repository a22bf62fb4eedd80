import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) =>
  answer(
    event,
    await event.locals.app.workshops.duplicate(event.locals.caller, event.params.id, event.url.origin),
    201,
  );
