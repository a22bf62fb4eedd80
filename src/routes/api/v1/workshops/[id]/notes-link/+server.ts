import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) =>
  answer(event, await event.locals.app.tracing.link(event.locals.caller, event.params.id), 201);
