import { dropSession, sessionOf, setSession } from '$lib/http/cookies.ts';
import { deviceOf } from '#core/people/device.ts';
import { ok } from '#core/result.ts';
import { answer, readBody } from '../answer.ts';
import { session } from '../schemas.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const body = await readBody(event, session);
  if (!body.ok) return answer(event, body);
  const signed = await event.locals.app.accounts.signIn(
    body.value.email,
    body.value.password,
    event.getClientAddress(),
    { code: body.value.code, device: deviceOf(event.request.headers.get('user-agent')) },
  );
  if (!signed.ok) return answer(event, signed);
  const before = sessionOf(event.cookies);
  if (before) await event.locals.app.accounts.signOut(before);
  setSession(event.cookies, event.url, signed.value.session);
  return answer(event, ok({ account: signed.value.account }));
};

export const DELETE: RequestHandler = async (event) => {
  const id = sessionOf(event.cookies);
  if (id) await event.locals.app.accounts.signOut(id);
  dropSession(event.cookies, event.url);
  return answer(event, ok({}));
};
