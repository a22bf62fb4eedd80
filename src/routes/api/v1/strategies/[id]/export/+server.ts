import { answerFile, languageAsked } from '../../../file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { searchParams } = event.url;
  const file = await event.locals.app.exports.strategy(event.locals.caller, event.params.id, {
    format: searchParams.get('format') ?? '',
    language: languageAsked(event),
    ...(searchParams.get('version') && { version: searchParams.get('version') ?? '' }),
  });
  return answerFile(event, file);
};
