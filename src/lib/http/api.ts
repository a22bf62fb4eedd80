/**
 * The one way from a page's script to the API: JSON there and back, and one answer whatever happened. The server's own
 * sentence is passed on, in the person's language; a lost connection is a failure like any other, with a sentence too.
 */
import { REFUSALS, type RefusalCode } from '#core/result.ts';
import { sentence } from '$lib/i18n/refusal.ts';
import { m } from '#messages/messages.js';

export interface ApiFailure {
  /** null: the server was not reached. */
  readonly code: RefusalCode | null;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** What happened and what to do, for the person to read. */
  readonly message: string;
  /** Seconds to wait before asking again, where the server named them. */
  readonly retryAfter: number | null;
}

export type ApiAnswer<T> =
  | { readonly ok: true; readonly value: T; readonly status: number }
  | { readonly ok: false; readonly failure: ApiFailure };

export type Send = typeof fetch;

function codeOf(value: unknown): RefusalCode {
  return typeof value === 'string' && Object.hasOwn(REFUSALS, value) ? (value as RefusalCode) : 'unexpected';
}

async function failureOf(response: Response): Promise<ApiFailure> {
  const body: unknown = await response.json().catch(() => null);
  const error = (body as { error?: { code?: unknown; message?: unknown } } | null)?.error;
  const code = codeOf(error?.code);
  const wait = Number(response.headers.get('retry-after'));
  return {
    code,
    status: response.status,
    message: typeof error?.message === 'string' ? error.message : sentence({ code }),
    retryAfter: response.headers.has('retry-after') && Number.isFinite(wait) ? wait : null,
  };
}

/** A file goes as its bytes, everything else as JSON. */
function bodyOf(body: unknown): RequestInit {
  if (body === undefined) return {};
  if (body instanceof Blob) return { body, headers: { 'content-type': 'application/octet-stream' } };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { body: text, headers: { 'content-type': 'application/json' } };
}

/** @param path below /api/v1, with its slash. `body`: a value, JSON already written, or a file. Never throws. */
export async function api<T = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  send: Send = fetch,
): Promise<ApiAnswer<T>> {
  try {
    const response = await send(`/api/v1${path}`, {
      method,
      ...bodyOf(body),
    });
    if (!response.ok) return { ok: false, failure: await failureOf(response) };
    return { ok: true, value: (await response.json()) as T, status: response.status };
  } catch {
    return { ok: false, failure: { code: null, status: 0, message: m.ui_no_connection(), retryAfter: null } };
  }
}
