import { languageAsked } from '../../../file.ts';
import { answerWatched } from '../../../watched.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { searchParams } = event.url;
  return answerWatched(event, (watching) =>
    event.locals.app.exports.strategy(event.locals.caller, event.params.id, {
      ...watching,
      format: searchParams.get('format') ?? '',
      language: languageAsked(event),
      ...(searchParams.get('version') && { version: searchParams.get('version') ?? '' }),
    }),
  );
};
