import { answer, readBody } from '../../../answer.ts';
import { newRound } from '../../../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) =>
  answer(event, await event.locals.app.rounds.list(event.locals.caller, event.params.id));

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newRound);
  if (!body.ok) return answer(event, body);
  const { optionIds, ...settings } = body.value;
  const round = { ...settings, ...(optionIds && { optionIds }) };
  return answer(event, await event.locals.app.rounds.create(event.locals.caller, event.params.id, round), 201);
};
