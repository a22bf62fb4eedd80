/**
 * From HTTP to a use case and back: reads a body by its schema, writes a Result as JSON with the status and the sentence
 * of its refusal in the language of the request. No rule lives here.
 */
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { ok, refuse, statusOf, type Refusal, type Result } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';

/** The request's JSON body as `schema` shapes it; anything else is `malformed` (400), never an exception. */
export async function readBody<S extends v.GenericSchema>(
  event: RequestEvent,
  schema: S,
): Promise<Result<v.InferOutput<S>>> {
  let value: unknown;
  try {
    const text = await event.request.text();
    value = text === '' ? {} : JSON.parse(text);
  } catch (error) {
    // adapter-node cuts a body over its limit with a 413 error while it is read.
    return refuse((error as { status?: number }).status === 413 ? 'too-large' : 'malformed', { limit: '1 MiB' });
  }
  const parsed = v.safeParse(schema, value);
  return parsed.success ? ok(parsed.output) : refuse('malformed');
}

/** A refusal as JSON: `{"error":{"code","message"}}`; 429 says when to come back. */
export function answerRefusal(event: RequestEvent, refusal: Refusal): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (refusal.code === 'too-many-requests') headers['retry-after'] = String(refusal.params?.['seconds'] ?? 5);
  const message = sentence(refusal, event.locals.language);
  return Response.json({ error: { code: refusal.code, message } }, { status: statusOf(refusal.code), headers });
}

/** A Result as JSON. */
export function answer(event: RequestEvent, result: Result<unknown>, status = 200): Response {
  if (!result.ok) return answerRefusal(event, result.refusal);
  return Response.json(result.value ?? {}, { status, headers: { 'cache-control': 'no-store' } });
}
