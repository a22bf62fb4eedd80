/**
 * Ballots and the answers to them in one size: behind https a listener sees only how long a message is, and a ranking of
 * two is shorter than one of nine. JSON allows blanks at its end.
 */

/** Room for a ballot on a hundred options; longer ones (reasons in words) take the next step. */
export const BALLOT_BYTES = 4096;

/** The text with blanks at its end, in UTF-8 a whole multiple of `step` bytes long. */
export function filledUp(text: string, step = BALLOT_BYTES): string {
  const bytes = new TextEncoder().encode(text).length;
  return text + ' '.repeat((step - (bytes % step)) % step);
}
