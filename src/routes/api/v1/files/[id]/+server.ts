/**
 * An uploaded file, for the members of its workshop. Never anything that runs: its type is one of four that its bytes showed,
 * browsers may not guess another, nothing in it has scripts or an origin, and what is no picture is saved, not opened.
 */
import { answer } from '../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const file = await event.locals.app.materials.file(event.locals.caller, event.params.id);
  if (!file.ok) return answer(event, file);
  const { body, type, disposition } = file.value;
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': type,
      'content-disposition': disposition,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      // The same id is always the same file; whoever may see it changes, so no shared cache keeps it.
      'cache-control': 'private, max-age=3600',
    },
  });
};
