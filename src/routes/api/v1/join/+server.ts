import { isCrew } from '#core/people/caller.ts';
import { participantTokenOf, setParticipant } from '$lib/http/cookies.ts';
import { answer, readBody } from '../answer.ts';
import { join } from '../schemas.ts';
import type { RequestHandler } from './$types';

/** Joining, or coming back: the device's cookie for that workshop makes it the same person. */
export const POST: RequestHandler = async (event) => {
  const { app } = event.locals;
  const body = await readBody(event, join);
  if (!body.ok) return answer(event, body);
  const { recovery, ...input } = body.value;
  const address = event.getClientAddress();
  // A script of the secretariat lets others in with its bearer token; a signed-in browser is the person themselves.
  const crew = isCrew(event.locals.caller) && !event.request.headers.has('authorization');
  const joined =
    recovery === undefined
      ? await app.joining.join({ ...input, deviceToken: await deviceToken(), crew }, address)
      : await app.joining.reattach(input.code, recovery, address);
  if (joined.ok) setParticipant(event.cookies, event.url, joined.value.workshopId, joined.value.token);
  return answer(event, joined, 201);

  async function deviceToken(): Promise<string | undefined> {
    if (!/ashar_p_/.test(event.request.headers.get('cookie') ?? '')) return undefined;
    const door = await app.joining.door(input.code, address);
    return door.ok ? participantTokenOf(event.cookies, door.value.id) : undefined;
  }
};
