/**
 * Opaque identifiers. Nothing about a person, an organisation or a time can be read from one, so that they may stand in
 * documents that everybody receives. `crypto.randomUUID` is missing on plain http in a LAN; `getRandomValues` is not.
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** What an id may look like anywhere in Ashar (board document, API paths). */
export const ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

export function isId(value: unknown): value is string {
  return typeof value === 'string' && ID_PATTERN.test(value);
}

/** A random id of 6 bits a character; 16 characters are 96 bits, 22 are 132 (enough for a secret link). */
export function newId(length = 16): string {
  const bytes = new Uint8Array(length);
  crypto.getRandomValues(bytes);
  let id = '';
  for (const byte of bytes) id += ALPHABET[byte & 63];
  return id;
}

/** A secret for a link or a token: 132 random bits. */
export function newSecret(): string {
  return newId(22);
}

/** A join code: digits only, no alphabet to mistake on a Cyrillic keyboard. */
export function newJoinCode(length = 9): string {
  let code = '';
  while (code.length < length) {
    const bytes = new Uint8Array(length * 2);
    crypto.getRandomValues(bytes);
    // 250 is the largest multiple of 10 below 256: dropping the rest keeps every digit equally likely.
    for (const byte of bytes) if (byte < 250 && code.length < length) code += String(byte % 10);
  }
  return code;
}
