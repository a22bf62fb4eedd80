import { answer } from '../../../answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.leading.hands(event.locals.caller, event.params.id));

/** All of them, or with `?person=` one. */
export const DELETE: RequestHandler = async (event) =>
  answer(
    event,
    await event.locals.app.leading.lowerHands(
      event.locals.caller,
      event.params.id,
      event.url.searchParams.get('person'),
    ),
  );
