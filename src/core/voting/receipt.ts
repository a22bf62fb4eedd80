/**
 * The code a voter is shown once: it finds their ballot in the anonymous list, and tells nobody else whose it is. Twelve
 * characters of an alphabet without look-alikes (no 0 O 1 I L): 59 bits, so that two voters never share one by chance.
 */

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;

const grouped = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? '';

function drawn(length: number): string {
  let code = '';
  while (code.length < length) {
    const bytes = new Uint8Array(length * 2);
    crypto.getRandomValues(bytes);
    // 248 is the largest multiple of 31 below 256: dropping the rest keeps every character equally likely.
    for (const byte of bytes) if (byte < 248 && code.length < length) code += ALPHABET[byte % ALPHABET.length];
  }
  return code;
}

/** `ABCD-EFGH-JKMN`. */
export const newReceipt = (): string => grouped(drawn(LENGTH));

/** The code beside the number of a paper ballot: short enough to type, and nobody guesses one of it at a desk. */
export const newSheetCode = (): string => drawn(6);

/** A sheet's code as somebody typed it. */
export const readSheetCode = (typed: string): string =>
  typed
    .slice(0, 100)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');

/** A receipt as somebody typed it, in the form in which it is kept. */
export function readReceipt(typed: string): string {
  return grouped(
    typed
      .slice(0, 100)
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, ''),
  );
}
