import { filledUp } from '#core/voting/padding.ts';
import { answer, readBody } from '../../../answer.ts';
import { ballot } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

/** What was taken, what was refused and a ballot read back are equally long on the wire. */
async function inOneSize(response: Response): Promise<Response> {
  const { status, headers } = response;
  headers.delete('content-length');
  return new Response(filledUp(await response.text()), { status, headers });
}

export const GET: RequestHandler = async (event) =>
  inOneSize(answer(event, await event.locals.app.rounds.ownBallot(event.locals.caller, event.params.id)));

export const PUT: RequestHandler = async (event) => {
  const body = await readBody(event, ballot);
  if (!body.ok) return answer(event, body);
  const { clientKey, castAt, ...sent } = body.value;
  const input = { body: sent, clientKey, castAt: castAt ?? undefined };
  return inOneSize(answer(event, await event.locals.app.rounds.cast(event.locals.caller, event.params.id, input)));
};
