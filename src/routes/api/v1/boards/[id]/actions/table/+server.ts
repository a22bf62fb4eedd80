import { answer, readBytes } from '../../../../answer.ts';
import { MOST_IMPORTED } from '../../../../schemas.ts';
import type { RequestHandler } from './$types';

/** The bytes of a file; nothing is written. Nobody's ten megabytes are not even read. */
export const POST: RequestHandler = async (event) => {
  const { app, caller } = event.locals;
  const bytes = await readBytes(event, caller.account ? MOST_IMPORTED : 1024);
  if (!bytes.ok) return answer(event, bytes);
  return answer(event, await app.reviewing.readTable(caller, event.params.id, bytes.value));
};
