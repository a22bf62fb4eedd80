/**
 * From HTTP to a use case and back: reads a body by its schema, writes a Result as JSON with the status and the sentence
 * of its refusal in the language of the request. No rule lives here.
 */
import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { ok, refuse, statusOf, type Refusal, type Result } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';

const MiB = 1024 * 1024;

/** The body, up to `most` bytes; null where it is longer. Stops reading there. */
async function limited(request: Request, most: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (most: number) =>
  refuse('too-large', { limit: most < MiB ? `${most / 1024} KiB` : `${most / MiB} MiB` });

/** The body as it came: a file that somebody picked. */
export async function readBytes(event: RequestEvent, most: number): Promise<Result<Uint8Array>> {
  try {
    const bytes = await limited(event.request, most);
    return bytes === null ? tooLarge(most) : ok(bytes);
  } catch (error) {
    // adapter-node cuts a body over its own limit with a 413 error while it is read.
    return (error as { status?: number }).status === 413 ? tooLarge(most) : refuse('malformed');
  }
}

/**
 * The request's JSON body as `schema` shapes it; anything else is `malformed` (400) or `too-large` (413), never an exception.
 * @param most bytes; imports may have 10 MiB, everything else 1 MiB (INTERFACE, "Limits").
 */
export async function readBody<S extends v.GenericSchema>(
  event: RequestEvent,
  schema: S,
  most = MiB,
): Promise<Result<v.InferOutput<S>>> {
  const bytes = await readBytes(event, most);
  if (!bytes.ok) return bytes;
  let value: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.value);
    value = text === '' ? {} : JSON.parse(text);
  } catch {
    return refuse('malformed');
  }
  const parsed = v.safeParse(schema, value);
  return parsed.success ? ok(parsed.output) : refuse('malformed');
}

/** A refusal as JSON: `{"error":{"code","message"}}`; 429 says when to come back. */
export function answerRefusal(event: RequestEvent, refusal: Refusal): Response {
  event.locals.app?.metrics.refusedByHttp(refusal.code);
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
