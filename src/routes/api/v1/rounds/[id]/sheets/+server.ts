import { answerFile, languageAsked } from '../../../file.ts';
import { answer, readBody } from '../../../answer.ts';
import { sheets } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

/** The numbered sheets as PDF, for the printer. */
export const GET: RequestHandler = async (event) => {
  const { locals, params, url } = event;
  return answerFile(
    event,
    await locals.app.rounds.printSheets(locals.caller, params.id, languageAsked(event), url.origin),
  );
};

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, sheets);
  if (!body.ok) return answer(event, body);
  return answer(
    event,
    await event.locals.app.rounds.issueSheets(event.locals.caller, event.params.id, body.value.count),
    201,
  );
};
