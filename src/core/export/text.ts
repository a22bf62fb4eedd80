/**
 * The gate that every piece of text passes on its way into a document. People paste anything into a note; a Word file
 * with one control character in it does not open, and a direction override makes a line say something else than was
 * written. What is a letter, a sign or an emoji stays, in every language.
 */

/** Characters that XML 1.0 cannot hold, half a surrogate pair, and Unicode's non-characters. Tab and line feed stay. */
const INVALID =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFDD0-\uFDEF]|\p{Cs}|[\uFFFE\uFFFF]/gu;
const NONCHARACTERS =
  /[\u{1FFFE}\u{1FFFF}\u{2FFFE}\u{2FFFF}\u{3FFFE}\u{3FFFF}\u{4FFFE}\u{4FFFF}\u{5FFFE}\u{5FFFF}\u{6FFFE}\u{6FFFF}\u{7FFFE}\u{7FFFF}\u{8FFFE}\u{8FFFF}\u{9FFFE}\u{9FFFF}\u{AFFFE}\u{AFFFF}\u{BFFFE}\u{BFFFF}\u{CFFFE}\u{CFFFF}\u{DFFFE}\u{DFFFF}\u{EFFFE}\u{EFFFF}\u{FFFFE}\u{FFFFF}\u{10FFFE}\u{10FFFF}]/gu;
/** Marks, embeddings, overrides and isolates of direction (Unicode TR 9). Arabic letters themselves need none of them. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Zero-width space, word joiner, byte order mark: nothing to see, and search in Word stumbles. U+200D joins emoji: kept. */
const ZERO_WIDTH = /[\u200B\u2060\uFEFF]/g;

/**
 * Text that may stand in any document: lines end with `\n`, nothing invisible turns it round, XML can hold it. Idempotent.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(INVALID, '')
    .replace(NONCHARACTERS, '')
    .replace(DIRECTION, '')
    .replace(ZERO_WIDTH, '');
}

/** The same on one line: titles, file names, cells of a key-value table. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** An address that may be followed from a document; null for anything that could run or read something. */
export function cleanLink(href: string): string | null {
  const trimmed = cleanText(href).trim();
  if (trimmed.length > 2000 || !/^(https?:\/\/|mailto:|tel:)\S+$/i.test(trimmed)) return null;
  if (/^https?:/i.test(trimmed) && !URL.canParse(trimmed)) return null;
  return trimmed;
}
