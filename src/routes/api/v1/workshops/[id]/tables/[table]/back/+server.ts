import { answer } from '../../../../../answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) =>
  answer(event, await event.locals.app.tables.back(event.locals.caller, event.params.id, event.params.table));
