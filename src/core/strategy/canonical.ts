/**
 * JSON Canonicalization Scheme, RFC 8785: one value, one sequence of bytes, so that a hash over it means something. Keys
 * in the order of their UTF-16 code units, numbers and strings as ECMAScript writes them, no spaces.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * @throws TypeError for what has no JSON: NaN, Infinity, functions, bigints, lone surrogates (RFC 8785, 3.2.2.2). Members
 * that are undefined are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number without JSON');
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  if (typeof value === 'object') {
    const members: string[] = [];
    const object = value as Record<string, unknown>;
    for (const key of Object.keys(object).sort(byCodeUnits)) {
      if (object[key] !== undefined) members.push(`${quote(key)}:${canonicalJson(object[key])}`);
    }
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`a ${typeof value} has no JSON`);
}

/** The UTF-8 bytes of the canonical form: what is hashed and stored. */
export function canonicalBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/** Replaces lone surrogates, which JSON cannot carry, throughout a value. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD') as T;
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item)) as T;
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [wellFormed(key), wellFormed<unknown>(item)]),
    ) as T;
  return value;
}

function quote(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError('a lone surrogate has no JSON');
  return JSON.stringify(text);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
