/**
 * The code a voter is shown once: it finds their ballot in the anonymous list, and tells nobody else whose it is. Twelve
 * characters of an alphabet without look-alikes (no 0 O 1 I L): 59 bits, so that two voters never share one by chance.
 */

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;

const grouped = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? '';

/** `ABCD-EFGH-JKMN`. */
export function newReceipt(): string {
  let code = '';
  while (code.length < LENGTH) {
    const bytes = new Uint8Array(LENGTH * 2);
    crypto.getRandomValues(bytes);
    // 248 is the largest multiple of 31 below 256: dropping the rest keeps every character equally likely.
    for (const byte of bytes) if (byte < 248 && code.length < LENGTH) code += ALPHABET[byte % ALPHABET.length];
  }
  return grouped(code);
}

/** A receipt as somebody typed it, in the form in which it is kept. */
export function readReceipt(typed: string): string {
  return grouped(
    typed
      .slice(0, 100)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  );
}
