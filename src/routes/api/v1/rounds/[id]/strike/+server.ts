import { answer, readBody } from '../../../answer.ts';
import { striking } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, striking);
  if (!body.ok) return answer(event, body);
  const { participantId, struck } = body.value;
  return answer(
    event,
    await event.locals.app.rounds.strike(event.locals.caller, event.params.id, participantId, struck),
  );
};
