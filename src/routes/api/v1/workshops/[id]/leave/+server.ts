import { dropParticipant, participantTokenOf } from '$lib/http/cookies.ts';
import { ok } from '#core/result.ts';
import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

/** This device forgets who took part on it, so that the next person starts afresh. */
export const POST: RequestHandler = async (event) => {
  const token = participantTokenOf(event.cookies, event.params.id);
  if (token) await event.locals.app.joining.leave(token);
  dropParticipant(event.cookies, event.url, event.params.id);
  return answer(event, ok({}));
};
