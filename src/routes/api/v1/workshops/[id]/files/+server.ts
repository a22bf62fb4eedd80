import { MOST_FILE_BYTES } from '#core/stage/files.ts';
import { answer, readBytes } from '../../../answer.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { params, url, locals } = event;
  // Who may not is told before ten megabytes are read.
  const passes = await locals.app.materials.mayAdd(locals.caller, params.id, url.searchParams.get('stage') ?? '');
  if (!passes.ok) return answer(event, passes);
  const bytes = await readBytes(event, MOST_FILE_BYTES);
  if (!bytes.ok) return answer(event, bytes);
  const file = {
    stageId: url.searchParams.get('stage') ?? '',
    name: url.searchParams.get('name') ?? '',
    bytes: bytes.value,
  };
  return answer(event, await locals.app.materials.addFile(locals.caller, params.id, file), 201);
};
