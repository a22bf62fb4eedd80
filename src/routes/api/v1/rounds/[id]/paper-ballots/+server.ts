import { answer, readBody } from '../../../answer.ts';
import { deskBallot } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, deskBallot);
  if (!body.ok) return answer(event, body);
  const { kind, organisation, number, code, clientKey, ...sent } = body.value;
  const sheet = { number: number ?? undefined, code: code ?? undefined };
  const input = { body: sent, kind, organisation: organisation ?? undefined, ...sheet, clientKey };
  return answer(event, await event.locals.app.rounds.castAtDesk(event.locals.caller, event.params.id, input), 201);
};
