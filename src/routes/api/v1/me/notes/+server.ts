import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.tracing.mine(event.locals.caller));
