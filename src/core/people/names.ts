/**
 * Names and titles as people type them: what is accepted, and how two of them compare. Many phones lack ң, ө and ү, so
 * search and the detection of doubles fold them onto н, о and у.
 */
import { ok, refuse, type Result } from '../result.ts';

/** Code points: what a person would call letters, as far as a computer can tell. */
export const MAX_NAME = 120;
/** Of workshops, strategies, stages, rounds and snapshots. */
export const MAX_TITLE = 120;

// Control, zero-width and bidirectional control characters: they let two names look alike and differ, or hide in a file name.
// U+200D stays where it joins an emoji; elsewhere it goes with the rest.
const INVISIBLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0]|(?<!\p{Extended_Pictographic}\uFE0F?)\u200D|\p{Surrogate}/gu;

/** One line as it may be shown: composed (NFC), without what cannot be seen, single spaces. */
export function cleanLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replace(INVISIBLE, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** How long a line is to the person who wrote it. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** A person's or an organisation's name, cleaned. Refuses an empty one and one over 120 letters. */
export function checkName(text: string): Result<string> {
  return checkLine(text, 'name-needed', 'name-too-long', MAX_NAME);
}

/** The title of a workshop, strategy, stage, round or snapshot, cleaned. */
export function checkTitle(text: string): Result<string> {
  return checkLine(text, 'title-needed', 'title-too-long', MAX_TITLE);
}

function checkLine(
  text: string,
  none: 'name-needed' | 'title-needed',
  long: 'name-too-long' | 'title-too-long',
  limit: number,
): Result<string> {
  // Far over the limit: not worth the work of cleaning.
  if (text.length > limit * 20) return refuse(long, { limit });
  const clean = cleanLine(text);
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(clean)) return refuse(none);
  return lengthOf(clean) > limit ? refuse(long, { limit }) : ok(clean);
}

/** An address that mail could reach, in lower case. 254 characters (RFC 5321). */
export function checkEmail(text: string): Result<string> {
  if (text.length > 400) return refuse('email-invalid');
  const clean = cleanLine(text).toLowerCase();
  return clean.length <= 254 &&
    /^[^\s@<>()",;:\\[\]]{1,64}@[^\s@.<>()",;:\\[\]]+(?:\.[^\s@.<>()",;:\\[\]]+)*$/.test(clean)
    ? ok(clean)
    : refuse('email-invalid');
}

const FOLDED: Readonly<Record<string, string>> = { ң: 'н', ө: 'о', ү: 'у', ё: 'е' };

/** What search and doubles compare: lower case, ң→н ө→о ү→у ё→е, single spaces, nothing invisible. */
export function fold(text: string): string {
  return cleanLine(text)
    .toLowerCase()
    .replace(/[ңөүё]/g, (letter) => FOLDED[letter] ?? letter);
}
