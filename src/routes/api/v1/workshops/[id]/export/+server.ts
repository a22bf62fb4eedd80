import { answerFile, languageAsked } from '../../../file.ts';
import { answerWatched } from '../../../watched.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { searchParams } = event.url;
  // The workshop itself, to be brought in elsewhere, rather than a document about it.
  if (searchParams.get('format') === 'ashar')
    return answerFile(
      event,
      await event.locals.app.transfer.file(event.locals.caller, event.params.id, languageAsked(event)),
    );
  return answerWatched(event, (watching) =>
    event.locals.app.exports.workshop(event.locals.caller, event.params.id, {
      ...watching,
      format: searchParams.get('format') ?? '',
      kind: searchParams.get('kind') ?? 'results',
      language: languageAsked(event),
      ...(searchParams.get('snapshot') && { snapshotId: searchParams.get('snapshot') ?? '' }),
      ...(searchParams.get('board') && { boardId: searchParams.get('board') ?? '' }),
    }),
  );
};
