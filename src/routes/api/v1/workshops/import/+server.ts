import { refuse } from '#core/result.ts';
import { answer, readBody } from '../../answer.ts';
import { MOST_IMPORTED, workshopFile } from '../../schemas.ts';
import type { RequestHandler } from './$types';

/** A workshop from a file; its shape is read where the command line reads it too, so that both name the same fault. */
export const POST: RequestHandler = async (event) => {
  // Nobody's ten megabytes are not even read.
  const body = await (event.locals.caller.account
    ? readBody(event, workshopFile, MOST_IMPORTED)
    : readBody(event, workshopFile));
  if (!body.ok && body.refusal.code === 'malformed')
    return answer(event, refuse('import-malformed', { path: '/', problem: 'no-json', expected: '' }));
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.transfer.bringIn(event.locals.caller, body.value, event.url.origin), 201);
};
