import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

/** The stored bytes as they are: whoever asks can hash them again. */
export const GET: RequestHandler = async (event) => {
  const found = await event.locals.app.snapshots.bytes(event.locals.caller, event.params.id);
  if (!found.ok) return answer(event, found);
  return new Response(found.value, {
    headers: { 'content-type': 'application/json', 'cache-control': 'private, max-age=31536000, immutable' },
  });
};
