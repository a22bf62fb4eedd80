import { answer, readBody } from '../answer.ts';
import { newStrategy } from '../voting-schemas.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const { searchParams } = event.url;
  const list = await event.locals.app.strategies.list(event.locals.caller, {
    q: searchParams.get('q')?.slice(0, 200) ?? '',
    archived: searchParams.get('archived') === 'true',
    ...(searchParams.get('cursor') && { cursor: searchParams.get('cursor') ?? '' }),
  });
  return answer(event, list);
};

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, newStrategy);
  if (!body.ok) return answer(event, body);
  return answer(event, await event.locals.app.strategies.create(event.locals.caller, body.value), 201);
};
